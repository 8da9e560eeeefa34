#pragma once

#include <QByteArray>
#include <vector>

namespace belfry::net {
class Connection;
}

namespace belfry::gateway {
class Session;

/// The welcomed sessions of one kind, side by side in memory: a broadcast is one pass over them, without a
/// look-up or an allocation for any.
class LiveTargets
{
public:
    struct Target
    {
        net::Connection *connection = nullptr;
        Session *session = nullptr;
        bool mayAlert = true;
    };

    /// Already there: nothing happens.
    void add(Session &session);
    void remove(Session &session);
    void setMayAlert(const Session &session, bool mayAlert);
    [[nodiscard]] const std::vector<Target> &all() const { return m_targets; }
    /// `loud` to those that may alert their user, `quiet` to the others. Answers how many there were.
    std::size_t send(const QByteArray &loud, const QByteArray &quiet) const;

    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

private:
    std::vector<Target> m_targets;
};
} // namespace belfry::gateway
