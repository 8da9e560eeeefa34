#pragma once

#include "runtime/loop.h"
#include "store/workspace.h"

#include <chrono>
#include <memory>

namespace belfry::store {
/// One write, from the call on a loop to its reply there. Lives on the writer lane in between.
class Command
{
public:
    virtual ~Command() = default;

    virtual void need(Needs &needs) const = 0;
    /// Does it, or leaves the workspace untouched and keeps why not. May run again in another transaction
    /// when the batch is repeated. Errors are the database's, not the caller's: they end the transaction.
    [[nodiscard]] virtual VoidResult apply(Workspace &work) = 0;
    /// The database said no: nothing of this command is stored.
    virtual void refuse(const model::Error &error) = 0;
    /// How to answer, on the home loop; home is null when nobody waits.
    [[nodiscard]] virtual runtime::Loop *home() const = 0;
    [[nodiscard]] virtual runtime::Task takeReply() = 0;

    /// About how many rows it writes; bounds a transaction.
    [[nodiscard]] virtual std::size_t weight() const { return 1; }
    /// It finds out what it needs only on the way: a transaction of its own.
    [[nodiscard]] virtual bool isAlone() const { return false; }
    /// The time of the call.
    [[nodiscard]] virtual model::Instant now() const = 0;

    std::chrono::steady_clock::time_point queuedAt; ///< for the probe
};

/// A command whose answer is a Result<T>.
template<typename T>
class ReplyingCommand : public Command
{
public:
    ReplyingCommand(runtime::Loop &home, model::Instant now, runtime::Reply<Result<T>> reply)
        : m_home(&home)
        , m_now(now)
        , m_reply(std::move(reply))
    {
    }

    void refuse(const model::Error &error) final { m_result = tl::unexpected(error); }
    runtime::Loop *home() const final { return m_home; }
    runtime::Task takeReply() final
    {
        return [reply = std::move(m_reply), result = std::move(m_result)]() mutable {
            reply(std::move(result));
        };
    }
    model::Instant now() const final { return m_now; }

protected:
    /// Keeps the caller's error; the transaction goes on.
    VoidResult reject(model::ErrorCode code, const model::Text &detail)
    {
        m_result = model::fail(code, detail);
        return {};
    }
    /// Sorts an error of the command's own statements: what is the caller's is kept, what is the database's
    /// ends the transaction.
    VoidResult sortOut(const model::Error &error)
    {
        if (error.code == model::ErrorCode::Unavailable || error.code == model::ErrorCode::Internal)
            return tl::unexpected(error);
        m_result = tl::unexpected(error);
        return {};
    }

    Result<T> m_result = model::fail(model::ErrorCode::Internal, "the command was not run");

private:
    runtime::Loop *m_home;
    model::Instant m_now;
    runtime::Reply<Result<T>> m_reply;
};
} // namespace belfry::store
