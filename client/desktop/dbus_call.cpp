#include "desktop/dbus_call.h"

#include <QDBusError>
#include <QDBusPendingCallWatcher>
#include <QDBusVariant>

namespace belfry::desktop {
void ask(const QDBusConnection &bus, const QDBusMessage &question, QObject *receiver, DBusAnswer answer,
         std::chrono::milliseconds deadline)
{
    if (!bus.isConnected()) { // such a call would never be answered, not even with an error
        const auto error =
            QDBusMessage::createError(QDBusError::Disconnected, QStringLiteral("There is no such bus"));
        QMetaObject::invokeMethod(
            receiver, [answer = std::move(answer), error] { answer(error); }, Qt::QueuedConnection);
        return;
    }
    auto *watcher =
        new QDBusPendingCallWatcher(bus.asyncCall(question, static_cast<int>(deadline.count())), receiver);
    QObject::connect(watcher, &QDBusPendingCallWatcher::finished, receiver,
                     [answer = std::move(answer)](QDBusPendingCallWatcher *done) {
                         done->deleteLater();
                         answer(done->reply());
                     });
}

QDBusMessage methodCall(const DBusPlace &place, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(place.service, place.path, place.interface, method);
    message.setArguments(arguments);
    return message;
}

QDBusMessage propertyCall(const DBusPlace &place, const QString &property)
{
    QDBusMessage message =
        methodCall({place.service, place.path, QStringLiteral("org.freedesktop.DBus.Properties")},
                   QStringLiteral("Get"), {place.interface, property});
    message.setAutoStartService(false);
    return message;
}

QVariant variantIn(const QDBusMessage &answer)
{
    if (answer.type() != QDBusMessage::ReplyMessage || answer.arguments().isEmpty())
        return {};
    QVariant value = answer.arguments().constFirst();
    while (value.metaType() == QMetaType::fromType<QDBusVariant>())
        value = qvariant_cast<QDBusVariant>(value).variant();
    return value;
}

bool saysThatNobodyIsThere(const QDBusMessage &error)
{
    switch (QDBusError(error).type()) {
    case QDBusError::Disconnected:
    case QDBusError::NoServer:
    case QDBusError::ServiceUnknown:
    case QDBusError::UnknownObject:
    case QDBusError::UnknownInterface:
    case QDBusError::UnknownMethod:
        return true;
    default:
        // A service that can't be started has error names of its own (…Spawn.ExecFailed, .ChildExited).
        return error.errorName().startsWith(QLatin1String("org.freedesktop.DBus.Error.Spawn.")) ||
               error.errorName() == QLatin1String("org.freedesktop.DBus.Error.NameHasNoOwner");
    }
}
} // namespace belfry::desktop
