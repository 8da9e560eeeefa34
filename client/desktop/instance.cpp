#include "desktop/instance.h"

#include "desktop/application_adaptor.h"
#include "desktop/application_id.h"
#include "desktop/dbus_call.h"

#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QDir>
#include <QLoggingCategory>

namespace belfry::desktop {
using model::ErrorCode;

namespace {
Q_LOGGING_CATEGORY(lcInstance, "belfry.desktop.instance")

QVariantMap platformData(const QString &token)
{
    if (token.isEmpty())
        return {};
    return {{QStringLiteral("activation-token"), token}, {QStringLiteral("desktop-startup-id"), token}};
}

QDBusMessage handOverCall(const Wanted &wanted)
{
    const DBusPlace first{applicationId, applicationPath, QStringLiteral("org.freedesktop.Application")};
    const QVariantMap platform = platformData(wanted.token);
    if (wanted.kind == Wanted::Kind::Uris)
        return methodCall(first, QStringLiteral("Open"), {wanted.uris, platform});
    if (wanted.kind == Wanted::Kind::Action)
        return methodCall(first, QStringLiteral("ActivateAction"),
                          {wanted.action, QVariant(QVariantList()), platform});
    return methodCall(first, QStringLiteral("Activate"), {platform});
}
} // namespace

QString takeActivationToken()
{
    QString token;
    for (const char *name : {"DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"}) {
        if (const QString value = qEnvironmentVariable(name); !value.isEmpty())
            token = value;
        qunsetenv(name); // not for what this program starts
    }
    return token;
}

Instance::Instance(const QDBusConnection &session, const QString &lockFolder, QObject *parent)
    : QObject(parent)
    , m_bus(session)
    , m_lock(QDir(lockFolder).filePath(applicationId + QStringLiteral(".lock")))
{
    m_lock.setStaleLockTime(0); // held for as long as its process lives
}

Instance::~Instance()
{
    if (m_hasName && m_bus.isConnected())
        m_bus.interface()->unregisterService(applicationId);
    m_bus.unregisterObject(applicationPath);
}

Instance::Place Instance::claim()
{
    if (m_bus.isConnected()) {
        // The object before the name: whoever sees the name calls.
        new ApplicationAdaptor(*this);
        m_bus.registerObject(applicationPath, this, QDBusConnection::ExportAdaptors);
        const QDBusReply<QDBusConnectionInterface::RegisterServiceReply> reply =
            m_bus.interface()->registerService(applicationId, QDBusConnectionInterface::DontQueueService,
                                               QDBusConnectionInterface::DontAllowReplacement);
        if (reply.isValid()) {
            m_hasName = reply.value() == QDBusConnectionInterface::ServiceRegistered;
            return m_hasName ? Place::First : Place::Second;
        }
        qCWarning(lcInstance).noquote() << "the session bus gives no name:" << reply.error().message();
    }
    if (m_lock.tryLock(0))
        return Place::First;
    if (m_lock.error() == QLockFile::LockFailedError)
        return Place::Second;
    // Rather twice than not at all.
    qCWarning(lcInstance).noquote() << "no lock file can be made beside" << m_lock.fileName();
    return Place::First;
}

void Instance::handOver(const Wanted &wanted, std::function<void(const model::VoidResult &)> answer)
{
    if (wanted.kind == Wanted::Kind::Nothing) {
        QMetaObject::invokeMethod(
            this, [answer = std::move(answer)] { answer({}); }, Qt::QueuedConnection);
        return;
    }
    QDBusMessage question = handOverCall(wanted);
    question.setAutoStartService(false); // it runs, or it does not
    ask(
        m_bus, question, this,
        [answer = std::move(answer)](const QDBusMessage &reply) {
            if (reply.type() == QDBusMessage::ReplyMessage)
                return answer({});
            if (saysThatNobodyIsThere(reply))
                return answer(model::fail(ErrorCode::Unavailable,
                                          "Belfry runs already, but can't be reached over the session bus"));
            answer(model::fail(ErrorCode::Timeout,
                               "Belfry runs already, but does not answer: end it and start again"));
        },
        patience);
}
} // namespace belfry::desktop

#include "moc_instance.cpp"
