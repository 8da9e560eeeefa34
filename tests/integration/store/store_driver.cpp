#include "store_driver.h"

namespace belfry::store {
using model::Notification;
using model::NotificationId;
using model::Result;
using model::Text;
using runtime::Reply;

model::Content StoreDriver::content(const Text &title, const Text &message)
{
    model::Content content;
    content.type = "general";
    content.title = title;
    content.message = message;
    return content;
}

ports::Recipient StoreDriver::to(const Text &user) const
{
    ports::Recipient recipient;
    recipient.user.text = user;
    recipient.id = NotificationId::makeV7(now());
    recipient.rule = "server_default";
    return recipient;
}

ports::Submit StoreDriver::submitOf(const std::vector<Text> &users, model::Content content) const
{
    ports::Submit submit;
    submit.event = model::EventId::makeV7(now());
    submit.content = std::make_shared<const model::Content>(std::move(content));
    for (const Text &user : users)
        submit.recipients.push_back(to(user));
    submit.now = now();
    submit.expiresAt = now() + model::days(30);
    return submit;
}

ports::Submit StoreDriver::later(const Text &user, model::Content content, model::Duration in) const
{
    ports::Submit submit = submitOf({user}, std::move(content));
    submit.scheduledFor = now() + in;
    submit.expiresAt = *submit.scheduledFor + std::chrono::hours(1);
    return submit;
}

Result<ports::SubmitResult> StoreDriver::submit(ports::Submit submit)
{
    return await<Result<ports::SubmitResult>>(
        [&](auto &home, auto reply) { inbox().submit(home, std::move(submit), std::move(reply)); });
}

Notification StoreDriver::send(const Text &user, model::Content content)
{
    auto result = submit(submitOf({user}, std::move(content)));
    if (!result)
        qFatal("refused: %s", result.error().detail.constData());
    return result->items.front().item;
}

Result<Notification> StoreDriver::item(const NotificationId &id)
{
    return await<Result<Notification>>(
        [&](auto &home, auto reply) { inbox().item(home, id, std::move(reply)); });
}

Result<Notification> StoreDriver::patch(ports::Patch patch)
{
    patch.now = now();
    return await<Result<Notification>>(
        [&](auto &home, auto reply) { inbox().patch(home, std::move(patch), std::move(reply)); });
}

Result<Notification> StoreDriver::recall(const NotificationId &id)
{
    return await<Result<Notification>>(
        [&](auto &home, auto reply) { inbox().recall(home, id, now(), std::move(reply)); });
}

Result<Notification> StoreDriver::cancel(const NotificationId &id)
{
    return await<Result<Notification>>(
        [&](auto &home, auto reply) { inbox().cancel(home, id, now(), std::move(reply)); });
}

Result<ports::OpsResult> StoreDriver::ops(const Text &user, std::vector<model::Op> ops)
{
    return await<Result<ports::OpsResult>>([&](auto &home, auto reply) {
        inbox().applyOps(home, model::UserId{user}, std::move(ops), now(), std::move(reply));
    });
}

model::Op StoreDriver::op(model::OpSet set, std::variant<QList<NotificationId>, model::UpTo> target,
                          model::MaybeInstant at)
{
    return {{"op-" + QByteArray::number(++m_ops)}, set, std::move(target), at, {}};
}

model::OpApplied StoreDriver::apply(const Text &user, model::OpSet set, const NotificationId &id,
                                    model::MaybeInstant at)
{
    model::Op one = op(set, QList{id}, at);
    if (set == model::OpSet::Snooze)
        one.until = now() + std::chrono::hours(1);
    auto result = ops(user, {one});
    if (!result)
        qFatal("refused: %s", result.error().detail.constData());
    return result->applied.front();
}

ports::InboxPage StoreDriver::list(ports::InboxQuery query)
{
    auto page = await<Result<ports::InboxPage>>(
        [&](auto &home, auto reply) { inbox().list(home, std::move(query), std::move(reply)); });
    if (!page)
        qFatal("refused: %s", page.error().detail.constData());
    return std::move(*page);
}

ports::InboxPage StoreDriver::list(const Text &user, ports::ListState state)
{
    ports::InboxQuery query;
    query.user.text = user;
    query.state = state;
    return list(std::move(query));
}

namespace {
std::vector<Text> titlesOf(const ports::InboxPage &page)
{
    std::vector<Text> titles;
    for (const Notification &item : page.items)
        titles.push_back(item.content.title);
    return titles;
}
} // namespace

std::vector<Text> StoreDriver::titles(const Text &user, ports::ListState state)
{
    return titlesOf(list(user, state));
}

std::vector<Text> StoreDriver::search(const Text &user, const Text &words)
{
    ports::InboxQuery query;
    query.user.text = user;
    query.search = words;
    return titlesOf(list(std::move(query)));
}

Result<ports::LogPage> StoreDriver::log(const Text &user, model::Seq since, int limit)
{
    return await<Result<ports::LogPage>>([&](auto &home, auto reply) {
        inbox().log(home, model::UserId{user}, since, limit, std::move(reply));
    });
}

ports::LogState StoreDriver::state(const Text &user)
{
    return await<Result<std::vector<ports::LogState>>>([&](auto &home, auto reply) {
               inbox().logStates(home, {model::UserId{user}}, std::move(reply));
           })
        .value()
        .front();
}

ports::DueBatch StoreDriver::due(int limit)
{
    return await<Result<ports::DueBatch>>(
               [&](auto &home, auto reply) { inbox().due(home, now(), limit, std::move(reply)); })
        .value();
}

Result<ports::Swept> StoreDriver::sweep(ports::SweepStep step)
{
    step.now = now();
    return await<Result<ports::Swept>>(
        [&](auto &home, auto reply) { retention().sweep(home, step, std::move(reply)); });
}

int StoreDriver::sweepAll(const ports::Keeping &keeping, int limit)
{
    using enum ports::Shelf;
    int removed = 0;
    for (const ports::Shelf shelf : {Records, Logs, Deleted, Notifications}) {
        ports::SweepStep step{shelf, keeping, now(), limit, {}};
        for (ports::Swept swept{0, false, {}}; !swept.done; step.from = swept.next) {
            auto result = sweep(step);
            if (!result)
                qFatal("not swept: %s", result.error().detail.constData());
            swept = *result;
            removed += swept.removed;
        }
    }
    return removed;
}

int StoreDriver::settle(std::vector<ports::Settle> items)
{
    return await<Result<int>>([&](auto &home, auto reply) {
               inbox().settle(home, std::move(items), now(), std::move(reply));
           })
        .value();
}

ports::Backlogs StoreDriver::backlogs()
{
    return await<model::Result<ports::Backlogs>>(
               [this](auto &home, auto reply) { operations().backlogs(home, std::move(reply)); })
        .value();
}

int StoreDriver::settleAll()
{
    std::vector<ports::Settle> items;
    for (const ports::DueItem &due : due().items) {
        ports::Settle settle{due.kind, due.item.id, due.item.user, {}};
        settle.decision.user = due.item.user;
        settle.decision.id = due.item.id;
        settle.decision.rule = "released";
        items.push_back(settle);
    }
    return settle(std::move(items));
}
} // namespace belfry::store
