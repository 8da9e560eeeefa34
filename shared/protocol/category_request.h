#pragma once

#include "model/preferences.h"
#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>
#include <optional>

namespace belfry::protocol {
/// POST /categories `{name, title, description, channels: {channel|"*": bool}, mandatory, ttl,
/// retention_days}`; PUT /categories/:name the same, the name as in the path (H60). What is absent or null is
/// as without it.
struct CategoryRequest
{
    model::Text name;
    model::Text title;
    model::Text description;
    model::ChannelRow<bool> channels{};
    bool mandatory = false;
    std::optional<std::chrono::seconds> ttl;
    std::optional<int> retentionDays; ///< 0: for ever, or 7 and more
    friend bool operator==(const CategoryRequest &, const CategoryRequest &) = default;
};
[[nodiscard]] model::Result<CategoryRequest> parseCategory(QByteArrayView json);
/// `name` comes from the path; an empty body is taken.
[[nodiscard]] model::Result<CategoryRequest> parseCategory(QByteArrayView json, const model::Text &name);

/// POST /devices `{id, user_id?, name, platform}`; PUT /devices/:id `{name, platform}`, the id as in the path
/// (H60).
struct DeviceRequest
{
    model::DeviceId id;
    model::UserId user; ///< empty: not said
    model::Text name;
    model::Text platform;
    friend bool operator==(const DeviceRequest &, const DeviceRequest &) = default;
};
[[nodiscard]] model::Result<DeviceRequest> parseDevice(QByteArrayView json);
/// `id` comes from the path.
[[nodiscard]] model::Result<DeviceRequest> parseDevice(QByteArrayView json, const model::DeviceId &id);
/// What is empty is left out.
[[nodiscard]] QByteArray encode(const DeviceRequest &device);
} // namespace belfry::protocol
