#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <chrono>
#include <functional>

class QObject;

namespace belfry::desktop {
/// Where a method or a property of somebody else's stands.
struct DBusPlace
{
    QString service;
    QString path;
    QString interface;
};

/// What came back: a reply, or an error message in its place.
using DBusAnswer = std::function<void(const QDBusMessage &)>;

inline constexpr std::chrono::seconds dbusDeadline{5};

/// Asks without waiting. The answer comes once, through the event loop, on the thread of `receiver`; not once
/// that is gone. No bus, no such service, or nothing within the deadline: an error message. Answers and
/// signals of one service come in the order in which it sent them.
void ask(const QDBusConnection &bus, const QDBusMessage &question, QObject *receiver, DBusAnswer answer,
         std::chrono::milliseconds deadline = dbusDeadline);

/// A call of a method, which may start the service.
[[nodiscard]] QDBusMessage methodCall(const DBusPlace &place, const QString &method,
                                      const QVariantList &arguments = {});
/// A question for a property; it starts nobody, as nobody who has to be started has anything to tell.
[[nodiscard]] QDBusMessage propertyCall(const DBusPlace &place, const QString &property);
/// The value in the answer to propertyCall(), or in that of any method with one variant; invalid: an error.
[[nodiscard]] QVariant variantIn(const QDBusMessage &answer);
/// Whether an error says that there is nobody to ask, rather than that somebody did not like the question.
[[nodiscard]] bool saysThatNobodyIsThere(const QDBusMessage &error);
} // namespace belfry::desktop
