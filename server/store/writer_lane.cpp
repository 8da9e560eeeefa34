#include "store/writer_lane.h"

#include "runtime/log.h"
#include "runtime/log_context.h"
#include "runtime/thread_name.h"
#include "runtime/trace_budget.h"
#include "store/directory_commands.h"

#include <algorithm>
#include <chrono>
#include <future>

namespace belfry::store {
using Clock = std::chrono::steady_clock;

namespace {
/// Rows of one transaction, large ones counted as several: bounds how long its first command waits, and
/// memory.
constexpr std::size_t maxWeight = 2048;

void traceStored(const model::Change &change)
{
    const auto *item = std::get_if<model::Notification>(&change.what);
    if (item == nullptr || !runtime::isSampled(item->traceparent) || !runtime::mayTrace())
        return;
    const runtime::LogContext context({}, item->traceparent);
    qCInfo(lcTrace, "stored: notification %s, seq %lld", item->id.toText().constData(),
           static_cast<long long>(change.seq));
}

std::uint64_t microsecondsBetween(Clock::time_point from, Clock::time_point to)
{
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(to - from).count());
}
} // namespace

WriterLane::WriterLane(std::size_t capacity, ports::StoreProbe &probe)
    : m_queue(capacity)
    , m_probe(probe)
{
}

WriterLane::~WriterLane()
{
    stop();
}

VoidResult WriterLane::start(Dialect &dialect)
{
    std::promise<VoidResult> opened;
    auto future = opened.get_future();
    m_thread = std::thread([this, &dialect, &opened] { run(dialect, opened); });
    VoidResult done = future.get();
    if (!done)
        m_thread.join();
    return done;
}

void WriterLane::stop()
{
    m_queue.close();
    if (m_thread.joinable())
        m_thread.join();
}

bool WriterLane::push(std::unique_ptr<Command> &command)
{
    command->queuedAt = Clock::now();
    if (m_queue.tryPush(command))
        return true;
    m_probe.refusedFull.add();
    return false;
}

void WriterLane::run(Dialect &dialect, std::promise<VoidResult> &opened)
{
    runtime::nameThread(QStringLiteral("store-writer"));
    auto tx = dialect.makeWriter();
    if (!tx) {
        opened.set_value(tl::unexpected(tx.error()));
        return;
    }
    m_tx = std::move(*tx);
    opened.set_value({});
    Commands commands;
    while (m_queue.takeAll(commands)) {
        m_probe.queueDepth.set(static_cast<std::int64_t>(commands.size()));
        runAll(commands);
        commands.clear();
    }
    m_tx.reset(); // on the thread that opened it
}

void WriterLane::runAll(Commands &commands)
{
    const std::span all(commands);
    std::size_t from = 0;
    while (from < all.size()) {
        std::size_t to = from;
        std::size_t weight = 0;
        while (to < all.size() && weight < maxWeight && !all[to]->isAlone())
            weight += all[to++]->weight();
        if (to == from)
            ++to; // one that wants to be alone
        runSlice(all.subspan(from, to - from));
        from = to;
    }
}

void WriterLane::runSlice(std::span<std::unique_ptr<Command>> slice)
{
    if (dynamic_cast<ProbeCommand *>(slice.front().get())) {
        runProbe();
        return;
    }
    VoidResult outcome = transact(slice);
    if (!outcome && m_tx->lostRace())
        outcome = transact(slice);
    const auto isRefused = [&outcome] {
        return !outcome && outcome.error().code != model::ErrorCode::Unavailable;
    };
    if (isRefused()) {
        m_probe.rowRetries.add(slice.size());
        if (slice.size() > 1) {
            for (std::size_t i = 0; i < slice.size(); ++i) // only the bad one fails (H85)
                runSlice(slice.subspan(i, 1));
            return;
        }
        // What another server wrote at the same moment, the same email say, is read this time.
        outcome = transact(slice);
    }
    m_health.note(outcome);
    if (!outcome) {
        if (isRefused())
            qCWarning(lcStore, "the database refused a write: %s", outcome.error().detail.constData());
        for (auto &command : slice)
            command->refuse(outcome.error());
    }
    finish(slice);
}

VoidResult WriterLane::plan(Workspace &work, std::span<std::unique_ptr<Command>> slice)
{
    Needs needs;
    for (const auto &command : slice)
        command->need(needs);
    if (auto done = work.load(needs, slice.front()->now()); !done)
        return done;
    for (auto &command : slice) {
        if (auto done = command->apply(work); !done)
            return done;
    }
    return work.flush();
}

VoidResult WriterLane::transact(std::span<std::unique_ptr<Command>> slice)
{
    const auto start = Clock::now();
    for (const auto &command : slice)
        m_probe.queueTime.observe(microsecondsBetween(command->queuedAt, start));
    if (auto done = m_tx->begin(); !done)
        return done;
    Workspace work(*m_tx, m_outbox);
    VoidResult done = plan(work, slice);
    if (done) {
        done = m_tx->commit();
        if (!done && m_tx->isInDoubt())
            doubt(work.takeChanges());
    }
    if (!done) {
        m_tx->rollback();
        return done;
    }
    tellDoubts();
    observe(slice, start, work);
    announce(work.takeChanges());
    if (m_newsListener && work.hasRetired())
        m_newsListener();
    if (m_deliveryListener && work.madeDueDeliveries())
        m_deliveryListener();
    return {};
}

void WriterLane::observe(std::span<std::unique_ptr<Command>> slice, Clock::time_point start,
                         const Workspace &work)
{
    const auto end = Clock::now();
    m_probe.commits.add();
    m_probe.writes.add(slice.size());
    m_probe.batchSize.observe(slice.size());
    m_probe.commitTime.observe(microsecondsBetween(start, end));
    for (const auto &command : slice)
        m_probe.publishToCommit.observe(microsecondsBetween(command->queuedAt, end));
    for (const model::Duration after : work.seenAfter())
        m_probe.publishToSeen.observe(static_cast<std::uint64_t>(
            std::max<qint64>(std::chrono::duration_cast<std::chrono::seconds>(after).count(), 0)));
}

void WriterLane::announce(ports::CommittedBatch changes)
{
    if (changes.empty())
        return;
    for (const ports::Committed &committed : changes)
        traceStored(committed.change);
    if (m_listener)
        m_listener->committed(std::make_shared<const ports::CommittedBatch>(std::move(changes)));
    if (m_newsListener)
        m_newsListener();
}

void WriterLane::doubt(const ports::CommittedBatch &changes)
{
    for (const ports::Committed &committed : changes)
        m_doubted.insert(committed.user);
}

void WriterLane::tellDoubts()
{
    if (m_doubted.empty())
        return;
    const std::unordered_set<model::UserId> users = std::exchange(m_doubted, {});
    if (m_listener)
        m_listener->doubted({users.begin(), users.end()});
}

void WriterLane::finish(std::span<std::unique_ptr<Command>> slice)
{
    // The few loops of a server: a linear search beats a map.
    std::vector<std::pair<runtime::Loop *, std::vector<runtime::Task>>> replies;
    for (auto &command : slice) {
        runtime::Loop *home = command->home();
        if (!home)
            continue;
        auto it =
            std::find_if(replies.begin(), replies.end(), [home](const auto &r) { return r.first == home; });
        if (it == replies.end()) {
            replies.emplace_back(home, std::vector<runtime::Task>{});
            it = std::prev(replies.end());
        }
        it->second.push_back(command->takeReply());
    }
    for (auto &[home, tasks] : replies)
        home->post(std::move(tasks));
    std::this_thread::yield(); // where they share a core, the answers go out before the next batch begins
}

void WriterLane::runProbe()
{
    if (m_health.isOk())
        return;
    const VoidResult answered = m_tx->probe();
    m_health.note(answered);
    if (answered)
        tellDoubts();
}
} // namespace belfry::store
