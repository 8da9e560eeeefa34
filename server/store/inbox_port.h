#pragma once

#include "store/cursor_buffer.h"
#include "store/readers.h"
#include "store/writer_lane.h"

namespace belfry::store {
/// Puts a command onto the lane; a full queue is answered with Overloaded at once.
void enqueue(WriterLane &lane, std::unique_ptr<Command> command);

class InboxPort final : public ports::Inbox
{
public:
    InboxPort(WriterLane &lane, Readers &readers, CursorBuffer &cursors, const runtime::Clock &clock);

    void submit(ports::Loop &home, ports::Submit submit,
                ports::Reply<Result<ports::SubmitResult>> reply) override;
    void patch(ports::Loop &home, ports::Patch patch,
               ports::Reply<Result<model::Notification>> reply) override;
    void recall(ports::Loop &home, model::NotificationId id, model::Instant now,
                ports::Reply<Result<model::Notification>> reply) override;
    void cancel(ports::Loop &home, model::NotificationId id, model::Instant now,
                ports::Reply<Result<model::Notification>> reply) override;
    void applyOps(ports::Loop &home, model::UserId user, std::vector<model::Op> ops, model::Instant now,
                  ports::Reply<Result<ports::OpsResult>> reply) override;
    void moveCursor(model::UserId user, model::DeviceId device, model::Seq seq, model::Instant now) override;
    void settle(ports::Loop &home, std::vector<ports::Settle> items, model::Instant now,
                ports::Reply<Result<int>> reply) override;
    void assignLegacyIds(ports::Loop &home, std::vector<model::NotificationId> ids,
                         ports::Reply<Result<std::vector<qint32>>> reply) override;

    void list(ports::Loop &home, ports::InboxQuery query,
              ports::Reply<Result<ports::InboxPage>> reply) override;
    void item(ports::Loop &home, model::NotificationId id,
              ports::Reply<Result<model::Notification>> reply) override;
    void itemByLegacyId(ports::Loop &home, model::UserId user, qint32 legacyId,
                        ports::Reply<Result<model::Notification>> reply) override;
    void logStates(ports::Loop &home, std::vector<model::UserId> users,
                   ports::Reply<Result<std::vector<ports::LogState>>> reply) override;
    void log(ports::Loop &home, model::UserId user, model::Seq since, int limit,
             ports::Reply<Result<ports::LogPage>> reply) override;
    void due(ports::Loop &home, model::Instant now, int limit,
             ports::Reply<Result<ports::DueBatch>> reply) override;
    void timeline(ports::Loop &home, model::NotificationId id,
                  ports::Reply<Result<ports::Timeline>> reply) override;

private:
    WriterLane &m_lane;
    Readers &m_readers;
    CursorBuffer &m_cursors;
    const runtime::Clock &m_clock;
};
} // namespace belfry::store
