#pragma once

#include "desktop/instance.h"

#include <QDBusAbstractAdaptor>
#include <QVariantMap>

namespace belfry::desktop {
/// `org.freedesktop.Application` (Desktop Entry Specification, "D-Bus Activation") of an Instance, whose
/// signals it emits.
class ApplicationAdaptor : public QDBusAbstractAdaptor
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")
public:
    explicit ApplicationAdaptor(Instance &instance);

public Q_SLOTS:
    void Activate(const QVariantMap &platform);
    void Open(const QStringList &uris, const QVariantMap &platform);
    void ActivateAction(const QString &action, const QVariantList &parameters, const QVariantMap &platform);

private:
    Instance &m_instance;
};
} // namespace belfry::desktop
