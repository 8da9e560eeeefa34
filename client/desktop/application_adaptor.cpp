#include "desktop/application_adaptor.h"

namespace belfry::desktop {
namespace {
/// Wayland's first: what has both means both.
QString tokenIn(const QVariantMap &platform)
{
    const QString token = platform.value(QStringLiteral("activation-token")).toString();
    return token.isEmpty() ? platform.value(QStringLiteral("desktop-startup-id")).toString() : token;
}
} // namespace

ApplicationAdaptor::ApplicationAdaptor(Instance &instance)
    : QDBusAbstractAdaptor(&instance)
    , m_instance(instance)
{
}

void ApplicationAdaptor::Activate(const QVariantMap &platform)
{
    Q_EMIT m_instance.activated(tokenIn(platform));
}

void ApplicationAdaptor::Open(const QStringList &uris, const QVariantMap &platform)
{
    Q_EMIT m_instance.openWanted(uris, tokenIn(platform));
}

void ApplicationAdaptor::ActivateAction(const QString &action, const QVariantList &,
                                        const QVariantMap &platform)
{
    Q_EMIT m_instance.actionWanted(action, tokenIn(platform));
}
} // namespace belfry::desktop

#include "moc_application_adaptor.cpp"
