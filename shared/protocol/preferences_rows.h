#pragma once

#include "model/preferences.h"
#include "protocol/field_reading.h"

namespace belfry::protocol {
/// S1's form of preferences: an array of `{notification_type, channel, enabled, quiet_hours_start,
/// quiet_hours_end, timezone}`. Quiet hours of all rows are united, on every day.
void readPreferenceRows(model::Preferences &document, simdjson::dom::array rows, const model::Text &at,
                        FieldErrors &errors);
void readPreferenceRow(model::Preferences &document, simdjson::dom::object row, const model::Text &at,
                       FieldErrors &errors);

/// "any" for the channel "*".
void setChannel(model::ChannelRow<bool> &row, std::optional<model::Channel> channel, bool enabled);
/// "*" (nothing) or a channel.
[[nodiscard]] Reading<std::optional<model::Channel>> readChannelOrAny(std::string_view name);
[[nodiscard]] Reading<int> readWallTime(Json value, bool endOfDay);
} // namespace belfry::protocol
