#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::Notification;
using model::OpSet;
using model::Result;
using model::Text;

namespace {
/// What is written, and for whom, is the store's; what it says is not looked at here.
struct PlainEncoder final : ports::OutboxEncoder
{
    ports::OutboxMessage encode(const ports::OutboxId &id, const ports::Committed &committed) const override
    {
        return {id, "plain", Text::number(committed.change.seq), {}};
    }
};
const PlainEncoder plain;

qint64 waiting(StoreDriver &s)
{
    return s.backlogs().outbox.depth;
}
} // namespace

void StoreContract::withoutARelayTheOutboxIsEmpty()
{
    s().send("ada", "one");
    QCOMPARE(waiting(s()), 0);
    QVERIFY(!s().backlogs().outbox.oldest);
}

void StoreContract::eachChangeGoesIntoTheOutbox()
{
    open(m_fresh(), &plain);
    const Notification first = s().send("ada", "one");
    const model::Instant begun = s().now();
    m_clock.advance(1s);
    s().apply("ada", OpSet::Read, first.id);
    s().apply("ada", OpSet::Read, first.id); // changes nothing
    QVERIFY(s().recall(first.id));
    QVERIFY(s().recall(first.id)); // the same
    QVERIFY(s().submit(s().submitOf({"ada", "ben", "eve"}, StoreDriver::content("to three"))));
    auto unwanted = s().submitOf({"ada"}, StoreDriver::content("suppressed"));
    unwanted.recipients.front().inApp = false;
    unwanted.recipients.front().reason = model::SuppressReason::Preference;
    QVERIFY(s().submit(unwanted));                                            // has no seq
    QVERIFY(s().submit(s().later("ada", StoreDriver::content("later"), 1h))); // nor has this, before its time
    QCOMPARE(waiting(s()), 6);
    QVERIFY(s().backlogs().outbox.oldest == begun);
    m_clock.advance(1h);
    s().settleAll();
    QCOMPARE(waiting(s()), 7);
    QCOMPARE(waiting(s()), s().state("ada").head + s().state("ben").head + s().state("eve").head);
}

void StoreContract::whatIsRefusedLeavesNothingInTheOutbox()
{
    open(m_fresh(), &plain);
    const Notification there = s().send("ada", "there");
    ports::Submit refused = s().submitOf({"ada"}, StoreDriver::content("again"));
    refused.recipients.front().id = there.id; // taken
    QVERIFY(!s().submit(refused));
    QCOMPARE(waiting(s()), 1);
    s().send("ada", "next");
    QCOMPARE(waiting(s()), 2);
}

void StoreContract::theOutboxIsSwept()
{
    open(m_fresh(), &plain);
    s().send("ada", "old");
    m_clock.advance(model::days(7));
    s().send("ada", "young");
    ports::SweepStep step;
    step.now = s().now();
    QCOMPARE(s().sweep(step)->removed, 0);
    m_clock.advance(1us);
    step.now = s().now();
    step.keeping.outbox = std::nullopt; // for ever
    QCOMPARE(s().sweep(step)->removed, 0);
    step.keeping.outbox = model::days(7);
    QCOMPARE(s().sweep(step)->removed, 1);
    QCOMPARE(waiting(s()), 1);
    QVERIFY(s().sweep(step)->done);
}

void StoreContract::theOutboxForgetsAUser()
{
    open(m_fresh(), &plain);
    s().send("anna", "secret");
    s().send("anna", "secret too");
    s().send("annabel", "stays");
    ports::AuditEntry entry;
    entry.at = s().now();
    QVERIFY(s().await<model::VoidResult>([&](auto &home, auto reply) {
        s().people().erase(home, {"anna"}, model::Role::Owner, entry, std::move(reply));
    }));
    m_clock.advance(1us);
    const auto step = [&] {
        return s().await<Result<ports::ErasureStep>>(
            [&](auto &home, auto reply) { s().people().stepErasure(home, 1, s().now(), std::move(reply)); });
    };
    while (step()->worked)
        ;
    QCOMPARE(waiting(s()), 3); // hers are taken back, which is told, and that one stays
}
} // namespace belfry::store
