#pragma once

#include "inbox/snooze_choices.h"
#include "inbox/triage.h"
#include "session/connection.h"

#include <QDateTime>
#include <QLocale>
#include <QString>
#include <QTimeZone>

/// What the window says, in the person's language. Pure; translations come from the application.
namespace belfry::window {
/// For whom, and where on earth.
struct Teller
{
    QLocale locale;
    QTimeZone zone = QTimeZone::systemTimeZone();

    /// "now", "12 min", "14:27", and of other days than `now`'s "Tue 14:27" or "3 Nov".
    [[nodiscard]] QString when(const QDateTime &at, const QDateTime &now) const;
    /// "14:27" of today, else with the day: for what is still to come.
    [[nodiscard]] QString until(const QDateTime &at, const QDateTime &now) const;
    /// Day, time and zone in full.
    [[nodiscard]] QString exactly(const QDateTime &at) const;
    /// "Today", "Yesterday", "Tuesday", "3 November 2026".
    [[nodiscard]] QString day(QDate day, const QDateTime &now) const;

    /// How a day, and how a time, may be written (typed_time.h).
    [[nodiscard]] QString dayForms(QDate day) const;
    [[nodiscard]] QString timeForms() const;

    [[nodiscard]] QString clockTime(const QDateTime &at) const;
    [[nodiscard]] QDateTime local(const QDateTime &at) const { return at.toTimeZone(zone); }
};

/// "3 archived", "Snoozed until 18:00".
[[nodiscard]] QString toastText(const inbox::Toast &toast, const Teller &teller, const QDateTime &now);
[[nodiscard]] QString undoneText(const inbox::Toast &toast);
/// What did not come about, why, and what may be done.
[[nodiscard]] QString refusalText(const inbox::Refusal &refusal);
[[nodiscard]] QString choiceText(inbox::SnoozeChoice::Kind kind);

/// "Connected", "Offline since 14:02 · retry in 8 s".
[[nodiscard]] QString connectionText(const session::Connection &connection, const Teller &teller,
                                     model::Instant now);
} // namespace belfry::window
