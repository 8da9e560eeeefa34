#include "window/words.h"

#include "inbox/wall_clock.h"
#include "session/error_text.h"
#include "window/typed_time.h"

#include <QCoreApplication>

namespace belfry::window {
using inbox::Action;
using inbox::dateTimeOf;
using session::Connection;

namespace {
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Words)
};

/// Days from `from` to `to`.
qint64 daysBetween(const QDateTime &from, const QDateTime &to)
{
    return from.date().daysTo(to.date());
}

QString shortDay(const QLocale &locale, QDate day, QDate today)
{
    return locale.toString(day, day.year() == today.year() ? Words::tr("d MMM") : Words::tr("d MMM yyyy"));
}

QString doneText(Action action, int count)
{
    switch (action) {
    case Action::Read:
        return Words::tr("%n marked as read", nullptr, count);
    case Action::Unread:
        return Words::tr("%n marked as unread", nullptr, count);
    case Action::Ack:
        return Words::tr("%n acknowledged", nullptr, count);
    case Action::Archive:
        return Words::tr("%n archived", nullptr, count);
    case Action::Unarchive:
        return Words::tr("%n moved to the inbox", nullptr, count);
    case Action::Snooze:
        return Words::tr("%n snoozed", nullptr, count);
    case Action::Unsnooze:
        return Words::tr("%n back in the inbox", nullptr, count);
    case Action::Delete:
        return Words::tr("%n deleted", nullptr, count);
    case Action::ReadAll:
        return Words::tr("All marked as read");
    case Action::Mute:
    case Action::Unmute:
        break;
    }
    return {};
}

QString categoryName(const model::Text &category)
{
    return category.isEmpty() ? Words::tr("general") : QString::fromUtf8(category);
}

QString triedText(Action action)
{
    switch (action) {
    case Action::Read:
    case Action::ReadAll:
        return Words::tr("Could not mark as read");
    case Action::Unread:
        return Words::tr("Could not mark as unread");
    case Action::Ack:
        return Words::tr("Could not acknowledge");
    case Action::Archive:
        return Words::tr("Could not archive");
    case Action::Unarchive:
    case Action::Unsnooze:
        return Words::tr("Could not move to the inbox");
    case Action::Snooze:
        return Words::tr("Could not snooze");
    case Action::Delete:
        return Words::tr("Could not delete");
    case Action::Mute:
        return Words::tr("Could not mute");
    case Action::Unmute:
        return Words::tr("Could not unmute");
    }
    return {};
}
} // namespace

QString Teller::clockTime(const QDateTime &at) const
{
    return locale.toString(local(at).time(), QLocale::ShortFormat);
}

QString Teller::when(const QDateTime &at, const QDateTime &now) const
{
    if (!at.isValid())
        return {};
    const qint64 minutes = at.secsTo(now) / 60;
    if (minutes < 1 && minutes > -2)
        return Words::tr("now");
    if (minutes >= 1 && minutes < 60)
        return Words::tr("%n min", nullptr, int(minutes));
    const qint64 days = daysBetween(local(at), local(now));
    if (days == 0)
        return clockTime(at);
    if (days > 0 && days < 7)
        return Words::tr("%1 %2").arg(locale.dayName(local(at).date().dayOfWeek(), QLocale::ShortFormat),
                                      clockTime(at));
    return shortDay(locale, local(at).date(), local(now).date());
}

QString Teller::until(const QDateTime &at, const QDateTime &now) const
{
    if (!at.isValid())
        return {};
    const qint64 days = daysBetween(local(now), local(at));
    if (days == 0)
        return clockTime(at);
    if (days > 0 && days < 7)
        return Words::tr("%1 %2").arg(locale.dayName(local(at).date().dayOfWeek(), QLocale::ShortFormat),
                                      clockTime(at));
    return Words::tr("%1, %2").arg(shortDay(locale, local(at).date(), local(now).date()), clockTime(at));
}

QString Teller::exactly(const QDateTime &at) const
{
    if (!at.isValid())
        return {};
    const QDateTime there = local(at);
    return Words::tr("%1, %2 (%3)")
        .arg(locale.toString(there.date(), QLocale::LongFormat),
             locale.toString(there.time(), QLocale::ShortFormat),
             zone.displayName(there, QTimeZone::ShortName, locale));
}

QString Teller::day(QDate day, const QDateTime &now) const
{
    const QDate today = local(now).date();
    const qint64 days = day.daysTo(today);
    if (days == 0)
        return Words::tr("Today");
    if (days == 1)
        return Words::tr("Yesterday");
    if (days > 1 && days < 7)
        return locale.dayName(day.dayOfWeek(), QLocale::LongFormat);
    return locale.toString(day, QLocale::LongFormat);
}

QString Teller::dayForms(QDate day) const
{
    const QString own = dayAsTyped(day, locale);
    const QString iso = day.toString(Qt::ISODate);
    return own == iso ? Words::tr("A day is written like %1").arg(iso)
                      : Words::tr("A day is written like %1 or %2").arg(own, iso);
}

QString Teller::timeForms() const
{
    return Words::tr("A time is written like %1").arg(timeAsTyped(QTime(18, 0), locale));
}

QString toastText(const inbox::Toast &toast, const Teller &teller, const QDateTime &now)
{
    const int count = int(toast.count);
    if (toast.action == Action::Mute)
        return Words::tr("No more alerts of “%1”: they only come to the inbox")
            .arg(categoryName(toast.category));
    if (toast.action == Action::Unmute)
        return Words::tr("“%1” may alert again").arg(categoryName(toast.category));
    if (toast.action == Action::Snooze && toast.snoozedUntil)
        return Words::tr("%n snoozed until %1", nullptr, count)
            .arg(teller.until(dateTimeOf(*toast.snoozedUntil), now));
    return doneText(toast.action, count);
}

QString undoneText(const inbox::Toast &toast)
{
    if (toast.action == Action::Mute || toast.action == Action::Unmute)
        return Words::tr("Taken back");
    return Words::tr("%n brought back", nullptr, int(toast.count));
}

QString refusalText(const inbox::Refusal &refusal)
{
    const QString tried = refusal.wasUndo ? Words::tr("Could not take that back") : triedText(refusal.action);
    return Words::tr("%1: %2").arg(tried, session::errorText(refusal.why));
}

QString choiceText(inbox::SnoozeChoice::Kind kind)
{
    using Kind = inbox::SnoozeChoice::Kind;
    switch (kind) {
    case Kind::OneHour:
        return Words::tr("In 1 hour");
    case Kind::ThisEvening:
        return Words::tr("This evening");
    case Kind::Tomorrow:
        return Words::tr("Tomorrow");
    case Kind::NextWeek:
        return Words::tr("Next week");
    }
    return {};
}

QString connectionText(const session::Connection &connection, const Teller &teller, model::Instant now)
{
    switch (connection.state) {
    case Connection::State::Off:
        return Words::tr("Starting");
    case Connection::State::Connecting:
        return Words::tr("Connecting …");
    case Connection::State::Syncing:
        return connection.received > 0 ? Words::tr("Syncing … %n received", nullptr, int(connection.received))
                                       : Words::tr("Syncing …");
    case Connection::State::Online:
        return Words::tr("Connected");
    case Connection::State::NeedsSignIn:
        return Words::tr("Signed out");
    case Connection::State::Ended:
        return Words::tr("Disconnected");
    case Connection::State::Waiting:
        break;
    }
    QString since =
        Words::tr("Offline since %1").arg(teller.until(dateTimeOf(connection.since), dateTimeOf(now)));
    if (!connection.retryAt)
        return since;
    const qint64 seconds = std::max<qint64>(0, (connection.retryAt->us - now.us + 999'999) / 1'000'000);
    return seconds == 0 ? Words::tr("%1 · retrying").arg(since)
                        : Words::tr("%1 · retry in %n s", nullptr, int(seconds)).arg(since);
}
} // namespace belfry::window
