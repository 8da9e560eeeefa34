#include "store_listener.h"

#include <set>

using namespace std::chrono_literals;

namespace belfry::store {
using model::ChangeKind;
using model::ErrorCode;
using model::Notification;
using model::OpSet;
using model::Text;
using ports::InboxQuery;
using ports::ListState;
using Titles = std::vector<Text>;

void StoreContract::listsByState()
{
    QHash<Text, model::NotificationId> ids;
    for (const char *title : {"plain", "read", "archived", "snoozed", "deleted", "recalled"})
        ids[title] = s().send("a", title).id;
    s().apply("a", OpSet::Read, ids["read"]);
    s().apply("a", OpSet::Archive, ids["archived"]);
    s().apply("a", OpSet::Snooze, ids["snoozed"]);
    s().apply("a", OpSet::Delete, ids["deleted"]);
    QVERIFY(s().recall(ids["recalled"]));
    QCOMPARE(s().titles("a"), (Titles{"read", "plain"}));
    QCOMPARE(s().titles("a", ListState::Unread), (Titles{"plain"}));
    QCOMPARE(s().titles("a", ListState::Read), (Titles{"read"}));
    QCOMPARE(s().titles("a", ListState::Archived), (Titles{"archived"}));
    QCOMPARE(s().titles("a", ListState::Snoozed), (Titles{"snoozed"}));
    QCOMPARE(s().titles("a", ListState::Deleted), (Titles{"deleted"}));
    QCOMPARE(s().titles("a", ListState::All), (Titles{"deleted", "snoozed", "archived", "read", "plain"}));
    const auto page = s().list("a");
    QCOMPARE(page.head, 11);
    QCOMPARE(page.counts.unread, 1);
    QVERIFY(s().list("nobody").items.empty());
}

void StoreContract::pagesEndBeforeTheyAreTooLarge()
{
    constexpr int many = 24;
    for (int i = 0; i < many; ++i) {
        model::Content content = s().content("n" + QByteArray::number(i));
        content.data = "{\"x\":\"" + QByteArray(250'000, 'y') + "\"}"; // twice in an answer
        s().send("a", content);
    }
    const auto first = s().list("a").items.front();
    ports::Patch patch;
    for (int i = 0; i < many; ++i) { // entries of the log beside the places
        patch.id = s().list("a").items.front().id;
        patch.title = "p" + QByteArray::number(i);
        if (i % 3 == 0)
            QVERIFY(s().patch(patch));
    }
    InboxQuery query;
    query.user.text = "a";
    query.limit = 500;
    int pages = 0;
    std::set<model::NotificationId> seen;
    do {
        const auto page = s().list(query);
        QVERIFY(!page.items.empty() && page.items.size() <= 16);
        for (const Notification &n : page.items)
            QVERIFY(seen.insert(n.id).second);
        query.before = page.nextBefore;
        ++pages;
    } while (query.before > 0);
    QCOMPARE(seen.size(), std::size_t(many));
    QCOMPARE(pages, 2);

    query.before = 0;
    query.search = "n";
    const auto found = s().list(query);
    QVERIFY(!found.items.empty() && found.items.size() <= 16 && found.nextBefore > 0);

    const model::Seq head = s().state("a").head;
    model::Seq at = 0;
    for (pages = 0; at < head; ++pages) {
        const auto page = s().log("a", at);
        QVERIFY(page && !page->changes.empty());
        for (const model::Change &change : page->changes)
            QCOMPARE(change.seq, ++at);
    }
    QVERIFY2(pages > 1, qPrintable(QString::number(pages)));
    QCOMPARE(s().item(first.id)->id, first.id);
}

namespace {
model::Content heavy(const Text &title)
{
    model::Content content = StoreDriver::content(title);
    content.data = "{\"x\":\"" + QByteArray(250'000, 'y') + "\"}"; // twice in an answer
    return content;
}

/// Of what its changes show.
qsizetype shownBytes(const ports::LogPage &page)
{
    qsizetype bytes = 0;
    for (const model::Change &change : page.changes) {
        if (const auto *item = std::get_if<Notification>(&change.what))
            bytes += 2 * item->content.data.size();
    }
    return bytes;
}

/// In how many pages of at most 8 MiB the log from `since` on comes, each change of it once; 0: it does not.
int pagesOfLog(StoreDriver &s, const Text &user, model::Seq since)
{
    const model::Seq head = s.state(user).head;
    int pages = 0;
    for (; since < head; ++pages) {
        const auto page = s.log(user, since);
        if (!page || page->changes.empty() || shownBytes(*page) > 8 * 1024 * 1024)
            return 0;
        for (const model::Change &change : page->changes) {
            if (change.seq != ++since)
                return 0;
        }
    }
    return pages;
}
} // namespace

void StoreContract::aLogWeighsEachChangeOfAnItem()
{
    ports::Patch patch;
    patch.id = s().send("a", heavy("one")).id;
    for (int i = 0; i < 40; ++i) { // 20 MB, of one item
        patch.progress = i / 100.0;
        QVERIFY(s().patch(patch));
    }
    QCOMPARE(pagesOfLog(s(), "a", 0), 3);
}

void StoreContract::aLogEndsAmongHeavyItems()
{
    std::vector<model::NotificationId> ids;
    for (int i = 0; i < 70; ++i)
        ids.push_back(s().send("a", "light").id);
    for (int i = 0; i < 20; ++i)
        ids.push_back(s().send("a", heavy("heavy")).id);
    const model::Seq last = s().state("a").head;
    for (const model::NotificationId &id : ids) {
        ports::Patch patch;
        patch.id = id;
        patch.progress = 0.5;
        QVERIFY(s().patch(patch));
    }
    QCOMPARE(pagesOfLog(s(), "a", last), 2);
}

void StoreContract::pagesByCursorAndOffset()
{
    for (int i = 0; i < 7; ++i) {
        model::Content content = s().content(QByteArray::number(i));
        content.type = i % 2 ? "odd" : "even";
        s().send("a", content);
    }
    InboxQuery query;
    query.user.text = "a";
    query.limit = 3;
    Titles all;
    for (int page = 0; page < 3; ++page) {
        const auto got = s().list(query);
        for (const Notification &n : got.items)
            all.push_back(n.content.title);
        QCOMPARE(got.nextBefore == 0, page == 2);
        query.before = got.nextBefore;
        s().send("a", "newer"); // a cursor is stable under what comes meanwhile
    }
    QCOMPARE(all, (Titles{"6", "5", "4", "3", "2", "1", "0"}));
    InboxQuery odd;
    odd.user.text = "a";
    odd.type = "odd";
    odd.limit = 2;
    odd.offset = 1;
    const auto got = s().list(odd);
    QCOMPARE(got.items.size(), 2);
    QCOMPARE(got.items[0].content.title, Text("3"));
    QCOMPARE(got.nextBefore, 0);
}

void StoreContract::pagesThroughTheScheduled()
{
    // Four of them at one time: the cursor tells these apart too.
    for (const int minutes : {3, 5, 5, 1, 5, 5, 2})
        QVERIFY(s().submit(s().later("a", s().content("x" + Text::number(minutes)), minutes * 60s)));
    for (const char *search : {"", "x"}) {
        InboxQuery query;
        query.user.text = "a";
        query.state = ListState::Scheduled;
        query.search = search;
        query.limit = 3;
        Titles all;
        std::set<model::NotificationId> ids;
        for (int page = 0; page < 3; ++page) {
            const auto got = s().list(query);
            for (const Notification &n : got.items) {
                all.push_back(n.content.title);
                ids.insert(n.id);
            }
            QCOMPARE(got.nextAfter.has_value(), page < 2);
            QCOMPARE(got.nextBefore, 0);
            query.after = got.nextAfter.value_or(ports::DuePlace{});
        }
        QCOMPARE(all, (Titles{"x1", "x2", "x3", "x5", "x5", "x5", "x5"}));
        QCOMPARE(ids.size(), 7);
    }
}

void StoreContract::replaysTheLog()
{
    const Notification n = s().send("a", "one");
    s().send("a", "two");
    s().apply("a", OpSet::Read, n.id);
    ports::Patch patch;
    patch.id = n.id;
    patch.title = "one again";
    QVERIFY(s().patch(patch));
    const auto log = s().log("a", 0, 3);
    QCOMPARE(log->changes.size(), 3);
    QCOMPARE(log->state.head, 4);
    QCOMPARE(std::get<Notification>(log->changes[0].what).content.title,
             Text("one again")); // as it is now (H21)
    QCOMPARE(log->changes[0].kind, ChangeKind::Created);
    QCOMPARE(log->changes[2].kind, ChangeKind::State);
    const auto rest = s().log("a", 3);
    QCOMPARE(rest->changes.size(), 1);
    QCOMPARE(rest->changes[0].kind, ChangeKind::Updated);
    QCOMPARE(s().log("a", 4)->changes.size(), 0);
}

void StoreContract::resetsTheLog()
{
    s().send("a", "one");
    QCOMPARE(s().log("a", 2).error().code, ErrorCode::LogReset);
    QCOMPARE(s().log("a", -1).error().code, ErrorCode::LogReset);
    QVERIFY(s().log("nobody", 0));
    QCOMPARE(s().log("nobody", 1).error().code, ErrorCode::LogReset);
}

void StoreContract::searches_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QList<QByteArray>>("found");
    const QList<QByteArray> none;
    QTest::newRow("one word") << QByteArray("deploy") << QList<QByteArray>{"Deployment finished"};
    QTest::newRow("prefix and case") << QByteArray("DEP fin") << QList<QByteArray>{"Deployment finished"};
    QTest::newRow("all words") << QByteArray("deployment lunch") << none;
    QTest::newRow("message") << QByteArray("pizza") << QList<QByteArray>{"Lunch"};
    QTest::newRow("marks off") << QByteArray("creme brulee") << QList<QByteArray>{"Crème brûlée"};
    QTest::newRow("marks on") << QByteArray("crème") << QList<QByteArray>{"Crème brûlée"};
    QTest::newRow("sharp s") << QByteArray("strasse") << QList<QByteArray>{"Straße"};
    QTest::newRow("compatibility") << QByteArray("office") << QList<QByteArray>{"oﬃce"};
    QTest::newRow("bigram") << QByteArray("京都") << QList<QByteArray>{"東京都庁"};
    QTest::newRow("not that bigram") << QByteArray("都東") << none;
    QTest::newRow("one character") << QByteArray("庁") << QList<QByteArray>{"東京都庁"};
    QTest::newRow("hangul") << QByteArray("한국") << QList<QByteArray>{"한국어 알림"};
    QTest::newRow("syntax is words") << QByteArray("\"lunch* OR (NEAR -pizza") << none;
    QTest::newRow("quotes") << QByteArray("\"lunch\"") << QList<QByteArray>{"Lunch"};
    QTest::newRow("nothing to look for") << QByteArray("?!") << none;
    QTest::newRow("digits") << QByteArray("42") << QList<QByteArray>{"Build 42"};
}

void StoreContract::searches()
{
    QFETCH(QByteArray, words);
    QFETCH(QList<QByteArray>, found);
    s().send("a", s().content("Deployment finished", "all green"));
    s().send("a", s().content("Lunch", "Pizza, as always"));
    for (const char *title : {"Crème brûlée", "Straße", "oﬃce", "東京都庁", "한국어 알림", "Build 42"})
        s().send("a", title);
    const Titles expected(found.begin(), found.end());
    QCOMPARE(s().search("a", words), expected); // not indexed yet
    QTRY_COMPARE(m_store->probe().searchLag.value(), 0);
    QTest::qWait(0);
    QCOMPARE(s().search("a", words), expected);
}

void StoreContract::searchFollowsChanges()
{
    const auto check = [this](const char *words, const Titles &expected) {
        QCOMPARE(s().search("a", words), expected);
    };
    const Notification n = s().send("a", "apple pie");
    s().send("a", "apple cake");
    check("apple", {"apple cake", "apple pie"});
    ports::Patch patch;
    patch.id = n.id;
    patch.title = "cherry pie";
    patch.renotify = true;
    QVERIFY(s().patch(patch));
    check("apple", {"apple cake"});
    check("cherry", {"cherry pie"});
    check("cake", {"apple cake"});
    QVERIFY(s().recall(n.id));
    check("cherry", {});

    InboxQuery query;
    query.user.text = "a";
    query.search = "apple";
    for (int i = 0; i < 5; ++i)
        s().send("a", "apple " + QByteArray::number(i));
    query.limit = 2;
    Titles all;
    do {
        const auto page = s().list(query);
        for (const Notification &item : page.items)
            all.push_back(item.content.title);
        query.before = page.nextBefore;
    } while (query.before > 0);
    QCOMPARE(all, (Titles{"apple 4", "apple 3", "apple 2", "apple 1", "apple 0", "apple cake"}));
    query.offset = 4;
    query.before = 0;
    QCOMPARE(s().list(query).items.size(), 2);
    query.offset = std::numeric_limits<int>::max();
    QCOMPARE(s().list(query).items.size(), 0);
    query.offset = 0;
    query.state = ListState::Archived;
    QCOMPARE(s().list(query).items.size(), 0);
}

void StoreContract::searchKnowsItsUser()
{
    // User keys 1 and 12, words that begin with a digit: no token may run together with a key.
    for (int i = 0; i < 13; ++i)
        s().send("user" + QByteArray::number(i), "2fast " + QByteArray::number(i));
    for (int i = 0; i < 13; ++i)
        QCOMPARE(s().search("user" + QByteArray::number(i), "2fast"),
                 (Titles{"2fast " + QByteArray::number(i)}));
    QVERIFY(s().search("user1", "user1").empty());
}

void StoreContract::tellsTheTimeline()
{
    const Notification n = s().send("a", "x");
    s().clock().advance(1s);
    s().inbox().moveCursor({"a"}, {"phone"}, 1, s().now());
    s().inbox().moveCursor({"a"}, {"tablet"}, 0, s().now());
    s().apply("a", OpSet::Read, n.id);
    QVERIFY(s().recall(n.id));
    const auto read = [&] {
        return s()
            .await<model::Result<ports::Timeline>>(
                [&](auto &home, auto reply) { s().inbox().timeline(home, n.id, std::move(reply)); })
            .value();
    };
    Titles steps;
    for (const ports::TraceStep &step : read().trace)
        steps.push_back(step.step);
    QCOMPARE(steps, (Titles{"accepted", "decided", "committed", "recalled", "seen", "read"}));
    QTRY_COMPARE_WITH_TIMEOUT(read().deliveries.size(), 2, 5000);
    QCOMPARE(read().deliveries[0].endpoint, Text("phone"));
    QCOMPARE(read().deliveries[0].state, Text("delivered"));
    QCOMPARE(read().deliveries[1].state, Text("pending"));
    QCOMPARE(read().trace[1].rule, Text("server_default"));
}

void StoreContract::tellsTheTimelineOfAScheduledOne()
{
    const auto steps = [&](const Notification &n) {
        const auto read = s().await<model::Result<ports::Timeline>>(
            [&](auto &home, auto reply) { s().inbox().timeline(home, n.id, std::move(reply)); });
        Titles told;
        for (const ports::TraceStep &step : read->trace)
            told.push_back(step.at == n.createdAt ? step.step : "later " + step.step);
        return told;
    };
    const auto schedule = [&](const char *title) {
        return s().submit(s().later("a", s().content(title), 60s))->items[0].item;
    };
    const Notification shown = schedule("shown");
    const Notification muted = schedule("muted");
    QCOMPARE(steps(shown), (Titles{"accepted", "held"})); // the decision is made at its release
    s().clock().advance(60s);
    ports::Settle mute{ports::DueKind::Release, muted.id, {"a"}, {}};
    mute.decision.inApp = false;
    mute.decision.rule = "user_category";
    QCOMPARE(s().settle({mute}), 1);
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(steps(shown),
             (Titles{"accepted", "held", "later released", "later decided", "later committed"}));
    QCOMPARE(steps(muted),
             (Titles{"accepted", "held", "later released", "later decided", "later suppressed"}));
    const Notification late = schedule("late");
    s().clock().advance(model::days(1)); // the server stood still for long
    QCOMPARE(s().settleAll(), 2);        // the shown one has come to its end, too
    QCOMPARE(steps(late), (Titles{"accepted", "held", "later released", "later decided", "later expired"}));
}
} // namespace belfry::store
