#include "store/retention_port.h"

#include "domain/times.h"
#include "store/answer_rules.h"
#include "store/inbox_port.h"
#include "store/retention_rules.h"
#include "store/row_flags.h"

namespace belfry::store {
using ports::Loop;
using ports::Reply;
using ports::SweepStep;
using ports::Swept;

namespace {
/// By the database's own clock, which holds on to the last year by itself, and ours, which may differ.
constexpr auto auditSlack = model::days(1);

/// The outbox grows by all that changes, and what goes stands side by side: it goes in longer steps.
constexpr int outboxStride = 16;

/// One transaction: between two of them everything else that waits has its turn.
class SweepCommand final : public ReplyingCommand<Swept>
{
public:
    using Want = std::function<void(Needs &)>;
    using Plan = std::function<Result<Swept>(Workspace &)>;

    SweepCommand(Loop &home, model::Instant now, Reply<Result<Swept>> reply, Want want, Plan plan)
        : ReplyingCommand(home, now, std::move(reply))
        , m_want(std::move(want))
        , m_plan(std::move(plan))
    {
    }

    void need(Needs &needs) const override { m_want(needs); }
    VoidResult apply(Workspace &work) override
    {
        Result<Swept> result = m_plan(work);
        if (!result)
            return sortOut(result.error());
        m_result = *result;
        return {};
    }
    bool isAlone() const override { return true; }

private:
    Want m_want;
    Plan m_plan;
};

Result<Swept> purgeRecords(WriteTx &tx, const SweepStep &step)
{
    const model::Instant now = step.now;
    const ports::Keeping &keeping = step.keeping;
    const auto repeats =
        tx.purge({now - answerWindow, now - opWindow, now - domain::dedupeLimit}, step.limit);
    if (!repeats)
        return tl::unexpected(repeats.error());
    const auto audit = keeping.audit ? ports::Keeping::Life(*keeping.audit + auditSlack) : std::nullopt;
    const auto people = tx.sessions().purge(now - sessionsKept, keptSince(audit, now), step.limit);
    if (!people)
        return tl::unexpected(people.error());
    const auto ways = tx.webhooks().purge(keptSince(keeping.deliveries, now),
                                          keptSince(keeping.deadLetters, now), step.limit);
    if (!ways)
        return tl::unexpected(ways.error());
    const auto relayed = tx.purgeOutbox(keptSince(keeping.outbox, now), step.limit * outboxStride);
    if (!relayed)
        return tl::unexpected(relayed.error());
    const int removed = *repeats + *people + *ways + *relayed;
    return Swept{removed, removed == 0, {}};
}

Swept retireAll(Workspace &work, const SweepStep &step, const RetirePlan &plan)
{
    Swept swept{0, plan.last, plan.next};
    for (const model::NotificationId &id : plan.items) {
        Workspace::Item *item = work.item(id);
        Workspace::User *user = item ? work.user(item->row.user) : nullptr;
        if (!user || !isPastKeeping(item->row.item, step.keeping, step.now))
            continue;
        Q_ASSERT(countsOf(item->flags) == model::Counts{});
        work.retire(*user, item->row.item);
        ++swept.removed;
    }
    // What stays would be found again at once.
    if (step.shelf == ports::Shelf::Deleted && swept.removed < std::ssize(plan.items))
        swept.done = true;
    return swept;
}

Swept cutAll(Workspace &work, const CutPlan &plan)
{
    Swept swept{0, plan.last, plan.next};
    for (const LogCut &cut : plan.cuts) {
        Workspace::User *user = work.user(cut.user);
        if (!user || cut.floor <= user->row.floor)
            continue;
        swept.removed += static_cast<int>(cut.floor - user->row.floor);
        work.raiseFloor(*user, cut.floor);
    }
    return swept;
}
} // namespace

RetentionPort::RetentionPort(WriterLane &lane, Readers &readers)
    : m_lane(lane)
    , m_readers(readers)
{
}

void RetentionPort::sweep(Loop &home, SweepStep step, Reply<Result<Swept>> reply)
{
    switch (step.shelf) {
    case ports::Shelf::Records:
        return sweepRecords(home, step, std::move(reply));
    case ports::Shelf::Logs:
        return sweepLogs(home, step, std::move(reply));
    case ports::Shelf::Deleted:
    case ports::Shelf::Notifications:
        return sweepNotifications(home, step, std::move(reply));
    }
}

void RetentionPort::sweepRecords(Loop &home, const SweepStep &step, Reply<Result<Swept>> reply)
{
    enqueue(m_lane, std::make_unique<SweepCommand>(
                        home, step.now, std::move(reply), [](Needs &) {},
                        [step](Workspace &work) { return purgeRecords(work.tx(), step); }));
}

void RetentionPort::sweepLogs(Loop &home, const SweepStep &step, Reply<Result<Swept>> reply)
{
    auto found = [this, &home, step, reply = std::move(reply)](Result<CutPlan> plan) mutable {
        if (!plan)
            return reply(tl::unexpected(std::move(plan.error())));
        if (plan->cuts.empty())
            return reply(Swept{0, plan->last, plan->next});
        auto want = [cuts = plan->cuts](Needs &needs) {
            for (const LogCut &cut : cuts)
                needs.users.push_back(cut.user);
        };
        enqueue(m_lane, std::make_unique<SweepCommand>(
                            home, step.now, std::move(reply), std::move(want),
                            [plan = *plan](Workspace &work) { return cutAll(work, plan); }));
    };
    m_readers.run<CutPlan>(home, std::move(found),
                           [step](ReadSession &session) { return planCuts(session, step); });
}

void RetentionPort::sweepNotifications(Loop &home, const SweepStep &step, Reply<Result<Swept>> reply)
{
    auto found = [this, &home, step, reply = std::move(reply)](Result<RetirePlan> plan) mutable {
        if (!plan)
            return reply(tl::unexpected(std::move(plan.error())));
        if (plan->items.empty())
            return reply(Swept{0, plan->last, plan->next});
        auto want = [items = plan->items](Needs &needs) { needs.items = items; };
        enqueue(m_lane, std::make_unique<SweepCommand>(
                            home, step.now, std::move(reply), std::move(want),
                            [step, plan = *plan](Workspace &work) { return retireAll(work, step, plan); }));
    };
    m_readers.run<RetirePlan>(home, std::move(found),
                              [step](ReadSession &session) { return planRetiring(session, step); });
}
} // namespace belfry::store
