#pragma once

#include "ports/inbox.h"
#include "runtime/clock.h"

#include <QVarLengthArray>

namespace belfry::gateway {
class Session;

/// A user with sessions on this loop, and where that user's log stands as far as the loop knows.
struct LocalUser
{
    model::UserId id;
    ports::LogState state{};      ///< head is raised by news
    model::Seq countsAt = 0;      ///< the seq that state.counts hold for
    model::Seq firstNews = 0;     ///< first seq heard of before the state was known
    model::Seq expected = 0;      ///< head that an answer told of; its news may still be on their way
    runtime::SteadyTime lateAt{}; ///< when they are read instead
    bool known = false;
    bool reading = false;    ///< the state is being read
    bool turnQueued = false; ///< is asked at the end of this turn
    bool late = false;       ///< is in the list of those that wait for news
    QVarLengthArray<Session *, 2> sessions{};

    void raise(model::Seq head, const model::Counts &counts)
    {
        state.head = std::max(state.head, head);
        if (head >= countsAt) {
            countsAt = head;
            state.counts = counts;
        }
    }
};
} // namespace belfry::gateway
