#include "service/submitter.h"

#include "runtime/log.h"
#include "runtime/log_context.h"
#include "runtime/trace_budget.h"
#include "service/access.h"

#include <unordered_set>

namespace belfry::service {
using model::ErrorCode;
using model::failField;
using model::Result;
using model::VoidResult;
using ports::Submit;
using ports::SubmitOutcome;

namespace {
VoidResult checkScopes(const auth::Principal &who, const Submission &what)
{
    auto allowed = requireScope(who, auth::Scope::NotifyWrite);
    if (!allowed)
        return allowed;
    const bool anonymous = who.kind == auth::Principal::Kind::Anonymous;
    if (what.content.critical) {
        if (anonymous)
            return model::fail(ErrorCode::Forbidden, "critical needs a key with the scope notify:critical");
        return requireScope(who, auth::Scope::NotifyCritical);
    }
    return {};
}

VoidResult checkAudience(const auth::Principal &who, const Audience &to)
{
    if (const auto *users = std::get_if<std::vector<model::UserId>>(&to)) {
        if (users->empty() || users->size() > maxUsers)
            return failField(ErrorCode::Invalid, "/user_ids", "must be 1 to 1,000 users");
        return {};
    }
    const bool many = !std::holds_alternative<model::UserId>(to);
    if (many && who.kind == auth::Principal::Kind::Anonymous)
        return model::fail(ErrorCode::Forbidden, "a topic or a broadcast needs a key");
    return {};
}

VoidResult checkRest(const Submission &what, bool liveOnly)
{
    if (liveOnly && !what.content.collapseKey.isEmpty())
        return failField(ErrorCode::Invalid, "/ttl", "0 (live only) can't be combined with collapse_key");
    if (what.dedupeWindow <= model::Duration(0) || what.dedupeWindow > domain::dedupeLimit)
        return failField(ErrorCode::Invalid, "/dedupe_window", "must be 1 to 604800 seconds");
    return {};
}

VoidResult check(const auth::Principal &who, const Submission &what)
{
    auto ok = checkScopes(who, what);
    if (ok)
        ok = checkAudience(who, what.to);
    return ok;
}

void traceJob(const model::Text &traceparent, const model::Uuid &event)
{
    if (!runtime::isSampled(traceparent) || !runtime::mayTrace())
        return;
    const runtime::LogContext context({}, traceparent);
    qCInfo(lcTrace, "stored: event %s, for many", event.toText().constData());
}

void removeRepeats(std::vector<model::UserId> &users)
{
    std::unordered_set<model::UserId> seen;
    std::erase_if(users, [&seen](const model::UserId &user) { return !seen.insert(user).second; });
}

/// Users are not made on first use (H05): NotFound when nobody is left.
Result<SubmitResult> withoutUnknown(Result<SubmitResult> result)
{
    if (!result || result->replayed || result->items.empty())
        return result;
    const bool someone = std::any_of(result->items.begin(), result->items.end(), [](const auto &item) {
        return item.outcome != SubmitOutcome::UnknownUser;
    });
    if (someone)
        return result;
    return model::fail(ErrorCode::NotFound, "there is no such user");
}

/// Gathers the results of a batch; answers with the last.
struct Batch
{
    Submitter::BatchResult results;
    std::size_t open = 0;
    Reply<Submitter::BatchResult> reply;

    void set(std::size_t index, Result<SubmitResult> result)
    {
        results[index] = std::move(result);
        if (--open == 0)
            reply(std::move(results));
    }
};

Reply<Result<SubmitResult>> slotOf(const std::shared_ptr<Batch> &batch, std::size_t index)
{
    return [batch, index](Result<SubmitResult> result) { batch->set(index, std::move(result)); };
}
} // namespace

Submitter::Submitter(ports::Store &store, ports::Fanout &fanout, PreferenceSource &preferences,
                     const WebhookBook &webhooks, const runtime::Clock &clock, const Settings &settings)
    : m_store(store)
    , m_preferences(preferences)
    , m_webhooks(webhooks)
    , m_clock(clock)
    , m_settings(settings)
    , m_live(store, fanout, preferences, webhooks.categories(), settings)
{
}

Result<Submitter::Ready> Submitter::prepare(const auth::Principal &who, Submission what) const
{
    if (auto ok = check(who, what); !ok)
        return tl::unexpected(std::move(ok.error()));
    const model::Instant now = m_clock.now();
    if (!what.times.ttl && !what.times.expiresAt) {
        if (const auto category = m_webhooks.categories().find(what.content.type))
            what.times.ttl = category->ttl; // semantics 9
    }
    auto times = domain::resolveTimes(what.times, now);
    if (!times)
        return tl::unexpected(std::move(times.error()));
    if (auto ok = checkRest(what, times->liveOnly); !ok)
        return tl::unexpected(std::move(ok.error()));

    domain::normalise(what.content);
    if (what.content.source.isEmpty())
        what.content.source = who.name;
    if (auto *users = std::get_if<std::vector<model::UserId>>(&what.to))
        removeRepeats(*users);

    Ready ready;
    ready.to = std::move(what.to);
    ready.ownAction = what.ownAction;
    ready.liveOnly = times->liveOnly;
    Submit &submit = ready.submit;
    submit.event = model::Uuid::makeV7(now);
    submit.content = std::make_shared<const model::Content>(std::move(what.content));
    submit.now = now;
    submit.scheduledFor = times->scheduledFor;
    submit.expiresAt = times->expiresAt;
    submit.dedupeWindow = what.dedupeWindow;
    submit.renotify = what.renotify;
    submit.legacyId = what.legacyId;
    submit.makeUsers = m_settings.usersOnFirstUse;
    submit.traceparent = std::move(what.traceparent);
    submit.idempotency = std::move(what.idempotency);
    submit.render = std::move(what.render);
    return ready;
}

void Submitter::submit(Loop &home, const auth::Principal &who, Submission what, SubmitReply reply)
{
    Result<Ready> ready = prepare(who, std::move(what));
    if (!ready)
        return reply(tl::unexpected(std::move(ready.error())));
    run(home, std::move(*ready), std::move(reply));
}

void Submitter::run(Loop &home, Ready ready, SubmitReply reply)
{
    if (ready.liveOnly)
        return m_live.send(home, std::move(ready.to), std::move(ready.submit), ready.ownAction,
                           std::move(reply));
    if (ready.isStored())
        return runStored(home, std::move(ready), std::move(reply));
    runJob(home, std::move(ready), std::move(reply));
}

void Submitter::runStored(Loop &home, Ready ready, SubmitReply reply)
{
    std::vector<model::UserId> users;
    if (const auto *user = std::get_if<model::UserId>(&ready.to)) {
        // The hot path: one recipient whose preferences are at hand.
        if (const Document document = m_preferences.cached(*user))
            return store(home, std::move(ready), {&document, 1}, std::move(reply));
        users.push_back(*user);
    } else {
        users = std::get<std::vector<model::UserId>>(ready.to);
    }
    m_preferences.get(home, users,
                      [this, &home, ready = std::move(ready),
                       reply = std::move(reply)](PreferenceSource::Documents documents) mutable {
                          if (!documents)
                              return reply(tl::unexpected(std::move(documents.error())));
                          store(home, std::move(ready), *documents, std::move(reply));
                      });
}

ports::Recipient Submitter::recipientOf(model::UserId user, const Document &document,
                                        const Submit &submit) const
{
    ports::Recipient recipient;
    recipient.id = model::Uuid::makeV7(submit.now);
    domain::InboxDecision decision = domain::decideInbox(
        user, *document, *submit.content, m_webhooks.categories().rulesOf(submit.content->type));
    recipient.inApp = decision.inApp;
    recipient.toast = decision.toast;
    recipient.reason = decision.reason;
    recipient.rule = std::move(decision.rule);
    recipient.ways = m_webhooks.ways(user, *document, *submit.content);
    recipient.user = std::move(user);
    return recipient;
}

void Submitter::store(Loop &home, Ready ready, std::span<const Document> documents, SubmitReply reply)
{
    Submit &submit = ready.submit;
    const bool skipOwn = ready.ownAction == OwnAction::Skip && !submit.content->actorId.isEmpty();
    const auto add = [&](model::UserId user, const Document &document) {
        if (!skipOwn || user.text != submit.content->actorId)
            submit.recipients.push_back(recipientOf(std::move(user), document, submit));
    };
    submit.recipients.reserve(documents.size());
    if (auto *user = std::get_if<model::UserId>(&ready.to)) {
        add(std::move(*user), documents[0]);
    } else {
        auto &users = std::get<std::vector<model::UserId>>(ready.to);
        for (std::size_t i = 0; i < users.size(); ++i)
            add(std::move(users[i]), documents[i]);
    }
    if (submit.recipients.empty()) {
        SubmitResult nobody{submit.event, {}, {}};
        return m_live.finish(home, std::move(submit), std::move(nobody), std::move(reply));
    }
    commit(home, std::move(submit), std::move(reply));
}

void Submitter::commit(Loop &home, Submit submit, SubmitReply reply)
{
    const bool plain = !submit.scheduledFor && submit.makeUsers;
    if (plain)
        return m_store.inbox().submit(home, std::move(submit), std::move(reply));
    const model::MaybeInstant due = submit.scheduledFor;
    m_store.inbox().submit(home, std::move(submit),
                           [this, due, reply = std::move(reply)](Result<SubmitResult> result) mutable {
                               if (result && due && m_alarms.dueAt)
                                   m_alarms.dueAt(*due);
                               reply(withoutUnknown(std::move(result)));
                           });
}

void Submitter::runJob(Loop &home, Ready ready, SubmitReply reply)
{
    ports::FanoutJob job;
    // Recorded once, not for each of all users.
    const model::Text trace =
        std::exchange(ready.submit.traceparent, runtime::unsampled(ready.submit.traceparent));
    job.event = ready.submit.event;
    if (auto *topic = std::get_if<model::TopicName>(&ready.to))
        job.topic = std::move(*topic);
    job.submit = std::move(ready.submit);
    m_store.directory().addJob(home, std::move(job),
                               [this, trace, reply = std::move(reply)](Result<SubmitResult> result) mutable {
                                   if (result && !result->replayed)
                                       traceJob(trace, result->event);
                                   if (result && m_alarms.jobAdded)
                                       m_alarms.jobAdded();
                                   reply(std::move(result));
                               });
}

void Submitter::submitBatch(Loop &home, const auth::Principal &who, std::vector<Submission> items,
                            Reply<BatchResult> reply)
{
    auto batch = std::make_shared<Batch>();
    batch->results.assign(items.size(), SubmitResult{});
    batch->open = items.size();
    if (items.empty() || items.size() > maxBatchItems) {
        batch->results.assign(items.size(),
                              failField(ErrorCode::Invalid, "", "a batch has 1 to 1,000 items"));
        return reply(std::move(batch->results));
    }
    batch->reply = std::move(reply);

    std::vector<std::pair<std::size_t, Ready>> stored;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (items[i].idempotency)
            items[i].idempotency->key += '#' + QByteArray::number(static_cast<qulonglong>(i));
        Result<Ready> ready = prepare(who, std::move(items[i]));
        if (!ready)
            batch->set(i, tl::unexpected(std::move(ready.error())));
        else if (ready->isStored())
            stored.emplace_back(i, std::move(*ready));
        else
            run(home, std::move(*ready), slotOf(batch, i));
    }
    storeTogether(home, std::move(stored), [batch](std::size_t index) { return slotOf(batch, index); });
}

void Submitter::storeTogether(Loop &home, std::vector<std::pair<std::size_t, Ready>> items,
                              std::function<SubmitReply(std::size_t)> slot)
{
    if (items.empty())
        return;
    std::vector<model::UserId> users;
    for (const auto &[index, ready] : items) {
        if (const auto *user = std::get_if<model::UserId>(&ready.to))
            users.push_back(*user);
        else if (const auto *several = std::get_if<std::vector<model::UserId>>(&ready.to))
            users.insert(users.end(), several->begin(), several->end());
    }
    m_preferences.get(home, users,
                      [this, &home, items = std::move(items),
                       slot = std::move(slot)](PreferenceSource::Documents documents) mutable {
                          std::size_t next = 0;
                          for (auto &[index, ready] : items) {
                              if (!documents) {
                                  slot(index)(tl::unexpected(documents.error()));
                                  continue;
                              }
                              const auto *several = std::get_if<std::vector<model::UserId>>(&ready.to);
                              const std::size_t count = several ? several->size() : 1;
                              const auto own = std::span<const Document>(*documents).subspan(next, count);
                              next += count;
                              store(home, std::move(ready), own, slot(index));
                          }
                      });
}
} // namespace belfry::service
