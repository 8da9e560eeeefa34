#pragma once

#include "client/session_host.h"

namespace belfry::client {
/// Writes down what the logic wants and tells.
class FakeHost final : public SessionHost
{
public:
    void discover(quint64 attempt) override
    {
        ++discoveries;
        lastAttempt = attempt;
    }
    void openSocket() override { ++opened; }
    void dropSocket(protocol::CloseCode code) override { dropped.append(int(code)); }
    void send(const protocol::ClientMessage &message) override { sent.push_back(message); }
    void ping() override { ++pings; }
    void loadSnapshot(quint64 attempt, const model::Text &page) override
    {
        lastAttempt = attempt;
        snapshotCursors.append(page);
    }
    void askToken() override { ++tokensAsked; }

    void stateChanged(SessionState state, model::MaybeInstant at) override
    {
        states.append(state);
        retryAt = at;
    }
    void changed(const model::Change &change) override { seqs.append(change.seq); }
    void snapshotComes(qint64 items) override { snapshotPages.append(items); }
    void snapshotLoaded(const protocol::Snapshot &snapshot) override { snapshots.push_back(snapshot); }
    void countsChanged(model::Seq, const model::Counts &now) override { counts = now; }
    void opApplied(const model::OpApplied &op) override { applied.append(op.id.text); }
    void opRefused(const model::OpId &op, const model::Error &) override { refused.append(op.text); }
    void problem(const model::Error &error) override { problems.append(error.detail); }
    void cursorMoved(const Cursor &now) override { cursor = now; }

    /// The messages of one kind among those sent, in order.
    template<typename Message>
    [[nodiscard]] std::vector<Message> sentOf() const
    {
        std::vector<Message> found;
        for (const auto &message : sent) {
            if (const auto *one = std::get_if<Message>(&message))
                found.push_back(*one);
        }
        return found;
    }

    int discoveries = 0;
    int opened = 0;
    int pings = 0;
    int tokensAsked = 0;
    quint64 lastAttempt = 0;
    QList<int> dropped;
    std::vector<protocol::ClientMessage> sent;
    QList<model::Text> snapshotCursors;
    QList<SessionState> states;
    model::MaybeInstant retryAt;
    QList<model::Seq> seqs;
    QList<qint64> snapshotPages;
    std::vector<protocol::Snapshot> snapshots;
    model::Counts counts;
    QList<model::Text> applied;
    QList<model::Text> refused;
    QList<model::Text> problems;
    Cursor cursor;
};
} // namespace belfry::client
