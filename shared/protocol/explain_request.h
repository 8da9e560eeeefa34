#pragma once

#include "model/notification.h"
#include "model/result.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// Body of POST /notifications:explain `{user_id, type?, channel(s)?, urgency?, critical?, actor_id?, at?}`:
/// whom, and as much of a notification as rules ask for (H33). Its other members may stay, so that a send can
/// be asked about as it is.
struct ExplainRequest
{
    model::UserId user;
    model::Content content; ///< type "general" when none was given
    model::MaybeInstant at; ///< nothing: now

    friend bool operator==(const ExplainRequest &, const ExplainRequest &) = default;
};

/// Malformed: not JSON. Invalid: every bad member with its pointer.
[[nodiscard]] model::Result<ExplainRequest> parseExplain(QByteArrayView json);
} // namespace belfry::protocol
