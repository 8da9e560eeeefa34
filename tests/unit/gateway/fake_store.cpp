#include "fake_store.h"

#include "fake_directory.h"

namespace belfry::test {
using model::Result;
using runtime::Loop;
using runtime::Reply;

namespace {
[[noreturn]] void no()
{
    qFatal("the gateway asked the inbox for something that is not its business");
}
} // namespace

ports::Committed FakeInbox::create(const model::UserId &user, const QByteArray &title, model::Alert alert)
{
    model::Notification item;
    item.id = model::Uuid::makeV7(m_clock.now());
    item.user = user;
    item.state = model::State::Done;
    item.createdAt = item.updatedAt = m_clock.now();
    item.content.title = title;
    item.seq = item.createdSeq = logs[user].head() + 1;
    model::Change change;
    change.kind = model::ChangeKind::Created;
    change.what = item;
    change.alert = alert;
    ++logs[user].counts.unseen;
    ++logs[user].counts.unread;
    return append(user, std::move(change));
}

ports::Committed FakeInbox::append(const model::UserId &user, model::Change change)
{
    Log &log = logs[user];
    change.seq = log.head() + 1;
    change.at = m_clock.now();
    log.changes.push_back(change);
    return {user, change, log.counts};
}

void FakeInbox::applyOps(Loop &home, model::UserId user, std::vector<model::Op> asked, model::Instant,
                         Reply<Result<ports::OpsResult>> reply)
{
    Result<ports::OpsResult> result = ports::OpsResult{};
    if (failOps)
        result = tl::unexpected(*failOps);
    for (model::Op &op : asked) {
        ops.emplace_back(user, op);
        if (!result)
            continue;
        // Up to 0: an op that changes nothing.
        const auto *upTo = std::get_if<model::UpTo>(&op.target);
        if (upTo && upTo->seq == 0) {
            result->applied.push_back({op.id, 0, false, {}});
            continue;
        }
        model::Change change;
        change.kind = model::ChangeKind::State;
        change.what = model::StateChange{op};
        const ports::Committed entry = append(user, std::move(change));
        result->applied.push_back({op.id, entry.change.seq, false, {}});
        if (committed)
            committed(entry);
    }
    if (result) {
        result->head = logs[user].head();
        result->counts = logs[user].counts;
    }
    auto answer = [&home, reply = std::move(reply), result = std::move(result)]() mutable {
        home.post([reply = std::move(reply), result = std::move(result)]() mutable { reply(result); });
    };
    if (holdOps)
        m_held.emplace_back(std::move(answer));
    else
        answer();
}

void FakeInbox::releaseOps()
{
    for (runtime::Task &answer : std::exchange(m_held, {}))
        answer();
}

void FakeInbox::moveCursor(model::UserId user, model::DeviceId device, model::Seq seq, model::Instant)
{
    cursors.push_back({user, device, seq});
}

void FakeInbox::logStates(Loop &home, std::vector<model::UserId> users,
                          Reply<Result<std::vector<ports::LogState>>> reply)
{
    ++stateReads;
    usersInStateReads += static_cast<int>(users.size());
    Result<std::vector<ports::LogState>> states = std::vector<ports::LogState>{};
    for (const model::UserId &user : users)
        states->push_back(logs[user].state());
    if (failStates)
        states = tl::unexpected(*failStates);
    auto answer = [&home, reply = std::move(reply), states = std::move(states)]() mutable {
        home.post([reply = std::move(reply), states = std::move(states)]() mutable { reply(states); });
    };
    if (holdStates)
        m_heldStates.emplace_back(std::move(answer));
    else
        answer();
}

void FakeInbox::releaseOldestState()
{
    m_heldStates.front()();
    m_heldStates.pop_front();
}

void FakeInbox::log(Loop &home, model::UserId user, model::Seq since, int limit,
                    Reply<Result<ports::LogPage>> reply)
{
    ++pageReads;
    mostAskedFor = std::max(mostAskedFor, limit);
    const Log &log = logs[user];
    Result<ports::LogPage> page = ports::LogPage{log.state(), {}};
    if (failPages) {
        page = tl::unexpected(*failPages);
    } else if (since > log.head() || since < log.floor - 1) {
        page = model::fail(model::ErrorCode::LogReset, "since");
    } else {
        const model::Seq last = std::min<model::Seq>(log.head(), since + std::min(limit, pageSize));
        page->changes.assign(log.changes.begin() + since, log.changes.begin() + last);
    }
    home.post([reply = std::move(reply), page = std::move(page)]() mutable { reply(std::move(page)); });
}

void FakeInbox::submit(Loop &, ports::Submit, Reply<Result<ports::SubmitResult>>)
{
    no();
}
void FakeInbox::patch(Loop &, ports::Patch, Reply<Result<model::Notification>>)
{
    no();
}
void FakeInbox::recall(Loop &, model::NotificationId, model::Instant, Reply<Result<model::Notification>>)
{
    no();
}
void FakeInbox::cancel(Loop &, model::NotificationId, model::Instant, Reply<Result<model::Notification>>)
{
    no();
}
void FakeInbox::settle(Loop &, std::vector<ports::Settle>, model::Instant, Reply<Result<int>>)
{
    no();
}
void FakeInbox::list(Loop &, ports::InboxQuery, Reply<Result<ports::InboxPage>>)
{
    no();
}
void FakeInbox::item(Loop &, model::NotificationId, Reply<Result<model::Notification>>)
{
    no();
}
void FakeInbox::itemByLegacyId(Loop &, model::UserId, qint32, Reply<Result<model::Notification>>)
{
    no();
}
void FakeInbox::assignLegacyIds(Loop &, std::vector<model::NotificationId>,
                                Reply<Result<std::vector<qint32>>>)
{
    no();
}
void FakeInbox::due(Loop &, model::Instant, int, Reply<Result<ports::DueBatch>>)
{
    no();
}
void FakeInbox::timeline(Loop &, model::NotificationId, Reply<Result<ports::Timeline>>)
{
    no();
}

FakeStore::FakeStore(const runtime::Clock &clock)
    : logs(clock)
    , m_directory(std::make_unique<FakeDirectory>())
{
}

FakeStore::~FakeStore() = default;

ports::Directory &FakeStore::directory()
{
    return *m_directory;
}
} // namespace belfry::test
