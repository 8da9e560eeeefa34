#include "client/op_queue.h"

#include <algorithm>

namespace belfry::client {
namespace {
qsizetype idsOf(const model::Op &op)
{
    const auto *upTo = std::get_if<model::UpTo>(&op.target);
    return (upTo ? upTo->except : std::get<QList<model::NotificationId>>(op.target)).size();
}
} // namespace

OpQueue::OpQueue(OpJournal *journal)
    : m_journal(journal)
{
    if (!m_journal)
        return;
    const QList<model::Op> kept = m_journal->load();
    m_ops.assign(kept.begin(), kept.end());
}

model::VoidResult OpQueue::add(model::Op op, model::Instant now)
{
    if (m_ops.size() >= limit)
        return model::fail(model::ErrorCode::Overloaded,
                           "10,000 changes wait for the server: nothing more is taken");
    // Never into the journal: the server would refuse it at every start again.
    if (idsOf(op) > model::maxIdsPerOp)
        return model::failField(model::ErrorCode::Invalid, "/ids",
                                "one change takes at most 500 notifications: make several of it");
    if (!op.at)
        op.at = now;
    if (m_journal)
        m_journal->add(op);
    m_ops.push_back(std::move(op));
    return {};
}

std::optional<model::Op> OpQueue::next()
{
    if (!hasUnsent())
        return std::nullopt;
    return m_ops.at(m_sent++);
}

std::optional<model::OpId> OpQueue::largestSent() const
{
    const auto end = m_ops.begin() + std::ptrdiff_t(m_sent);
    const auto largest = std::max_element(
        m_ops.begin(), end, [](const model::Op &a, const model::Op &b) { return idsOf(a) < idsOf(b); });
    return largest == end ? std::nullopt : std::optional(largest->id);
}

bool OpQueue::settle(const model::OpId &id)
{
    const auto found =
        std::find_if(m_ops.begin(), m_ops.end(), [&](const model::Op &op) { return op.id == id; });
    if (found == m_ops.end())
        return false;
    if (std::size_t(found - m_ops.begin()) < m_sent)
        --m_sent;
    m_ops.erase(found);
    if (m_journal)
        m_journal->remove(id);
    return true;
}
} // namespace belfry::client
