#include "client/op_queue.h"

#include <algorithm>

namespace belfry::client {
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
