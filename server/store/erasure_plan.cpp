#include "store/erasure_plan.h"

#include "store/json_text.h"
#include "store/preferences_codec.h"

#include <algorithm>

namespace belfry::store {
using model::ErrorCode;
using Phase = ErasureRow::Phase;

namespace {
/// Seqs of the log that one step looks at.
constexpr model::Seq logWindow = 1000;

VoidResult dropPreferences(Workspace &work, Workspace::User &user, model::Instant now)
{
    std::vector<PreferencesRow> rows;
    if (auto done = work.tx().preferences({user.row.key}, rows); !done)
        return done;
    if (rows.front().etag.isEmpty())
        return {};
    if (auto done = work.tx().erasures().removePreferences(user.row.key); !done)
        return done;
    const model::Text etag = storedPreferences({}).etag;
    LogRow entry{
        user.row.key, work.nextSeq(user), model::ChangeKind::Preferences, now, model::Alert::None, {}, etag};
    work.log(user, std::move(entry), model::PreferencesChange{etag});
    return {};
}

Result<bool> eraseWebhooks(Workspace &work, const ErasureRow &row, model::Instant now,
                           ports::ErasureStep &step)
{
    WebhookWrites &table = work.tx().webhooks();
    std::vector<ports::Webhook> all;
    if (auto done = table.all(all); !done)
        return tl::unexpected(done.error());
    for (const ports::Webhook &webhook : all) {
        if (webhook.user != row.id || webhook.createdAt > row.askedAt)
            continue;
        VoidResult done =
            table.endEndpoint(webhook.id, ports::DeliveryState::Suppressed, "webhook_removed", now);
        if (done)
            done = table.remove(webhook.id);
        if (!done)
            return tl::unexpected(done.error());
        step.webhooksChanged = true;
    }
    return true;
}

/// Devices hear of it as of a recall; its place in the log stays, without what was there.
void forgetItem(Workspace &work, Workspace::User &user, const NotificationRow &row, model::Instant now)
{
    const model::Notification &item = row.item;
    const model::Counts counted = countsOf(rowFlags(item));
    user.row.counts.unseen -= counted.unseen;
    user.row.counts.unread -= counted.unread;
    work.retire(user, item);
    if (item.createdSeq == 0 || model::isGone(item))
        return; // nobody ever heard of it, or everybody knows
    LogRow entry{
        user.row.key, work.nextSeq(user), model::ChangeKind::Recalled, now, model::Alert::None, item.id, {}};
    work.log(user, std::move(entry), model::Gone{item.id});
}

Result<bool> eraseNotifications(Workspace &work, Workspace::User &user, const ErasureRow &row, int limit,
                                model::Instant now)
{
    ErasureWrites &table = work.tx().erasures();
    std::vector<model::NotificationId> ids;
    if (auto done = table.doomed(row.user, row.askedAt, limit, ids); !done)
        return tl::unexpected(done.error());
    if (ids.empty())
        return true;
    std::vector<std::optional<NotificationRow>> items;
    if (auto done = work.tx().notifications(ids, items); !done)
        return tl::unexpected(done.error());
    for (const auto &item : items) {
        if (item)
            forgetItem(work, user, *item, now);
    }
    if (auto done = table.removeDeliveries(ids); !done)
        return tl::unexpected(done.error());
    return std::ssize(ids) < limit;
}

Result<bool> eraseLog(Workspace &work, ErasureRow &row)
{
    const model::Seq upTo = std::min(row.bound, row.logDone + logWindow);
    if (auto done = work.tx().erasures().blankLog(row.user, row.logDone, upTo); !done)
        return tl::unexpected(done.error());
    row.logDone = upTo;
    return upTo == row.bound;
}

Result<bool> eraseRest(Workspace &work, const ErasureRow &row, int limit)
{
    const auto gone = work.tx().erasures().removeRest(row.user, row.askedAt, limit);
    if (!gone)
        return tl::unexpected(gone.error());
    return *gone == 0;
}

/// Whether the number that begins there is the value of a member in which answers name a user.
bool isUserMember(QByteArrayView body, qsizetype at)
{
    const auto back = [&] {
        while (at > 0 && (body[at - 1] == ' ' || body[at - 1] == '\t'))
            --at;
        return at > 0 ? body[--at] : '\0';
    };
    const char colon = back();
    const char quote = back();
    if (colon != ':' || quote != '"')
        return false;
    const QByteArrayView before = body.first(at);
    return before.endsWith("\"user_id") || before.endsWith("\"from") || before.endsWith("\"to");
}

/// Legacy answers, and what senders give, name users as numbers too (H43).
bool namesAsNumber(QByteArrayView body, QByteArrayView id)
{
    for (qsizetype at = body.indexOf(id); at >= 0; at = body.indexOf(id, at + 1)) {
        const qsizetype end = at + id.size();
        const char next = end < body.size() ? body[end] : '\0';
        if ((next == ',' || next == '}' || next == ' ') && isUserMember(body, at))
            return true;
    }
    return false;
}

/// Whether it may tell of this user.
bool namesUser(const AnswerRow &row, const model::UserId &id)
{
    QByteArray quoted;
    appendJson(quoted, id.text);
    if (row.answer.body.contains(quoted) || row.key.scope.contains('/' + id.text.toPercentEncoding()))
        return true;
    return namesAsNumber(row.answer.body, id.text);
}

Result<bool> eraseAnswers(Workspace &work, ErasureRow &row, int limit)
{
    ErasureWrites &table = work.tx().erasures();
    std::vector<AnswerRow> answers;
    if (auto done = table.answersAfter(row.answerScope, row.answerKey, limit, answers); !done)
        return tl::unexpected(done.error());
    for (const AnswerRow &answer : answers) {
        row.answerScope = answer.key.scope;
        row.answerKey = answer.key.key;
        if (answer.at > row.askedAt)
            continue;
        VoidResult done;
        if (answer.key.scope.startsWith("user:" + row.id.text + ' '))
            done = table.removeAnswer(answer.key);
        else if (namesUser(answer, row.id))
            done = table.redactAnswer(answer.key, R"({"message":"It told of a user who was erased since."})");
        if (!done)
            return tl::unexpected(done.error());
    }
    return std::ssize(answers) < limit;
}

Result<bool> erasePhase(Workspace &work, Workspace::User &user, ErasureRow &row, int limit,
                        model::Instant now, ports::ErasureStep &step)
{
    switch (row.phase) {
    case Phase::Webhooks:
        return eraseWebhooks(work, row, now, step);
    case Phase::Notifications:
        return eraseNotifications(work, user, row, limit, now);
    case Phase::Log:
        return eraseLog(work, row);
    case Phase::Rest:
        return eraseRest(work, row, limit);
    case Phase::Answers:
        return eraseAnswers(work, row, limit);
    case Phase::Over:
        break;
    }
    return true;
}
} // namespace

VoidResult askErasure(Workspace &work, const model::UserId &id, model::Role upTo,
                      const ports::AuditEntry &entry)
{
    Workspace::User *user = work.user(id);
    if (!user)
        return model::fail(ErrorCode::NotFound, "there is no such user");
    const auto person = work.tx().people().person(user->row.key);
    if (!person)
        return tl::unexpected(person.error());
    if (*person && (*person)->person.role > upTo)
        return model::fail(ErrorCode::Forbidden, "the role of this user is above your own");
    ErasureWrites &table = work.tx().erasures();
    ErasureRow row;
    row.user = user->row.key;
    row.askedAt = entry.at;
    row.bound = user->row.head;
    VoidResult done = table.begin(row);
    if (done)
        done = table.removeProfile(row.user);
    if (done)
        done = table.wipeSessions(row.user, entry.at);
    if (done)
        done = dropPreferences(work, *user, entry.at);
    return done ? work.tx().sessions().note(entry) : done;
}

EraseStepCommand::EraseStepCommand(runtime::Loop &home, int limit, model::Instant now,
                                   runtime::Reply<Result<ports::ErasureStep>> reply)
    : ReplyingCommand(home, now, std::move(reply))
    , m_limit(limit)
{
}

VoidResult EraseStepCommand::apply(Workspace &work)
{
    auto found = work.tx().erasures().oldest();
    if (!found)
        return tl::unexpected(found.error());
    ports::ErasureStep step;
    if (!*found) {
        m_result = step;
        return {};
    }
    ErasureRow row = *std::move(*found);
    step.worked = true;
    Needs needs;
    needs.users.push_back(row.id);
    if (auto done = work.load(needs, now()); !done)
        return done;
    const auto over = erasePhase(work, *work.user(row.id), row, m_limit, now(), step);
    if (!over)
        return tl::unexpected(over.error());
    if (*over)
        row.phase = static_cast<Phase>(static_cast<int>(row.phase) + 1);
    const bool isOver = row.phase == Phase::Over;
    m_result = step;
    return work.tx().erasures().save(row, isOver ? model::MaybeInstant(now()) : std::nullopt);
}
} // namespace belfry::store
