#pragma once

#include "model/notification.h"
#include "model/result.h"
#include "protocol/form.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// Bodies of the systems that Belfry replaces (api.md). A legacy route takes JSON whatever its header says
/// (H44): give the raw body; what begins with neither `{` nor `[` is read as a form, unless the header claims
/// that it is JSON: then it is bad JSON of a kind. Errors are Invalid or Malformed; S2 and S4 say 400 to both
/// (H13).
enum class Claim : quint8 { Nothing, IsJson };

/// S2: POST /createUser; all three are required.
struct CreateUserRequest
{
    model::Text name;
    model::Text email;
    model::Text password;
    friend bool operator==(const CreateUserRequest &, const CreateUserRequest &) = default;
};
[[nodiscard]] model::Result<CreateUserRequest> parseCreateUser(QByteArrayView body,
                                                               Claim claim = Claim::Nothing);

/// S2: POST /createNotification `{user_id, event, message, metadata}`. `event` is type and title.
struct LegacyNotificationRequest
{
    model::UserId user;
    model::Content content;
    friend bool operator==(const LegacyNotificationRequest &, const LegacyNotificationRequest &) = default;
};
[[nodiscard]] model::Result<LegacyNotificationRequest> parseCreateNotification(QByteArrayView body,
                                                                               Claim claim = Claim::Nothing);

/// S4: POST /send `fromID=2&toID=1&message=…`; an empty message is taken (H45).
struct SendRequest
{
    model::UserId from;
    model::UserId to;
    model::Text message;
    friend bool operator==(const SendRequest &, const SendRequest &) = default;
};
[[nodiscard]] model::Result<SendRequest> parseSend(QByteArrayView body, Claim claim = Claim::Nothing);

/// S1: POST /reminders/daily and /streak `{user_id?, kind?}`; an empty body is all users.
struct ReminderRequest
{
    std::optional<model::UserId> user;
    model::Text kind;
    friend bool operator==(const ReminderRequest &, const ReminderRequest &) = default;
};
[[nodiscard]] model::Result<ReminderRequest> parseReminder(QByteArrayView body, Claim claim = Claim::Nothing);
} // namespace belfry::protocol
