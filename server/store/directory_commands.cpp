#include "store/directory_commands.h"

#include "store/content_codec.h"
#include "store/preferences_codec.h"
#include "store/submit_plan.h"

#include <algorithm>

namespace belfry::store {
namespace {
/// Of one transaction: what is sent meanwhile waits for no more (semantics 11).
constexpr qsizetype stepBytes = 4 * 1024 * 1024;

int mostOf(const JobRow &job, int limit)
{
    const qsizetype fitting = stepBytes / std::max<qsizetype>(job.payload.size(), 1);
    return static_cast<int>(std::clamp<qsizetype>(fitting, 1, limit));
}
} // namespace

JobStepCommand::JobStepCommand(runtime::Loop &home, int limit, ports::Directory::Decide decide,
                               model::Instant now, runtime::Reply<Result<int>> reply)
    : ReplyingCommand(home, now, std::move(reply))
    , m_limit(limit)
    , m_decide(std::move(decide))
{
}

VoidResult JobStepCommand::apply(Workspace &work)
{
    while (true) {
        const auto job = work.tx().oldestJob();
        if (!job)
            return tl::unexpected(job.error());
        if (!*job) {
            m_result = 0;
            return {};
        }
        const Result<int> written = step(work, **job);
        if (!written)
            return tl::unexpected(written.error());
        if (*written > 0) {
            m_result = *written;
            return {};
        }
    }
}

Result<int> JobStepCommand::step(Workspace &work, const JobRow &job)
{
    ports::Submit submit = decodeJob(job.payload);
    if (submit.expiresAt && *submit.expiresAt <= now()) {
        // Its time passed while it waited (semantics 9): the rest is nobody's news any more.
        const VoidResult removed = work.tx().removeJob(job.key);
        return removed ? Result<int>(0) : tl::unexpected(removed.error());
    }
    const int limit = mostOf(job, m_limit);
    const auto targets = work.tx().jobTargets(job, limit);
    if (!targets)
        return tl::unexpected(targets.error());
    const auto count = static_cast<int>(targets->size());
    const bool last = count < limit;
    if (auto done = last ? work.tx().removeJob(job.key) : work.tx().saveJob(job.key, targets->back().place);
        !done)
        return tl::unexpected(done.error());
    if (count == 0)
        return 0;
    submit.now = now();
    submit.makeUsers = false;
    const auto recipients = decideAll(work, *targets, *submit.content);
    if (!recipients)
        return tl::unexpected(recipients.error());
    Needs needs;
    needForSubmit(submit, *recipients, needs);
    if (auto done = work.load(needs, now()); !done)
        return tl::unexpected(done.error());
    for (const ports::Recipient &recipient : *recipients)
        static_cast<void>(submitTo(work, submit, recipient));
    return count;
}

Result<std::vector<ports::Recipient>> JobStepCommand::decideAll(Workspace &work,
                                                                const std::vector<JobTarget> &targets,
                                                                const model::Content &content)
{
    std::vector<UserKey> keys;
    keys.reserve(targets.size());
    for (const JobTarget &target : targets)
        keys.push_back(target.key);
    std::vector<PreferencesRow> rows;
    if (auto done = work.tx().preferences(keys, rows); !done)
        return tl::unexpected(done.error());
    std::vector<ports::Recipient> recipients;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        recipients.push_back(m_decide(targets[i].user, storedPreferences(rows[i]).document, content));
        recipients.back().user = targets[i].user;
        if (recipients.back().id.isNull())
            recipients.back().id = model::NotificationId::makeV7(now());
    }
    return recipients;
}
} // namespace belfry::store
