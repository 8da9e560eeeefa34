#pragma once

#include "offline/account.h"
#include "offline/cached.h"

namespace belfry::offline {
/// A notification as a server tells it, all members set that a detail view shows.
inline Row sampleRow(model::Seq place, const model::Text &title = "Title",
                     const model::Text &message = "Text")
{
    Row row;
    row.item.id = {1, static_cast<quint64>(place)};
    row.item.user.text = "u";
    row.item.seq = place;
    row.item.createdSeq = place;
    row.item.state = model::State::Done;
    row.item.createdAt = {1'700'000'000'000'000 + place};
    row.item.updatedAt = row.item.createdAt;
    row.item.content.title = title;
    row.item.content.message = message;
    row.item.content.type = "build";
    row.item.content.source = "ci";
    row.item.content.actions = {{"open", "Open", "https://example.org/1"}};
    row.item.content.progress = 0.5;
    row.placedAt = row.item.createdAt;
    return row;
}

inline model::Op sampleOp(const model::Text &id, quint64 item = 1)
{
    return {{id}, model::OpSet::Read, QList<model::NotificationId>{{1, item}}, model::Instant{5'000'000}, {}};
}

inline QList<qint64> placesOf(const std::vector<Row> &rows)
{
    QList<qint64> places;
    for (const Row &row : rows)
        places.append(row.item.createdSeq);
    return places;
}

inline const Account sampleAccount{QUrl(QStringLiteral("https://bell.example.org")), {"u"}};
} // namespace belfry::offline
