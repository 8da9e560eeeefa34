#include "store/inbox_port.h"

#include "store/inbox_commands.h"
#include "store/inbox_reads.h"

namespace belfry::store {
using model::Notification;
using model::NotificationId;
using ports::Loop;
using ports::Reply;

void enqueue(WriterLane &lane, std::unique_ptr<Command> command)
{
    if (lane.push(command))
        return;
    command->refuse(
        {model::ErrorCode::Overloaded, "too many writes are waiting", {}, std::chrono::seconds(1)});
    if (Loop *home = command->home())
        home->post(command->takeReply());
}

InboxPort::InboxPort(WriterLane &lane, Readers &readers, CursorBuffer &cursors, const runtime::Clock &clock)
    : m_lane(lane)
    , m_readers(readers)
    , m_cursors(cursors)
    , m_clock(clock)
{
}

void InboxPort::submit(Loop &home, ports::Submit submit, Reply<Result<ports::SubmitResult>> reply)
{
    enqueue(m_lane, std::make_unique<SubmitCommand>(home, std::move(submit), std::move(reply)));
}

void InboxPort::patch(Loop &home, ports::Patch patch, Reply<Result<Notification>> reply)
{
    enqueue(m_lane, std::make_unique<PatchCommand>(home, std::move(patch), std::move(reply)));
}

void InboxPort::recall(Loop &home, NotificationId id, model::Instant now, Reply<Result<Notification>> reply)
{
    enqueue(m_lane, std::make_unique<WithdrawCommand>(home, WithdrawCommand::Kind::Recall, id, now,
                                                      std::move(reply)));
}

void InboxPort::cancel(Loop &home, NotificationId id, model::Instant now, Reply<Result<Notification>> reply)
{
    enqueue(m_lane, std::make_unique<WithdrawCommand>(home, WithdrawCommand::Kind::Cancel, id, now,
                                                      std::move(reply)));
}

void InboxPort::applyOps(Loop &home, model::UserId user, std::vector<model::Op> ops, model::Instant now,
                         Reply<Result<ports::OpsResult>> reply)
{
    enqueue(m_lane,
            std::make_unique<OpsCommand>(home, std::move(user), std::move(ops), now, std::move(reply)));
}

void InboxPort::moveCursor(model::UserId user, model::DeviceId device, model::Seq seq, model::Instant now)
{
    m_cursors.move(user, device, seq, now);
}

void InboxPort::settle(Loop &home, std::vector<ports::Settle> items, model::Instant now,
                       Reply<Result<int>> reply)
{
    enqueue(m_lane, std::make_unique<SettleCommand>(home, std::move(items), now, std::move(reply)));
}

void InboxPort::assignLegacyIds(Loop &home, std::vector<NotificationId> ids,
                                Reply<Result<std::vector<qint32>>> reply)
{
    enqueue(m_lane,
            std::make_unique<LegacyIdsCommand>(home, std::move(ids), m_clock.now(), std::move(reply)));
}

void InboxPort::list(Loop &home, ports::InboxQuery query, Reply<Result<ports::InboxPage>> reply)
{
    m_readers.run<ports::InboxPage>(home, std::move(reply), [query = std::move(query)](ReadSession &session) {
        return readPage(session, query);
    });
}

void InboxPort::item(Loop &home, NotificationId id, Reply<Result<Notification>> reply)
{
    m_readers.run<Notification>(home, std::move(reply), [id](ReadSession &session) {
        return readItem(session, id).map([](NotificationRow row) { return std::move(row.item); });
    });
}

void InboxPort::itemByLegacyId(Loop &home, model::UserId user, qint32 legacyId,
                               Reply<Result<Notification>> reply)
{
    m_readers.run<Notification>(home, std::move(reply),
                                [user = std::move(user), legacyId](ReadSession &session) {
                                    return readByLegacyId(session, user, legacyId);
                                });
}

void InboxPort::logStates(Loop &home, std::vector<model::UserId> users,
                          Reply<Result<std::vector<ports::LogState>>> reply)
{
    m_readers.run<std::vector<ports::LogState>>(
        home, std::move(reply),
        [users = std::move(users)](ReadSession &session) { return readLogStates(session, users); },
        Readers::Reading::Single);
}

void InboxPort::log(Loop &home, model::UserId user, model::Seq since, int limit,
                    Reply<Result<ports::LogPage>> reply)
{
    m_readers.run<ports::LogPage>(home, std::move(reply), [=, user = std::move(user)](ReadSession &session) {
        return readLog(session, user, since, limit);
    });
}

void InboxPort::due(Loop &home, model::Instant now, int limit, Reply<Result<ports::DueBatch>> reply)
{
    m_readers.run<ports::DueBatch>(home, std::move(reply),
                                   [=](ReadSession &session) { return readDue(session, now, limit); });
}

void InboxPort::timeline(Loop &home, NotificationId id, Reply<Result<ports::Timeline>> reply)
{
    m_readers.run<ports::Timeline>(home, std::move(reply),
                                   [id](ReadSession &session) { return readTimeline(session, id); });
}
} // namespace belfry::store
