#pragma once

#include "runtime/loop.h"
#include "support/wait_until.h"

#include <memory>
#include <optional>

namespace belfry::test {
/// The answer of one call on an asynchronous port, as a value. Thread of the home loop, which must be the
/// caller's:
///
///     Answer<Result<Page>> page;
///     port.page(home, query, page.reply());
///     QVERIFY(page.wait());
///     QCOMPARE(page->value().size(), 3);
///
/// A reply that comes after this has died is dropped. A second reply is a defect of the port and ends the
/// test.
template<typename T>
class Answer
{
public:
    [[nodiscard]] runtime::Reply<T> reply()
    {
        return [slot = m_slot](T value) {
            if (slot->has_value())
                qFatal("a port answered the same call twice");
            slot->emplace(std::move(value));
        };
    }

    /// Runs the event loop until the answer is there. False: it did not come in time.
    [[nodiscard]] bool wait(std::chrono::milliseconds deadline = patience)
    {
        return waitUntil([this] { return has(); }, deadline);
    }

    [[nodiscard]] bool has() const { return m_slot->has_value(); }
    [[nodiscard]] T &operator*() { return **m_slot; }
    [[nodiscard]] T *operator->() { return &**m_slot; }

private:
    std::shared_ptr<std::optional<T>> m_slot = std::make_shared<std::optional<T>>();
};
} // namespace belfry::test
