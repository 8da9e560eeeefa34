#pragma once

#include "inbox/inbox_model.h"

#include <QDateTime>
#include <QRandomGenerator>

namespace belfry::inbox {
inline constexpr model::Instant noon{1'700'000'000'000'000};

inline model::NotificationId idOf(qint64 number)
{
    return {1, static_cast<quint64>(number)};
}

/// Number, place and seq are one; ten minutes apart, the first before `noon`.
inline model::Notification sample(qint64 number, const model::Text &app = "ci")
{
    model::Notification item;
    item.id = idOf(number);
    item.user.text = "u";
    item.seq = number;
    item.createdSeq = number;
    item.state = model::State::Done;
    item.createdAt = noon - std::chrono::hours(1'000) + std::chrono::minutes(10 * number);
    item.updatedAt = item.createdAt;
    item.content.title = "Title " + model::Text::number(number);
    item.content.source = app;
    item.content.type = "build";
    return item;
}

inline model::Change created(const model::Notification &item, model::Seq seq = 0)
{
    return {seq == 0 ? item.seq : seq, model::ChangeKind::Created, item.updatedAt, item, model::Alert::Sound};
}

inline model::Op op(const char *id, model::OpSet set, const QList<qint64> &numbers,
                    model::MaybeInstant until = {})
{
    QList<model::NotificationId> ids;
    for (const qint64 number : numbers)
        ids.append(idOf(number));
    return {{id}, set, ids, noon, until};
}

inline model::Change applied(model::Seq seq, const model::Op &done)
{
    return {seq, model::ChangeKind::State, noon, model::StateChange{done}, model::Alert::None};
}

inline model::Change gone(model::Seq seq, qint64 number)
{
    return {seq, model::ChangeKind::Recalled, noon, model::Gone{idOf(number)}, model::Alert::None};
}

inline QList<qint64> numbersOf(const QList<model::NotificationId> &ids)
{
    QList<qint64> numbers;
    for (const auto &id : ids)
        numbers.append(qint64(id.low));
    std::sort(numbers.begin(), numbers.end());
    return numbers;
}

/// The numbers in a model's rows, from the top; headers of days are left out.
inline QList<qint64> rowsOf(const QAbstractItemModel &model)
{
    QList<qint64> numbers;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto id =
            model::Uuid::parse(model.index(row, 0).data(InboxModel::IdRole).toString().toLatin1());
        if (id)
            numbers.append(qint64(id->low));
    }
    return numbers;
}
} // namespace belfry::inbox
