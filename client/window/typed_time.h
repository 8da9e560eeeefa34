#pragma once

#include <QDate>
#include <QLocale>
#include <QTime>
#include <optional>

/// Days and times as people write them. Pure.
namespace belfry::window {
/// Numbers in the order of the locale's short form, whatever stands between them: "24/12/2026", "24.12.26"
/// (of this century), "24.12." (the next one from `today` on); and everywhere year-month-day. Digits of any
/// script. Words that the locale puts into it as it does. Nothing: it is no day.
[[nodiscard]] std::optional<QDate> typedDay(const QString &text, const QLocale &locale, QDate today);
/// "18:00", "18.00", "18", "6 pm", "6:30 PM", and with the locale's own words for morning and afternoon.
/// Nothing: it is no time.
[[nodiscard]] std::optional<QTime> typedTime(const QString &text, const QLocale &locale);

/// As typedDay() and typedTime() read them: the locale's short forms, the year in full.
[[nodiscard]] QString dayAsTyped(QDate day, const QLocale &locale);
[[nodiscard]] QString timeAsTyped(QTime time, const QLocale &locale);
} // namespace belfry::window
