#include "store_listener.h"

using namespace std::chrono_literals;

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

ports::IdempotencyKey answerKey(const Text &key, const Text &hash = "hash")
{
    return {"key-1 POST /notifications", key, hash};
}

ports::Submit withKey(ports::Submit submit, const ports::IdempotencyKey &key, int *rendered = nullptr)
{
    submit.idempotency = key;
    submit.render = [rendered](const ports::SubmitResult &result) {
        if (rendered)
            ++*rendered;
        return ports::StoredAnswer{201, "application/json", result.items.front().item.id.toText()};
    };
    return submit;
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

void StoreContract::repeatsAnAnswerOnce()
{
    int rendered = 0;
    const ports::Submit submit = withKey(s().submitOf({"a"}, s().content("once")), answerKey("k"), &rendered);
    // Both wait for the same transaction: the second sees the first.
    std::vector<SubmitAnswer> answers;
    QEventLoop loop;
    for (int i = 0; i < 2; ++i) {
        ports::Submit one = submit;
        one.recipients[0].id = NotificationId::makeV7(s().now());
        s().inbox().submit(s().home(), one, [&](SubmitAnswer answer) {
            answers.push_back(std::move(answer));
            if (answers.size() == 2)
                loop.quit();
        });
    }
    loop.exec();
    QVERIFY(answers[0] && answers[1]);
    QVERIFY(!answers[0]->replayed);
    QVERIFY(answers[1]->replayed.has_value());
    QCOMPARE(answers[1]->replayed->body, answers[0]->items[0].item.id.toText());
    QCOMPARE(answers[1]->replayed->status, 201);

    const auto later = s().submit(submit);
    QVERIFY(later->replayed == answers[1]->replayed);
    QCOMPARE(s().state("a").head, 1);
    QCOMPARE(rendered, 1);
}

void StoreContract::refusesAnotherBody()
{
    QVERIFY(s().submit(withKey(s().submitOf({"a"}, s().content("one")), answerKey("k"))));
    const auto other = s().submit(withKey(s().submitOf({"a"}, s().content("two")), answerKey("k", "other")));
    QVERIFY(!other);
    QCOMPARE(other.error().code, ErrorCode::IdempotencyReuse);
    QCOMPARE(s().state("a").head, 1);
}

void StoreContract::forgetsAnAnswerAfterADay()
{
    QVERIFY(s().submit(withKey(s().submitOf({"a"}, s().content("one")), answerKey("k"))));
    s().clock().advance(model::days(1) - 1s);
    QVERIFY(s().submit(withKey(s().submitOf({"a"}, s().content("one")), answerKey("k")))->replayed);
    s().clock().advance(1s);
    QVERIFY(!s().submit(withKey(s().submitOf({"a"}, s().content("two")), answerKey("k", "other")))->replayed);
    QCOMPARE(s().state("a").head, 2);
}

void StoreContract::answersForWhatMadeNothing()
{
    using Found = model::Result<std::optional<ports::StoredAnswer>>;
    const auto find = [this](const ports::IdempotencyKey &key) {
        return s().await<Found>([&](auto &home, auto reply) {
            s().directory().findAnswer(home, key, s().now(), std::move(reply));
        });
    };
    QVERIFY(find(answerKey("k")) && !*find(answerKey("k")));
    const ports::StoredAnswer answer{404, "application/problem+json", QByteArray("{\0}", 3)};
    QVERIFY(s().await<model::VoidResult>([&](auto &home, auto reply) {
        s().directory().keepAnswer(home, answerKey("k"), answer, s().now(), std::move(reply));
    }));
    QVERIFY(**find(answerKey("k")) == answer);
    QCOMPARE(find(answerKey("k", "other")).error().code, ErrorCode::IdempotencyReuse);
    QVERIFY(s().submit(withKey(s().submitOf({"a"}, s().content("x")), answerKey("k")))->replayed == answer);
}

void StoreContract::deduplicatesPerRecipient()
{
    Content content = s().content("x");
    content.dedupeKey = "d";
    const Notification first = s().send("a", content);
    const auto both = s().submit(s().submitOf({"a", "b"}, content));
    QCOMPARE(both->items[0].outcome, SubmitOutcome::Deduplicated);
    QVERIFY(both->items[0].item.id == first.id);
    QCOMPARE(both->items[1].outcome, SubmitOutcome::Created);

    s().apply("a", model::OpSet::Delete, first.id); // still dedupes (H58)
    QCOMPARE(s().submit(s().submitOf({"a"}, content))->items[0].outcome, SubmitOutcome::Deduplicated);
    s().clock().advance(model::days(1) + 1s);
    ports::Submit wide = s().submitOf({"a"}, content);
    wide.dedupeWindow = model::days(7);
    QCOMPARE(s().submit(wide)->items[0].outcome, SubmitOutcome::Deduplicated);
    QCOMPARE(s().submit(s().submitOf({"a"}, content))->items[0].outcome, SubmitOutcome::Created);
    // Within one request the second recipient entry is a repeat as well.
    content.dedupeKey = "e";
    const auto twice = s().submit(s().submitOf({"c", "c"}, content));
    QCOMPARE(twice->items[0].outcome, SubmitOutcome::Created);
    QCOMPARE(twice->items[1].outcome, SubmitOutcome::Deduplicated);
    checkWhole("a");
    checkWhole("c");
}

namespace {
Content keyed(const Text &dedupe, const Text &title)
{
    Content content = StoreDriver::content(title);
    content.collapseKey = "c";
    content.dedupeKey = dedupe;
    return content;
}
} // namespace

void StoreContract::collapseKeepsBothDedupeKeys()
{
    const Notification first = s().send("a", keyed("A", "old"));
    s().clock().advance(model::days(1) + 1s); // created longer ago than the window of what follows
    const auto outcome = [this](const Text &dedupe, const Text &title, model::Duration window) {
        ports::Submit submit = s().submitOf({"a"}, keyed(dedupe, title));
        submit.dedupeWindow = window;
        return s().submit(submit)->items[0];
    };
    QCOMPARE(outcome("B", "new", model::days(1)).outcome, SubmitOutcome::Collapsed);
    s().clock().advance(1s);
    for (const auto &[dedupe, window] : {std::pair("A", model::days(7)), std::pair("B", model::days(1))}) {
        const auto repeat = outcome(dedupe, "old", window);
        QCOMPARE(repeat.outcome, SubmitOutcome::Deduplicated);
        QVERIFY(repeat.item.id == first.id);
        QCOMPARE(repeat.item.revision, 2);
        QCOMPARE(repeat.item.content.title, Text("new"));
    }
    QCOMPARE(outcome("", "newer", model::days(1)).outcome, SubmitOutcome::Collapsed); // drops the row's key
    QCOMPARE(outcome("B", "new", model::days(1)).outcome, SubmitOutcome::Deduplicated);
    // A's window is over: it is news, and its own from here on.
    QCOMPARE(outcome("A", "again", model::days(1)).outcome, SubmitOutcome::Collapsed);
    QCOMPARE(outcome("A", "again", model::days(1)).outcome, SubmitOutcome::Deduplicated);
    checkWhole("a");
}

void StoreContract::deduplicatesWithinOneBatch()
{
    m_listener->holding = true; // gather the three into one batch
    s().inbox().submit(s().home(), s().submitOf({"x"}, s().content("hold")), [](SubmitAnswer) {});
    m_listener->held.acquire();
    std::vector<SubmitAnswer> answers;
    QEventLoop loop;
    for (const auto &[dedupe, title] :
         {std::pair("A", "old"), std::pair("B", "new"), std::pair("A", "old")}) {
        s().inbox().submit(s().home(), s().submitOf({"a"}, keyed(dedupe, title)), [&](SubmitAnswer answer) {
            answers.push_back(std::move(answer));
            if (answers.size() == 3)
                loop.quit();
        });
    }
    m_listener->go.release();
    loop.exec();
    QCOMPARE(answers[1]->items[0].outcome, SubmitOutcome::Collapsed);
    QCOMPARE(answers[2]->items[0].outcome, SubmitOutcome::Deduplicated);
    QCOMPARE(s().titles("a"), (std::vector<Text>{"new"}));
}

void StoreContract::collapsesIntoTheActiveOne()
{
    Content content = s().content("build 1", "running");
    content.collapseKey = "build";
    content.link = "https://example.org/1";
    const Notification first = s().send("a", content);
    s().send("a", "other");
    s().apply("a", model::OpSet::Read, first.id);
    m_listener->take();

    Content done = s().content("build 1", "done");
    done.collapseKey = "build";
    s().clock().advance(1s);
    const auto result = s().submit(s().submitOf({"a"}, done));
    QCOMPARE(result->items[0].outcome, SubmitOutcome::Collapsed);
    const Notification &n = result->items[0].item;
    QVERIFY(n.id == first.id);
    QCOMPARE(n.revision, 2);
    QCOMPARE(n.seq, 4);
    QCOMPARE(n.createdSeq, 1);  // by creation (H16)
    QVERIFY(n.content == done); // wholly (H59)
    QVERIFY(n.createdAt == first.createdAt && n.updatedAt == s().now());
    QVERIFY(n.engagement.read.has_value());
    QVERIFY(*s().item(n.id) == n);
    const Committed heard = m_listener->take();
    QCOMPARE(heard.size(), 1);
    QCOMPARE(heard[0].change.kind, ChangeKind::Updated);
    QCOMPARE(heard[0].change.alert, model::Alert::None);
    QCOMPARE(s().titles("a"), (std::vector<Text>{"other", "build 1"}));

    s().apply("a", model::OpSet::Archive, first.id); // no longer active: a new one
    QCOMPARE(s().submit(s().submitOf({"a"}, done))->items[0].outcome, SubmitOutcome::Created);
    // Nor is one whose time is over, although nobody has settled it yet.
    ports::Submit brief = s().submitOf({"c"}, done);
    brief.expiresAt = s().now() + 1s;
    QVERIFY(s().submit(brief));
    s().clock().advance(1s);
    QCOMPARE(s().submit(s().submitOf({"c"}, done))->items[0].outcome, SubmitOutcome::Created);
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(s().titles("c").size(), 1);
    QCOMPARE(s().submit(s().submitOf({"c"}, done))->items[0].outcome, SubmitOutcome::Collapsed);
    // Two of one request: the second goes into the first.
    done.collapseKey = "same batch";
    QCOMPARE(s().submit(s().submitOf({"b", "b"}, done))->items[1].outcome, SubmitOutcome::Collapsed);
    checkWhole("a");
    checkWhole("b");
}

void StoreContract::renotifyMovesUpWithoutAHole()
{
    Content content = s().content("alarm");
    content.collapseKey = "alarm";
    const Notification first = s().send("a", content);
    s().send("a", "other");
    s().apply("a", model::OpSet::Read, first.id);
    for (int i = 0; i < 3; ++i) {
        m_listener->take();
        ports::Submit again = s().submitOf({"a"}, content);
        again.renotify = true;
        const auto result = s().submit(again);
        QVERIFY(result->items[0].item.id == first.id);
        QVERIFY(!result->items[0].item.engagement.read);
        QCOMPARE(result->items[0].item.createdSeq, result->items[0].item.seq);
        QCOMPARE(m_listener->take().at(0).change.alert, model::Alert::Sound);
        checkWhole("a");
    }
    QCOMPARE(s().titles("a"), (std::vector<Text>{"alarm", "other"}));
    QCOMPARE(s().state("a").counts.unread, 2);
    const auto log = s().log("a");
    QCOMPARE(log->changes[0].kind, ChangeKind::Created); // its first place still has its entry
    QCOMPARE(log->changes.back().kind, ChangeKind::Updated);
    QCOMPARE(log->changes.back().alert, model::Alert::Sound);
    QCOMPARE(std::get<Notification>(log->changes[0].what).revision, 4);
}

void StoreContract::renotifyAsksForANewAck()
{
    Content content = s().content("alarm");
    content.collapseKey = "alarm";
    content.critical = true;
    const Notification first = s().send("a", content);
    s().apply("a", model::OpSet::Ack, first.id);
    s().clock().advance(60s);
    ports::Submit again = s().submitOf({"a"}, content);
    again.renotify = true;
    QVERIFY(!s().submit(again)->items[0].item.engagement.acked);
    // A device that was offline says what it did to the revision before.
    QVERIFY(s().apply("a", model::OpSet::Ack, first.id, s().now() - 30s).superseded);
    QVERIFY(s().apply("a", model::OpSet::Seen, first.id, s().now() - 30s).superseded);
    QVERIFY(!s().item(first.id)->engagement.acked);
    QCOMPARE(s().state("a").counts.unseen, 1);
    QVERIFY(!s().apply("a", model::OpSet::Ack, first.id).superseded);
    QVERIFY(s().item(first.id)->engagement.acked.has_value());
    checkWhole("a");
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
