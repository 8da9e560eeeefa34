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

/// In one transaction: the suppressed one is the newest with this key, and not the one that stands.
void StoreContract::collapsesPastASuppressedOne()
{
    Content content = s().content("build");
    content.collapseKey = "build";
    const Notification standing = s().send("a", content);
    ports::Submit muted = s().submitOf({"a"}, content);
    muted.recipients.front().inApp = false;
    m_listener->holding = true;
    int answered = 0;
    const auto count = [&answered](const auto &result) { answered += result ? 1 : 0; };
    s().inbox().submit(s().home(), s().submitOf({"b"}, content), count);
    m_listener->held.acquire();
    s().inbox().submit(s().home(), muted, count);
    s().inbox().submit(s().home(), s().submitOf({"a"}, content), count);
    m_listener->go.release();
    QTRY_COMPARE(answered, 3);
    QCOMPARE(s().item(standing.id)->revision, 2);
    QCOMPARE(s().titles("a").size(), 1);
    checkWhole("a");
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
} // namespace belfry::store
