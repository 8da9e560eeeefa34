#pragma once

#include "store_driver.h"

namespace belfry::store {
/// A store that runs from here to its end; one that does not start ends the test program.
class RunningStore
{
public:
    RunningStore(const QByteArray &url, runtime::FakeClock &clock, ports::CommitListener *listener = nullptr)
        : m_store(opened(url, clock, listener))
        , m_driver(*m_store, clock)
    {
    }
    ~RunningStore() { m_store->stop(); }
    Q_DISABLE_COPY_MOVE(RunningStore)

    [[nodiscard]] StoreDriver &driver() { return m_driver; }
    [[nodiscard]] ports::Store *operator->() { return m_store.get(); }

private:
    static std::unique_ptr<ports::Store> opened(const QByteArray &url, runtime::FakeClock &clock,
                                                ports::CommitListener *listener)
    {
        StoreOptions options;
        options.url = url;
        auto store = openStore(options, clock);
        store->setCommitListener(listener);
        if (const auto started = store->start(); !started)
            qFatal("not started: %s", started.error().detail.constData());
        return store;
    }

    std::unique_ptr<ports::Store> m_store;
    StoreDriver m_driver;
};
} // namespace belfry::store
