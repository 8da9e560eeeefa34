#include "store_contract.h"

#include "store_listener.h"

namespace belfry::store {
using model::Seq;
using model::Text;

StoreContract::StoreContract(Fresh fresh)
    : m_fresh(std::move(fresh))
{
}

StoreContract::~StoreContract() = default;

void StoreContract::open(StoreOptions options, const ports::OutboxEncoder *outbox)
{
    m_driver.reset();
    m_store.reset();
    m_listener = std::make_unique<Listener>();
    m_store = openStore(std::move(options), m_clock);
    m_store->setCommitListener(m_listener.get());
    if (outbox)
        m_store->setOutboxEncoder(outbox);
    const auto started = m_store->start();
    QVERIFY2(started, started ? "" : started.error().detail.constData());
    m_driver = std::make_unique<StoreDriver>(*m_store, m_clock);
}

void StoreContract::init()
{
    m_clock.set({1'700'000'000'000'000});
    open(m_fresh());
}

void StoreContract::cleanup()
{
    m_store->stop();
    m_driver.reset();
    m_store.reset();
}

void StoreContract::checkWhole(const Text &user)
{
    const Seq floor = s().state(user).floor;
    const auto page = s().log(user, floor - 1, 100'000);
    QVERIFY(page);
    Seq next = floor;
    for (const model::Change &change : page->changes)
        QCOMPARE(change.seq, next++);
    QCOMPARE(page->state.head, next - 1);

    model::Counts counted;
    ports::InboxQuery query;
    query.user.text = user;
    query.limit = 100'000;
    for (const model::Notification &item : s().list(query).items) {
        QVERIFY(model::isActive(item));
        counted.unseen += item.engagement.seen ? 0 : 1;
        counted.unread += item.engagement.read ? 0 : 1;
    }
    QCOMPARE(page->state.counts.unseen, counted.unseen);
    QCOMPARE(page->state.counts.unread, counted.unread);
}
} // namespace belfry::store

#include "moc_store_contract.cpp"
