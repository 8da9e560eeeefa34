#pragma once

#include <QString>

namespace belfry::window {
/// A word of the server's (api.md: channels, states of deliveries, reasons, steps of a trace) as people say
/// it in the language of the program. One that is not known stays as it is. Pure.
[[nodiscard]] QString channelText(const QString &word);
[[nodiscard]] QString deliveryText(const QString &word);
[[nodiscard]] QString reasonText(const QString &word);
[[nodiscard]] QString stepText(const QString &word);
} // namespace belfry::window
