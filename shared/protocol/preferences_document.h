#pragma once

#include "model/preferences.h"
#include "model/result.h"

#include <QByteArrayView>
#include <functional>

namespace belfry::protocol {
class JsonWriter;

/// The one document of decisions H30. Every member is always written.
void appendPreferences(QByteArray &out, const model::Preferences &document);
void appendPreferences(JsonWriter &json, const model::Preferences &document);

struct PreferencesRequest
{
    model::Preferences document;
    QList<model::Text> ignored; ///< unknown members (H13)
    friend bool operator==(const PreferencesRequest &, const PreferencesRequest &) = default;
};

/// Is this a name of the IANA time zone database? Given, because this module asks no system for zones.
using IsZone = std::function<bool(const model::Text &)>;

/// PUT replaces all, so what is absent has its default. Also S1's rows: `[{notification_type, channel,
/// enabled, quiet_hours_start, quiet_hours_end}]`, one such object, or `{"preferences": [rows]}`. Invalid:
/// unknown channel, zone, day or time, and whatever else does not fit.
[[nodiscard]] model::Result<PreferencesRequest> parsePreferences(QByteArrayView json, const IsZone &isZone,
                                                                 const model::Text &defaultZone = "UTC");

/// GET /preferences/:userID: `{"data": document}`.
[[nodiscard]] QByteArray preferencesAnswer(const model::Preferences &document);
[[nodiscard]] model::Result<model::Preferences> parsePreferencesAnswer(QByteArrayView json,
                                                                       const IsZone &isZone);
} // namespace belfry::protocol
