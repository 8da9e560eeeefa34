#include "support/fake_store.h"

#include <algorithm>

namespace belfry::test {
using model::ErrorCode;
using model::fail;
using model::Notification;
using model::NotificationId;
using model::UserId;

namespace {
tl::unexpected<model::Error> nothing()
{
    return fail(ErrorCode::NotFound, "there is no such thing");
}

template<typename T>
std::pair<std::vector<T>, qint64> pageOf(const std::vector<T> &all, qint64 after, int limit)
{
    std::pair<std::vector<T>, qint64> page;
    const auto size = static_cast<qint64>(all.size());
    for (qint64 i = after; i < size && i < after + limit; ++i)
        page.first.push_back(all[static_cast<std::size_t>(i)]);
    page.second = after + static_cast<qint64>(page.first.size());
    return page;
}
} // namespace

template<typename T>
void FakeStore::answer(Loop &home, Reply<Result<T>> reply, Result<T> result)
{
    if (failWith)
        result = tl::unexpected(*failWith);
    home.post([reply = std::move(reply), result = std::move(result)]() mutable { reply(std::move(result)); });
}

ports::SubmittedItem FakeStore::made(const ports::Submit &submit, const ports::Recipient &recipient)
{
    ports::SubmittedItem made;
    Notification &item = made.item;
    item.id = recipient.id;
    item.user = recipient.user;
    item.event = submit.event;
    item.createdAt = submit.now;
    item.content = *submit.content;
    const model::Text &key = submit.content->dedupeKey;
    if (!key.isEmpty() && !dedupes.insert(recipient.user.text + ' ' + key).second) {
        made.outcome = ports::SubmitOutcome::Deduplicated;
    } else if (!submit.makeUsers && !knownPeople.contains(recipient.user)) {
        made.outcome = ports::SubmitOutcome::UnknownUser;
    } else if (submit.scheduledFor) {
        made.outcome = ports::SubmitOutcome::Scheduled;
        item.state = model::State::Held;
    } else if (!recipient.inApp) {
        made.outcome = ports::SubmitOutcome::Suppressed;
        item.state = model::State::Suppressed;
    } else {
        item.seq = item.createdSeq = ++logs[recipient.user].head;
    }
    return made;
}

void FakeStore::submit(Loop &home, ports::Submit submit, Reply<Result<ports::SubmitResult>> reply)
{
    if (failSubmitTo && !submit.recipients.empty() && submit.recipients[0].user == *failSubmitTo)
        return answer<ports::SubmitResult>(home, std::move(reply), fail(ErrorCode::Overloaded, "full"));
    ports::SubmitResult result{submit.event, {}, {}};
    for (const ports::Recipient &recipient : submit.recipients)
        result.items.push_back(made(submit, recipient));
    submits.push_back(std::move(submit));
    answer<ports::SubmitResult>(home, std::move(reply), std::move(result));
}

void FakeStore::patch(Loop &home, ports::Patch patch, Reply<Result<Notification>> reply)
{
    patches.push_back(patch);
    item(home, patch.id, std::move(reply));
}

void FakeStore::recall(Loop &home, NotificationId id, model::Instant, Reply<Result<Notification>> reply)
{
    recalls.push_back(id);
    item(home, id, std::move(reply));
}

void FakeStore::cancel(Loop &home, NotificationId id, model::Instant, Reply<Result<Notification>> reply)
{
    cancels.push_back(id);
    item(home, id, std::move(reply));
}

void FakeStore::applyOps(Loop &home, UserId user, std::vector<model::Op> ops, model::Instant,
                         Reply<Result<ports::OpsResult>> reply)
{
    ports::OpsResult result;
    const bool lost = supersedes && supersedes();
    for (const model::Op &op : ops)
        result.applied.push_back({op.id, lost ? 0 : ++logs[user].head, lost, {}});
    result.head = logs[user].head;
    opsCalls.push_back({std::move(user), std::move(ops)});
    answer<ports::OpsResult>(home, std::move(reply), std::move(result));
}

void FakeStore::moveCursor(UserId user, model::DeviceId device, model::Seq seq, model::Instant)
{
    cursorMoves.push_back({std::move(user), std::move(device), seq});
}

void FakeStore::settle(Loop &home, std::vector<ports::Settle> batch, model::Instant, Reply<Result<int>> reply)
{
    int count = 0;
    for (ports::Settle &one : batch) {
        if (!settleNothing)
            count += static_cast<int>(
                std::erase_if(dueItems, [&one](const ports::DueItem &due) { return due.item.id == one.id; }));
        settled.push_back(std::move(one));
    }
    answer<int>(home, std::move(reply), count);
}

void FakeStore::list(Loop &home, ports::InboxQuery query, Reply<Result<ports::InboxPage>> reply)
{
    ports::InboxPage page;
    for (const Notification &item : lists[query.user]) {
        if (query.before != 0 && item.createdSeq >= query.before)
            continue;
        if (page.items.size() == static_cast<std::size_t>(query.limit)) {
            page.nextBefore = page.items.back().createdSeq;
            break;
        }
        page.items.push_back(item);
    }
    page.head = logs[query.user].head;
    queries.push_back(std::move(query));
    answer<ports::InboxPage>(home, std::move(reply), std::move(page));
}

void FakeStore::item(Loop &home, NotificationId id, Reply<Result<Notification>> reply)
{
    const auto found = items.find(id);
    answer<Notification>(home, std::move(reply),
                         found == items.end() ? Result<Notification>(nothing()) : found->second);
}

void FakeStore::itemByLegacyId(Loop &home, UserId user, qint32 legacyId, Reply<Result<Notification>> reply)
{
    for (const auto &[id, item] : items) {
        if (item.user == user && item.legacyId == legacyId)
            return answer<Notification>(home, std::move(reply), item);
    }
    answer<Notification>(home, std::move(reply), nothing());
}

void FakeStore::assignLegacyIds(Loop &home, std::vector<NotificationId> ids,
                                Reply<Result<std::vector<qint32>>> reply)
{
    std::vector<qint32> given;
    for (std::size_t i = 0; i < ids.size(); ++i)
        given.push_back(static_cast<qint32>(1'000 + i));
    answer<std::vector<qint32>>(home, std::move(reply), std::move(given));
}

void FakeStore::logStates(Loop &home, std::vector<UserId> users,
                          Reply<Result<std::vector<ports::LogState>>> reply)
{
    logStateReads.push_back(users.size());
    std::vector<ports::LogState> states;
    for (const UserId &user : users)
        states.push_back(logs[user]);
    answer<std::vector<ports::LogState>>(home, std::move(reply), std::move(states));
}

void FakeStore::log(Loop &home, UserId user, model::Seq since, int limit, Reply<Result<ports::LogPage>> reply)
{
    ports::LogPage page{logs[user], {}};
    for (model::Seq seq = since + 1; seq <= page.state.head && seq <= since + limit; ++seq) {
        model::Change change;
        change.seq = seq;
        page.changes.push_back(std::move(change));
    }
    answer<ports::LogPage>(home, std::move(reply), std::move(page));
}

void FakeStore::due(Loop &home, model::Instant now, int limit, Reply<Result<ports::DueBatch>> reply)
{
    ++dueReads;
    ports::DueBatch batch;
    for (const ports::DueItem &item : dueItems) {
        if (item.at > now) {
            batch.next = item.at;
            break;
        }
        batch.hasMore = batch.items.size() == static_cast<std::size_t>(std::min(limit, mostDue));
        if (batch.hasMore)
            continue;
        batch.items.push_back(item);
    }
    answer<ports::DueBatch>(home, std::move(reply), std::move(batch));
}

void FakeStore::timeline(Loop &home, NotificationId id, Reply<Result<ports::Timeline>> reply)
{
    const auto found = items.find(id);
    if (found == items.end())
        return answer<ports::Timeline>(home, std::move(reply), nothing());
    answer<ports::Timeline>(home, std::move(reply), ports::Timeline{found->second, {}, {}});
}

void FakeStore::createUser(Loop &home, ports::UserRecord user, Reply<Result<ports::UserRecord>> reply)
{
    for (const auto &[id, there] : knownPeople) {
        if (there.email == user.email)
            return answer<ports::UserRecord>(home, std::move(reply), fail(ErrorCode::Conflict, "taken"));
    }
    user.id.text = QByteArray::number(static_cast<qulonglong>(knownPeople.size() + 1));
    knownPeople[user.id] = user;
    answer<ports::UserRecord>(home, std::move(reply), std::move(user));
}

void FakeStore::users(Loop &home, std::vector<UserId> ids,
                      Reply<Result<std::vector<ports::UserRecord>>> reply)
{
    std::vector<ports::UserRecord> found;
    for (const UserId &id : ids)
        found.push_back(knownPeople.contains(id) ? knownPeople[id] : ports::UserRecord{});
    answer<std::vector<ports::UserRecord>>(home, std::move(reply), std::move(found));
}

void FakeStore::allUsers(Loop &home, qint64 after, int limit, Reply<Result<UserPage>> reply)
{
    std::vector<UserId> all;
    for (const auto &[id, record] : knownPeople)
        all.push_back(id);
    answer<UserPage>(home, std::move(reply), pageOf(all, after, limit));
}

void FakeStore::preferences(Loop &home, std::vector<UserId> users,
                            Reply<Result<std::vector<ports::StoredPreferences>>> reply)
{
    preferenceReads.push_back(users.size());
    std::vector<ports::StoredPreferences> found;
    for (const UserId &user : users)
        found.push_back({documents.contains(user) ? documents[user] : model::Preferences{}, "etag"});
    answer<std::vector<ports::StoredPreferences>>(home, std::move(reply), std::move(found));
}

void FakeStore::putPreferences(Loop &home, ports::PreferencesWrite wish, model::Instant,
                               Reply<Result<ports::StoredPreferences>> reply)
{
    if (wish.ifMatch && !wish.ifMatch->contains("etag"))
        return answer<ports::StoredPreferences>(home, std::move(reply),
                                                fail(ErrorCode::Precondition, "changed meanwhile"));
    if (!wish.makeUser && !knownPeople.contains(wish.user))
        return answer<ports::StoredPreferences>(home, std::move(reply), nothing());
    documents[wish.user] = wish.document;
    answer<ports::StoredPreferences>(home, std::move(reply),
                                     ports::StoredPreferences{wish.document, "etag-2"});
}

void FakeStore::putTopic(Loop &home, ports::Topic topic, Reply<Result<bool>> reply)
{
    answer<bool>(home, std::move(reply), topicUsers.try_emplace(topic.name).second);
}

void FakeStore::topics(Loop &home, Reply<Result<std::vector<ports::Topic>>> reply)
{
    std::vector<ports::Topic> all;
    for (const auto &[name, users] : topicUsers)
        all.push_back({name, {}, {}, static_cast<qint64>(users.size())});
    answer<std::vector<ports::Topic>>(home, std::move(reply), std::move(all));
}

void FakeStore::topic(Loop &home, model::TopicName name, Reply<Result<ports::Topic>> reply)
{
    if (!topicUsers.contains(name))
        return answer<ports::Topic>(home, std::move(reply), nothing());
    answer<ports::Topic>(home, std::move(reply), ports::Topic{name, {}, {}, 0});
}

void FakeStore::removeTopic(Loop &home, model::TopicName name, Reply<VoidResult> reply)
{
    const bool gone = topicUsers.erase(name) > 0;
    answer<void>(home, std::move(reply), gone ? VoidResult() : VoidResult(nothing()));
}

void FakeStore::subscribe(Loop &home, ports::Subscription wish, model::Instant, Reply<VoidResult> reply)
{
    if (!wish.makeUser && !knownPeople.contains(wish.user))
        return answer<void>(home, std::move(reply), nothing());
    std::erase(topicUsers[wish.topic], wish.user);
    if (wish.on)
        topicUsers[wish.topic].push_back(std::move(wish.user));
    answer<void>(home, std::move(reply), {});
}

void FakeStore::subscribers(Loop &home, model::TopicName topic, qint64 after, int limit,
                            Reply<Result<UserPage>> reply)
{
    if (!topicUsers.contains(topic))
        return answer<UserPage>(home, std::move(reply), nothing());
    answer<UserPage>(home, std::move(reply), pageOf(topicUsers[topic], after, limit));
}

void FakeStore::addJob(Loop &home, ports::FanoutJob job, Reply<Result<ports::SubmitResult>> reply)
{
    ports::SubmitResult result{job.event, {}, {}};
    jobs.push_back(std::move(job));
    answer<ports::SubmitResult>(home, std::move(reply), std::move(result));
}

void FakeStore::stepJob(Loop &home, int limit, Decide decide, model::Instant, Reply<Result<int>> reply)
{
    jobSteps.push_back(limit);
    lastDecide = std::move(decide);
    const int written = failWith ? 0 : std::min(limit, jobRecipientsLeft);
    jobRecipientsLeft -= written;
    answer<int>(home, std::move(reply), written);
}

void FakeStore::categories(Loop &home, Reply<Result<std::vector<ports::Category>>> reply)
{
    std::vector<ports::Category> all;
    for (const auto &[name, category] : kinds)
        all.push_back(category);
    answerOrHold(home, std::move(reply), std::move(all));
}

void FakeStore::putCategory(Loop &home, ports::Category category, Reply<Result<ports::Category>> reply)
{
    const auto [it, fresh] = kinds.try_emplace(category.name, category);
    category.createdAt = fresh ? category.updatedAt : it->second.createdAt;
    it->second = category;
    answer<ports::Category>(home, std::move(reply), std::move(category));
}

void FakeStore::removeCategory(Loop &home, model::Text name, model::Instant, Reply<VoidResult> reply)
{
    const bool gone = kinds.erase(name) > 0;
    answer<void>(home, std::move(reply),
                 gone ? VoidResult{} : model::fail(model::ErrorCode::NotFound, "there is no such category"));
}

void FakeStore::devices(Loop &home, model::UserId user, Reply<Result<std::vector<ports::Device>>> reply)
{
    std::vector<ports::Device> all;
    for (const auto &[key, device] : installations) {
        if (key.first == user)
            all.push_back(device);
    }
    answer<std::vector<ports::Device>>(home, std::move(reply), std::move(all));
}

void FakeStore::putDevice(Loop &home, ports::Device device, bool, Reply<Result<ports::Device>> reply)
{
    const auto [it, fresh] = installations.try_emplace({device.user, device.id}, device);
    device.createdAt = fresh ? device.updatedAt : it->second.createdAt;
    it->second = device;
    answer<ports::Device>(home, std::move(reply), std::move(device));
}

void FakeStore::removeDevice(Loop &home, ports::DeviceRemoval what, model::Instant, Reply<VoidResult> reply)
{
    const bool gone = installations.erase({what.user, what.id}) > 0;
    answer<void>(home, std::move(reply),
                 gone ? VoidResult{} : model::fail(model::ErrorCode::NotFound, "there is no such device"));
}

void FakeStore::sweep(Loop &home, ports::SweepStep step, Reply<Result<ports::Swept>> reply)
{
    sweeps.push_back(step);
    m_probe.writes.add();
    int &left = overdue[step.shelf];
    const int removed = failWith ? 0 : std::min(step.limit, left);
    left -= removed;
    ports::Swept swept{removed, left == 0, step.from};
    swept.next.user += removed;
    answer<ports::Swept>(home, std::move(reply), swept);
}

void FakeStore::keys(Loop &home, Reply<Result<std::vector<ports::ApiKey>>> reply)
{
    ++keyReads;
    answer<std::vector<ports::ApiKey>>(home, std::move(reply), apiKeys);
}

void FakeStore::addKey(Loop &home, ports::ApiKey key, ports::AuditEntry entry, Reply<VoidResult> reply)
{
    audit.push_back(std::move(entry));
    apiKeys.push_back(std::move(key));
    answer<void>(home, std::move(reply), {});
}

void FakeStore::rotateKey(Loop &home, ports::KeyRotation rotation, ports::AuditEntry entry,
                          Reply<Result<ports::ApiKey>> reply)
{
    audit.push_back(std::move(entry));
    ports::ApiKey next;
    next.id = rotation.nextId;
    next.hash = rotation.nextHash;
    next.scopes = rotation.mayGrant;
    apiKeys.push_back(next);
    answer<ports::ApiKey>(home, std::move(reply), std::move(next));
}

void FakeStore::revokeKey(Loop &home, ports::KeyRevocation what, ports::AuditEntry entry,
                          Reply<VoidResult> reply)
{
    for (ports::ApiKey &key : apiKeys) {
        if (key.id != what.id)
            continue;
        key.revokedAt = entry.at;
        audit.push_back(std::move(entry));
        return answer<void>(home, std::move(reply), {});
    }
    answer<void>(home, std::move(reply), nothing());
}

void FakeStore::noteKeyUses(Loop &home, std::vector<ports::KeyUse> uses, model::Instant,
                            Reply<VoidResult> reply)
{
    keyUses.insert(keyUses.end(), uses.begin(), uses.end());
    answer<void>(home, std::move(reply), {});
}

void FakeStore::findAnswer(Loop &home, ports::IdempotencyKey key, model::Instant,
                           Reply<Result<std::optional<ports::StoredAnswer>>> reply)
{
    using Found = std::optional<ports::StoredAnswer>;
    const auto it = answers.find(key.scope + key.key);
    if (it == answers.end())
        return answer<Found>(home, std::move(reply), Found());
    if (it->second.first != key.bodyHash)
        return answer<Found>(home, std::move(reply), fail(ErrorCode::IdempotencyReuse, "another body"));
    answer<Found>(home, std::move(reply), Found(it->second.second));
}

void FakeStore::keepAnswer(Loop &home, ports::IdempotencyKey key, ports::StoredAnswer kept, model::Instant,
                           Reply<VoidResult> reply)
{
    if (!failWith)
        answers[key.scope + key.key] = {key.bodyHash, std::move(kept)};
    answer<void>(home, std::move(reply), {});
}

template<typename T>
void FakeStore::answerOrHold(Loop &home, Reply<Result<T>> reply, T all)
{
    if (!holdReads)
        return answer<T>(home, std::move(reply), std::move(all));
    auto kept = std::make_shared<Reply<Result<T>>>(std::move(reply));
    heldReads.emplace_back(
        [this, &home, kept, all = std::move(all)] { answer<T>(home, std::move(*kept), all); });
}

void FakeStore::webhooks(Loop &home, Reply<Result<std::vector<ports::Webhook>>> reply)
{
    answerOrHold(home, std::move(reply), registered);
}

void FakeStore::addWebhook(Loop &home, ports::Webhook webhook, Reply<VoidResult> reply)
{
    registered.push_back(std::move(webhook));
    answer<void>(home, std::move(reply), {});
}

void FakeStore::changeWebhook(Loop &home, ports::WebhookChange change, model::Instant,
                              Reply<Result<ports::Webhook>> reply)
{
    for (ports::Webhook &webhook : registered) {
        if (webhook.id != change.id)
            continue;
        webhook.url = change.url.value_or(webhook.url);
        webhook.enabled = change.enabled.value_or(webhook.enabled);
        if (change.rotation) {
            webhook.oldSecret = std::exchange(webhook.secret, change.rotation->secret);
            webhook.oldSecretUntil = change.rotation->oldUntil;
        }
        return answer<ports::Webhook>(home, std::move(reply), webhook);
    }
    answer<ports::Webhook>(home, std::move(reply), nothing());
}

void FakeStore::removeWebhook(Loop &home, ports::WebhookId id, model::Instant, Reply<VoidResult> reply)
{
    const auto gone = std::erase_if(registered, [&id](const ports::Webhook &w) { return w.id == id; });
    answer<void>(home, std::move(reply), gone > 0 ? VoidResult{} : nothing());
}

void FakeStore::claimDeliveries(Loop &home, ports::DeliveryClaim claim, model::Instant,
                                Reply<Result<ports::DueDeliveries>> reply)
{
    claims.push_back(std::move(claim));
    answer<ports::DueDeliveries>(home, std::move(reply), ports::DueDeliveries{});
}

void FakeStore::settleDeliveries(Loop &home, std::vector<ports::DeliveryOutcome> ended, model::Instant,
                                 Reply<VoidResult> reply)
{
    outcomes.insert(outcomes.end(), ended.begin(), ended.end());
    answer<void>(home, std::move(reply), {});
}

void FakeStore::releaseDeliveries(Loop &home, model::Instant, Reply<VoidResult> reply)
{
    answer<void>(home, std::move(reply), {});
}

void FakeStore::deliveries(Loop &home, ports::DeliveryFilter filter, qint64, int,
                           Reply<Result<ports::DeliveryPage>> reply)
{
    deliveryReads.push_back(std::move(filter));
    answer<ports::DeliveryPage>(home, std::move(reply), ports::DeliveryPage{});
}

void FakeStore::redrive(Loop &home, std::vector<ports::DeliveryId> ids, ports::DeliveryFilter, int,
                        model::Instant, Reply<Result<int>> reply)
{
    answer<int>(home, std::move(reply), static_cast<int>(ids.size()));
}
} // namespace belfry::test
