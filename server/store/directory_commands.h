#pragma once

#include "store/command.h"

#include <functional>

namespace belfry::store {
/// A write of the directory: a few statements of its own. `Plan` runs inside the transaction; of its errors
/// only Unavailable and Internal are the database's.
template<typename T>
class DirectoryCommand final : public ReplyingCommand<T>
{
public:
    using Plan = std::function<Result<T>(Workspace &)>;
    using Want = std::function<void(Needs &)>;

    DirectoryCommand(runtime::Loop &home, model::Instant now, runtime::Reply<Result<T>> reply, Want want,
                     Plan plan)
        : ReplyingCommand<T>(home, now, std::move(reply))
        , m_want(std::move(want))
        , m_plan(std::move(plan))
    {
    }

    void need(Needs &needs) const override
    {
        if (m_want)
            m_want(needs);
    }
    VoidResult apply(Workspace &work) override
    {
        Result<T> result = m_plan(work);
        if (!result)
            return this->sortOut(result.error());
        this->m_result = std::move(result);
        return {};
    }

private:
    Want m_want;
    Plan m_plan;
};

/// The next batch of the oldest job.
class JobStepCommand final : public ReplyingCommand<int>
{
public:
    JobStepCommand(runtime::Loop &home, int limit, ports::Directory::Decide decide, model::Instant now,
                   runtime::Reply<Result<int>> reply);
    void need(Needs &) const override {}
    VoidResult apply(Workspace &work) override;
    bool isAlone() const override { return true; }

private:
    [[nodiscard]] Result<int> step(Workspace &work, const JobRow &job);
    [[nodiscard]] Result<std::vector<ports::Recipient>>
    decideAll(Workspace &work, const std::vector<JobTarget> &targets, const model::Content &content);

    int m_limit;
    ports::Directory::Decide m_decide;
};

/// Writes and removes something, so that a store that could not write notices when it can again.
class ProbeCommand final : public Command
{
public:
    explicit ProbeCommand(model::Instant now)
        : m_now(now)
    {
    }
    void need(Needs &) const override {}
    VoidResult apply(Workspace &) override { return {}; }
    void refuse(const model::Error &) override {}
    runtime::Loop *home() const override { return nullptr; }
    runtime::Task takeReply() override { return {}; }
    bool isAlone() const override { return true; }
    model::Instant now() const override { return m_now; }

private:
    model::Instant m_now;
};

/// Statements of upkeep that nobody waits for.
class UpkeepCommand final : public Command
{
public:
    UpkeepCommand(model::Instant now, std::function<VoidResult(WriteTx &)> work)
        : m_now(now)
        , m_work(std::move(work))
    {
    }
    void need(Needs &) const override {}
    VoidResult apply(Workspace &work) override { return m_work(work.tx()); }
    void refuse(const model::Error &) override {} // it comes again by itself
    runtime::Loop *home() const override { return nullptr; }
    runtime::Task takeReply() override { return {}; }
    model::Instant now() const override { return m_now; }

private:
    model::Instant m_now;
    std::function<VoidResult(WriteTx &)> m_work;
};
} // namespace belfry::store
