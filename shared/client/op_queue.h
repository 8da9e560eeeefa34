#pragma once

#include "client/op_journal.h"
#include "model/result.h"

#include <deque>

namespace belfry::client {
/// Ops on their way to the server, in order, each kept until the server answered for it; what was sent on a
/// connection that broke is sent again, since `op_id` makes a repeat harmless (semantics 16). At most 10,000.
/// Pure but for the journal.
class OpQueue
{
public:
    static constexpr std::size_t limit = 10'000;

    /// `journal` may be null: nothing outlives the program.
    explicit OpQueue(OpJournal *journal);

    /// Overloaded: the queue is full; Invalid: it names more items than the server takes. An op without `at`
    /// gets `now`, because it may be sent much later.
    [[nodiscard]] model::VoidResult add(model::Op op, model::Instant now);
    /// The next one to send, if any; it counts as sent then.
    [[nodiscard]] std::optional<model::Op> next();
    [[nodiscard]] bool hasUnsent() const { return m_sent < m_ops.size(); }
    /// Of those that are with the server unanswered, the first of the largest.
    [[nodiscard]] std::optional<model::OpId> largestSent() const;
    /// Answered: it leaves the queue. False: it was not there.
    bool settle(const model::OpId &id);
    /// The connection broke, or the server asked for patience: all that is not answered is unsent again.
    void resend() { m_sent = 0; }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_ops.size()); }

private:
    OpJournal *m_journal;
    std::deque<model::Op> m_ops;
    std::size_t m_sent = 0; ///< the first so many are with the server
};
} // namespace belfry::client
