#include "desktop/dbus_call.h"

#include <QDBusError>
#include <QDBusVariant>
#include <QObject>

namespace belfry::desktop {
namespace {
/// Waits for one answer. Not a QDBusPendingCallWatcher: where the answer is there before the watcher is, that
/// one tells of it a turn of the event loop later, behind signals that came after the answer.
class Awaited : public QObject
{
    Q_OBJECT
public:
    Awaited(DBusAnswer answer, QObject *receiver)
        : QObject(receiver)
        , m_answer(std::move(answer))
    {
    }

public Q_SLOTS:
    void take(const QDBusMessage &answer)
    {
        deleteLater();
        m_answer(answer);
    }
    void refuse(const QDBusError &error, const QDBusMessage &) { take(QDBusMessage::createError(error)); }

private:
    const DBusAnswer m_answer;
};
} // namespace

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
    bus.callWithCallback(question, new Awaited(std::move(answer), receiver), SLOT(take(QDBusMessage)),
                         SLOT(refuse(QDBusError, QDBusMessage)), static_cast<int>(deadline.count()));
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

#include "dbus_call.moc"
