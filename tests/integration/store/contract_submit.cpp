#include "store_listener.h"

namespace belfry::store {
using model::ChangeKind;
using model::Content;
using model::ErrorCode;
using model::Notification;
using model::NotificationId;
using model::Text;
using ports::SubmitOutcome;
using SubmitAnswer = model::Result<ports::SubmitResult>;

namespace {
Content everyMember()
{
    Content c;
    c.type = "chat";
    c.title = "Grüße \"quoted\" \\ 漢字";
    c.message = "two\nlines\t\xf0\x9f\x94\x94";
    c.data = R"({"b":1,"a":[1,2],"n":9223372036854775807})";
    c.channels = {model::Channel::InApp, model::Channel::Email};
    c.priority = "medium";
    c.urgency = model::Urgency::High;
    c.critical = true;
    c.ackRequired = true;
    c.collapseKey = "build-1";
    c.dedupeKey = "dedupe-1";
    c.actions = {{"open", "Open \"it\"", "https://example.org/?a=1&b=2"}, {"later", "Later", {}}};
    c.progress = 0.25;
    c.icon = "mail";
    c.link = "https://example.org";
    c.source = "ci";
    c.thread = "t1";
    c.actorId = "7";
    return c;
}
} // namespace

void StoreContract::keepsEveryMember()
{
    ports::Submit submit = s().submitOf({"user 1"}, everyMember());
    submit.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    submit.recipients[0].toast = false;
    const auto result = s().submit(submit);
    QVERIFY(result);
    const Notification &n = result->items[0].item;
    QCOMPARE(result->items[0].outcome, SubmitOutcome::Created);
    QVERIFY(n.content == everyMember());
    QCOMPARE(n.user.text, Text("user 1"));
    QVERIFY(n.event == submit.event);
    QCOMPARE(n.seq, 1);
    QCOMPARE(n.createdSeq, 1);
    QCOMPARE(n.state, model::State::Done); // nothing else is pending
    QCOMPARE(n.toast, false);
    QCOMPARE(n.traceparent, submit.traceparent);
    QVERIFY(n.createdAt == s().now() && n.expiresAt == submit.expiresAt);

    const auto stored = s().item(n.id);
    QVERIFY(stored);
    QVERIFY(*stored == n);
    QVERIFY(s().list("user 1").items.at(0) == n);
    const auto log = s().log("user 1");
    QVERIFY(std::get<Notification>(log->changes.at(0).what) == n);
    QCOMPARE(s().item(NotificationId::makeV7(s().now())).error().code, ErrorCode::NotFound);
}

void StoreContract::numbersEachUserWithoutGaps()
{
    const std::vector<Text> users{"b", "a", "10", "9"};
    for (int i = 0; i < 5; ++i)
        QVERIFY(s().submit(s().submitOf(users, s().content("t"))));
    for (const Text &user : users) {
        QCOMPARE(s().state(user).head, 5);
        QCOMPARE(s().state(user).counts.unseen, 5);
        checkWhole(user);
    }
    QCOMPARE(s().state("nobody").head, 0);
    QCOMPARE(s().state("nobody").floor, 1);
}

void StoreContract::tellsTheListenerInOrder()
{
    for (int i = 0; i < 20; ++i)
        QVERIFY(s().submit(s().submitOf({"a", "b"}, s().content("t" + QByteArray::number(i)))));
    QHash<Text, model::Seq> heads;
    for (const ports::Committed &committed : m_listener->take()) {
        QCOMPARE(committed.change.seq, ++heads[committed.user.text]);
        QCOMPARE(committed.counts.unread, committed.change.seq);
        QCOMPARE(committed.change.kind, ChangeKind::Created);
        QCOMPARE(committed.change.alert, model::Alert::Sound);
    }
    QCOMPARE(heads.value("a"), 20);
    QCOMPARE(heads.value("b"), 20);
}

void StoreContract::suppressesWithoutASeq()
{
    ports::Submit submit = s().submitOf({"a"}, s().content("quiet"));
    submit.recipients[0].inApp = false;
    submit.recipients[0].reason = model::SuppressReason::Preference;
    const auto result = s().submit(submit);
    QCOMPARE(result->items[0].outcome, SubmitOutcome::Suppressed);
    QCOMPARE(result->items[0].item.state, model::State::Suppressed);
    QCOMPARE(result->items[0].item.seq, 0);
    QCOMPARE(s().item(result->items[0].item.id)->suppressReason, model::SuppressReason::Preference);
    QCOMPARE(s().list("a", ports::ListState::All).items.size(), 0);
    QCOMPARE(s().state("a").head, 0);
    QVERIFY(m_listener->take().empty());
}

void StoreContract::knowsUnknownUsers()
{
    ports::Submit submit = s().submitOf({"known", "unknown"}, s().content("x"));
    s().send("known", "first");
    submit.makeUsers = false;
    const auto result = s().submit(submit);
    QCOMPARE(result->items[0].outcome, SubmitOutcome::Created);
    QCOMPARE(result->items[1].outcome, SubmitOutcome::UnknownUser);
    QCOMPARE(result->items[1].item.user.text, Text("unknown"));
    QCOMPARE(s().state("unknown").head, 0);
}

void StoreContract::givesLegacyIds()
{
    ports::Submit submit = s().submitOf({"a", "b"}, s().content("x"));
    submit.legacyId = true;
    const auto result = s().submit(submit);
    const qint32 first = *result->items[0].item.legacyId;
    QVERIFY(first > 0);
    QVERIFY(*result->items[1].item.legacyId != first);
    const Notification without = s().send("a", "none");
    QVERIFY(!without.legacyId);

    const auto assign = [this](std::vector<NotificationId> ids) {
        return s()
            .await<model::Result<std::vector<qint32>>>([&](auto &home, auto reply) {
                s().inbox().assignLegacyIds(home, std::move(ids), std::move(reply));
            })
            .value();
    };
    const std::vector<NotificationId> ids{without.id, result->items[0].item.id, without.id};
    const auto assigned = assign(ids);
    QCOMPARE(assigned[0], assigned[2]);
    QCOMPARE(assigned[1], first);
    QCOMPARE(assign(ids), assigned);
    const auto byId = [this](const Text &user, qint32 id) {
        return s().await<model::Result<Notification>>([&](auto &home, auto reply) {
            s().inbox().itemByLegacyId(home, model::UserId{user}, id, std::move(reply));
        });
    };
    QVERIFY(byId("a", assigned[0])->id == without.id);
    QVERIFY(!byId("b", assigned[0]));
    QCOMPARE(s().state("a").head, 2);
}

void StoreContract::oneBadRowFailsAlone()
{
    const Notification there = s().send("a", "there");
    m_listener->holding = true; // gather the three into one batch
    s().inbox().submit(s().home(), s().submitOf({"x"}, s().content("hold")), [](SubmitAnswer) {});
    m_listener->held.acquire();
    std::vector<SubmitAnswer> answers;
    QEventLoop loop;
    for (int i = 0; i < 3; ++i) {
        ports::Submit submit = s().submitOf({"a"}, s().content("n" + QByteArray::number(i)));
        if (i == 1)
            submit.recipients[0].id = there.id; // taken: the database refuses it
        s().inbox().submit(s().home(), submit, [&](SubmitAnswer answer) {
            answers.push_back(std::move(answer));
            if (answers.size() == 3)
                loop.quit();
        });
    }
    m_listener->go.release();
    loop.exec();
    QVERIFY(answers[0]);
    QCOMPARE(answers[1].error().code, ErrorCode::Internal);
    QVERIFY(answers[2]);
    QCOMPARE(s().titles("a"), (std::vector<Text>{"n2", "n0", "there"}));
    QVERIFY(m_store->health().ok);
    checkWhole("a");
}

void StoreContract::refusesWhenTheQueueIsFull()
{
    StoreOptions options = m_fresh();
    options.queueCapacity = 2;
    open(options);
    m_listener->holding = true;
    std::vector<SubmitAnswer> answers;
    QEventLoop loop;
    const auto post = [&](int wanted) {
        s().inbox().submit(s().home(), s().submitOf({"a"}, s().content("x")),
                           [&answers, &loop, wanted](auto answer) {
                               answers.push_back(std::move(answer));
                               if (static_cast<int>(answers.size()) == wanted)
                                   loop.quit();
                           });
    };
    post(5);
    m_listener->held.acquire();
    for (int i = 0; i < 4; ++i)
        post(5);
    m_listener->go.release();
    loop.exec();
    const auto refused = std::count_if(answers.begin(), answers.end(), [](const auto &a) { return !a; });
    QCOMPARE(refused, 2);
    const auto bad = std::find_if(answers.begin(), answers.end(), [](const auto &a) { return !a; });
    QCOMPARE(bad->error().code, ErrorCode::Overloaded);
    QVERIFY(bad->error().retryAfter.has_value());
    QCOMPARE(s().state("a").head, 3);
    QCOMPARE(m_store->probe().refusedFull.value(), 2);
}

void StoreContract::answersInTheOrderOfTheCalls()
{
    std::vector<int> order;
    QEventLoop loop;
    for (int i = 0; i < 300; ++i) {
        const auto note = [&order, &loop, i](const auto &) {
            order.push_back(i);
            if (order.size() == 300)
                loop.quit();
        };
        if (i % 3 == 0)
            s().inbox().applyOps(s().home(), {"a"}, {s().op(model::OpSet::Seen, model::UpTo{i})}, s().now(),
                                 note);
        else
            s().inbox().submit(s().home(), s().submitOf({"a"}, s().content("x")), note);
    }
    loop.exec();
    QVERIFY(std::is_sorted(order.begin(), order.end()));
    checkWhole("a");
}
} // namespace belfry::store
