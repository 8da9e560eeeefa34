#pragma once

#include "domain/resume_mode.h"
#include "service/changes.h"
#include "service/gatherer.h"

namespace belfry::service {
using domain::ResumeMode;
using runtime::Loop;
using runtime::Reply;

/// How live sessions find their place in the log (semantics 4). For the gateway, which has authenticated: no
/// principal. Any loop.
class Resume
{
public:
    Resume(ports::Store &store, Changes &changes);

    [[nodiscard]] model::Epoch epoch() const { return m_store.directory().epoch(); }

    /// Where this user's log stands, when it is known without a read (this process alone writes, and the user
    /// is in the cache).
    [[nodiscard]] std::optional<ports::LogState> known(const model::UserId &user) const;
    /// The same by a read where it must be: all that one turn of a loop asks for becomes one read. The reply
    /// comes at once when it is known.
    void standing(Loop &home, const model::UserId &user, Reply<model::Result<ports::LogState>> reply);
    /// Decides by H22.
    [[nodiscard]] ResumeMode mode(const model::Epoch &given, std::optional<model::Seq> since,
                                  const ports::LogState &state) const;

    /// Changes above `since`, at most `limit` (1–500), one for each seq. LogReset.
    static constexpr int pageLimit = 500;
    void page(Loop &home, const model::UserId &user, model::Seq since,
              Reply<model::Result<ports::LogPage>> reply, int limit = pageLimit);

private:
    void read(Loop &home, std::vector<model::UserId> users,
              Reply<model::Result<std::vector<ports::LogState>>> reply);

    ports::Store &m_store;
    Changes &m_changes;
    Gatherer<ports::LogState> m_misses;
};
} // namespace belfry::service
