#pragma once

#include "model/notification.h"

#include <vector>

namespace belfry::protocol {
class JsonWriter;

/// What the clients of the replaced systems read. A user id that is a canonical decimal below 2^53 is a
/// number (H43), any other text.
void appendLegacyUserId(JsonWriter &json, const model::UserId &user);

/// A person as S4's answers name one; `id` empty: `{"id": null, "name": ""}` (H45).
struct LegacyPerson
{
    model::UserId id;
    model::Text name;
};

struct LegacyItem
{
    model::Notification item;
    LegacyPerson from;
    LegacyPerson to;
};

/// S2 and S4, GET /notifications/:userID: `{"notifications": [...]}`, with `message` when there is none.
[[nodiscard]] QByteArray legacyList(const std::vector<LegacyItem> &items);
/// The bare array (`?shape=array`, dialect "array").
[[nodiscard]] QByteArray legacyArray(const std::vector<LegacyItem> &items);

/// S2's socket: `{id, user_id, event, message, metadata, seq}` (H29). `seq` is that of the entry which brings
/// it, where `?since=` goes on, whatever became of the item later; 0: none, it is of this moment only.
[[nodiscard]] QByteArray legacySocketMessage(const model::Notification &item, model::Seq seq);

/// S1: `{"message": …, "data": item}` (201) and `{"message": …}`.
[[nodiscard]] QByteArray legacyCreated(QByteArrayView message, const model::Notification &item);
[[nodiscard]] QByteArray legacyMessage(QByteArrayView message);
/// S1: `{"data": [items], "meta": {limit, offset, count}}`.
[[nodiscard]] QByteArray legacyPage(const std::vector<model::Notification> &items, int limit, int offset);

/// S2: `{"Message": "User added", "Id": "1"}`.
[[nodiscard]] QByteArray legacyUserAdded(const model::UserId &id);
/// S2: `{"message": "Notification sent successfully!", "id", "seq"}`.
[[nodiscard]] QByteArray legacySent(const model::Notification &item);
/// S2, PATCH …/read: `{"Message", "StatuCode"}` — the spelling is S2's.
[[nodiscard]] QByteArray legacyStatusCode(QByteArrayView message, int status);
} // namespace belfry::protocol
