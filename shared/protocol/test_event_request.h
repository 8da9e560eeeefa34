#pragma once

#include "model/notification.h"
#include "model/result.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// POST /admin/test-event `{user_id, title?, message?, channel(s)?}`.
struct TestEventRequest
{
    model::UserId user;
    model::Text title;
    model::Text message;
    QList<model::Channel> channels;
    friend bool operator==(const TestEventRequest &, const TestEventRequest &) = default;
};
[[nodiscard]] model::Result<TestEventRequest> parseTestEvent(QByteArrayView json);
} // namespace belfry::protocol
