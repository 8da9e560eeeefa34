#pragma once

#include "model/notification.h"
#include "model/result.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// Body of PATCH /notifications/:id (H19): absent = stays, null = none. Any other member is Invalid, and so
/// is a body that changes nothing.
struct PatchRequest
{
    std::optional<model::Text> title;
    std::optional<model::Text> message;
    std::optional<model::Text> data;
    std::optional<std::optional<double>> progress;
    std::optional<QList<model::Action>> actions;
    std::optional<model::Text> icon;
    std::optional<model::Text> link;
    std::optional<model::Urgency> urgency;
    std::optional<model::MaybeInstant> expiresAt;
    bool renotify = false;
    friend bool operator==(const PatchRequest &, const PatchRequest &) = default;
};

[[nodiscard]] model::Result<PatchRequest> parsePatch(QByteArrayView json);
} // namespace belfry::protocol
