#include "store/inbox_commands.h"
#include "store_listener.h"

#include <QRandomGenerator>

using namespace std::chrono_literals;

namespace belfry::store {
using model::ChangeKind;
using model::ErrorCode;
using model::Notification;
using model::NotificationId;
using model::Op;
using model::OpSet;
using model::Text;
using ports::ListState;

void StoreContract::opsChangeAndCount_data()
{
    QTest::addColumn<OpSet>("set");
    QTest::addColumn<int>("unseen");
    QTest::addColumn<int>("unread");
    QTest::addColumn<bool>("saysSeen");
    QTest::addColumn<ListState>("shownIn");
    QTest::newRow("seen") << OpSet::Seen << 0 << 1 << true << ListState::Unread;
    QTest::newRow("read") << OpSet::Read << 0 << 0 << true << ListState::Read;
    QTest::newRow("ack") << OpSet::Ack << 0 << 0 << true << ListState::Read;
    QTest::newRow("archive") << OpSet::Archive << 0 << 0 << true << ListState::Archived;
    QTest::newRow("snooze") << OpSet::Snooze << 0 << 0 << false << ListState::Snoozed;
    QTest::newRow("delete") << OpSet::Delete << 0 << 0 << false << ListState::Deleted;
    QTest::newRow("click") << OpSet::Click << 0 << 1 << true << ListState::Unread;
}

void StoreContract::opsChangeAndCount()
{
    QFETCH(OpSet, set);
    QFETCH(int, unseen);
    QFETCH(int, unread);
    QFETCH(bool, saysSeen);
    QFETCH(ListState, shownIn);
    const Notification n = s().send("a", "x");
    m_listener->take();
    s().clock().advance(3s);
    const auto applied = s().apply("a", set, n.id);
    QCOMPARE(m_store->probe().publishToSeen.sum(), saysSeen ? 3u : 0u);
    QCOMPARE(applied.seq, 2);
    QVERIFY(!applied.superseded);
    QCOMPARE(s().state("a").counts.unseen, unseen);
    QCOMPARE(s().state("a").counts.unread, unread);
    QCOMPARE(s().list("a", shownIn).items.size(), 1);
    const Committed heard = m_listener->take();
    QCOMPARE(heard.at(0).change.kind, ChangeKind::State);
    const Op &op = std::get<model::StateChange>(heard.at(0).change.what).op;
    QCOMPARE(op.set, set);
    QVERIFY(std::get<QList<NotificationId>>(op.target) == QList{n.id});
    const auto log = s().log("a", 1);
    QVERIFY(log->changes.at(0) == heard.at(0).change);
    QCOMPARE(s().apply("a", set, n.id).seq, 0); // nothing left to change
    checkWhole("a");
}

void StoreContract::opsAreIdempotent()
{
    const Notification n = s().send("a", "x");
    const Op read = s().op(OpSet::Read, QList{n.id});
    const auto first = s().ops("a", {read, read});
    QCOMPARE(first->applied[0].seq, 2);
    QVERIFY(first->applied[1] == first->applied[0]);
    s().clock().advance(1s);
    s().apply("a", OpSet::Unread, n.id);
    const auto repeat = s().ops("a", {read});
    QVERIFY(repeat->applied[0] == first->applied[0]);
    QCOMPARE(repeat->head, 3);
    QCOMPARE(repeat->counts.unread, 1); // not read again
    s().clock().advance(model::days(7));
    QCOMPARE(s().ops("a", {read})->applied[0].seq, 4);
    checkWhole("a");
}

void StoreContract::opsUpToLeaveWhatCameLater()
{
    for (int i = 0; i < 4; ++i)
        s().send("a", QByteArray::number(i));
    const auto result = s().ops("a", {s().op(OpSet::Read, model::UpTo{3})});
    QCOMPARE(result->applied[0].seq, 5);
    QCOMPARE(result->counts.unread, 1);
    QCOMPARE(s().titles("a", ListState::Unread), (std::vector<Text>{"3"}));
    const auto log = s().log("a", 4);
    QVERIFY(
        std::holds_alternative<model::UpTo>(std::get<model::StateChange>(log->changes.at(0).what).op.target));
    QCOMPARE(s().ops("a", {s().op(OpSet::Delete, model::UpTo{100})})->counts.unseen, 0);
    QCOMPARE(s().list("a", ListState::Deleted).items.size(), 4);
    QCOMPARE(s().ops("a", {s().op(OpSet::Undo, model::UpTo{100})})->counts.unread, 1);
    checkWhole("a");
}

void StoreContract::allReadIsSaidOfWhatWasReadBefore()
{
    const Notification n = s().send("a", "x");
    s().clock().advance(60s);
    s().apply("a", OpSet::Read, n.id, s().now() - 30s);
    const auto readAll = [&](model::Duration ago) {
        return s().ops("a", {s().op(OpSet::Read, model::UpTo{100}, s().now() - ago)})->applied[0].seq;
    };
    QCOMPARE(readAll(10s), 0);
    QCOMPARE(readAll(25s), 0); // another device, which was away
    const Notification later = s().send("a", "y");
    s().apply("a", OpSet::Read, later.id);
    m_listener->take();
    QVERIFY(s().apply("a", OpSet::Unread, n.id, s().now() - 20s).superseded);
    QVERIFY(s().apply("a", OpSet::Unread, n.id, s().now() - 10s).superseded); // on a tie read wins
    QVERIFY(m_listener->take().empty());
    QCOMPARE(s().state("a").counts.unread, 0);
    s().clock().advance(1s);
    QVERIFY(!s().apply("a", OpSet::Unread, n.id, s().now() - 10s).superseded);
    QVERIFY(!s().apply("a", OpSet::Unread, later.id).superseded);
    QCOMPARE(s().state("a").counts.unread, 2);
    checkWhole("a");
}

void StoreContract::whatIsSupersededIsNamedUpToALimit()
{
    const qsizetype many = maxSupersededIds + 20;
    QList<NotificationId> ids;
    for (qsizetype i = 0; i < many; ++i)
        ids.append(s().send("a", "x").id);
    s().clock().advance(10s);
    QVERIFY(s().ops("a", {s().op(OpSet::Read, ids)}));
    Op unread = s().op(OpSet::Unread, model::UpTo{many});
    unread.at = s().now() - 5s;
    const auto result = s().ops("a", {unread});
    QVERIFY(result->applied[0].superseded);
    QCOMPARE(result->applied[0].seq, 0);
    QCOMPARE(result->applied[0].supersededIds.size(), maxSupersededIds);
    QVERIFY(s().ops("a", {unread})->applied[0] == result->applied[0]); // as it was kept
    QCOMPARE(s().state("a").counts.unread, 0);
}

void StoreContract::opsUpToSayWhatTheyLeaveOut()
{
    model::Content content = s().content("ack me");
    content.critical = true;
    const Notification critical = s().send("a", content);
    const Notification spared = s().send("a", "spared");
    for (int i = 0; i < 8; ++i)
        s().send("a", "x");
    const auto result = s().ops("a", {s().op(OpSet::Delete, model::UpTo{10, {spared.id}})});
    QVERIFY(result->applied[0].supersededIds == QList{critical.id});
    QCOMPARE(s().titles("a"), (std::vector<Text>{"spared", "ack me"}));
    // One number and two ids, not the eight that went.
    const auto told = [this] {
        return std::get<model::StateChange>(s().log("a")->changes.back().what).op.target;
    };
    QVERIFY(told() ==
            (std::variant<QList<NotificationId>, model::UpTo>(model::UpTo{10, {spared.id, critical.id}})));
    // What changed is said where that is shorter.
    QVERIFY(s().ops("a", {s().op(OpSet::Archive, model::UpTo{10})})->applied[0].superseded);
    QVERIFY(std::holds_alternative<model::UpTo>(told()));
    s().send("a", content);
    s().clock().advance(1s);
    QVERIFY(s().ops("a", {s().op(OpSet::Unarchive, QList{spared.id})}));
    QVERIFY(s().ops("a", {s().op(OpSet::Archive, model::UpTo{99})})->applied[0].superseded);
    QVERIFY(told() == (std::variant<QList<NotificationId>, model::UpTo>(QList{spared.id})));
    checkWhole("a");
}

void StoreContract::opsOnManyDoWhatOpsOnOneDo()
{
    // Two users with the same past; what the one does at once, the other does one by one.
    for (int i = 0; i < 60; ++i) {
        for (const char *user : {"many", "single"}) {
            model::Content content = s().content(QByteArray::number(i));
            content.critical = i % 11 == 0;
            const Notification n = s().send(user, content);
            if (i % 3 == 0)
                s().apply(user, i % 2 == 0 ? OpSet::Read : OpSet::Seen, n.id);
        }
        s().clock().advance(1s);
    }
    const auto all = [this](const Text &user) { return s().list(user, ListState::All).items; };
    constexpr std::array steps{
        std::pair(OpSet::Seen, ListState::Unread),        std::pair(OpSet::Read, ListState::Unread),
        std::pair(OpSet::Unread, ListState::Active),      std::pair(OpSet::Archive, ListState::Active),
        std::pair(OpSet::Unarchive, ListState::Archived), std::pair(OpSet::Snooze, ListState::Active),
        std::pair(OpSet::Unsnooze, ListState::Snoozed),   std::pair(OpSet::Click, ListState::Active),
        std::pair(OpSet::Delete, ListState::Active),      std::pair(OpSet::Undo, ListState::Deleted),
        std::pair(OpSet::Ack, ListState::Active),
    };
    for (const auto &[set, shownIn] : steps) {
        s().clock().advance(60s);
        Op everything = s().op(set, model::UpTo{1000});
        if (set == OpSet::Snooze)
            everything.until = s().now() + 1h;
        std::vector<Op> single;
        ports::InboxQuery query;
        query.user.text = "single";
        query.state = shownIn;
        query.limit = 500;
        for (const Notification &n : s().list(query).items) {
            single.push_back(s().op(set, QList{n.id}));
            single.back().until = everything.until;
        }
        QVERIFY(s().ops("many", {everything})->applied[0].seq > 0);
        QVERIFY(s().ops("single", single));
        const auto left = all("many");
        const auto right = all("single");
        QCOMPARE(left.size(), right.size());
        for (std::size_t i = 0; i < left.size(); ++i) {
            QVERIFY(left[i].engagement == right[i].engagement);
            QVERIFY(left[i].content == right[i].content);
        }
        QVERIFY(s().state("many").counts == s().state("single").counts);
        QCOMPARE(s().list("many", shownIn).items.size(), s().list("single", shownIn).items.size());
    }
    s().clock().advance(model::days(31));
    QCOMPARE(s().due(1000).items.size(), std::size_t(120)); // all of both are over
    checkWhole("many");
}

void StoreContract::opsOnManyKeepWhatOthersChange()
{
    std::vector<Notification> sent;
    for (int i = 0; i < 20; ++i)
        sent.push_back(s().send("a", QByteArray::number(i)));
    // Without waiting, so that they meet in one transaction.
    for (const OpSet set : {OpSet::Seen, OpSet::Read, OpSet::Unread, OpSet::Archive}) {
        s().clock().advance(1s);
        s().inbox().applyOps(s().home(), {"a"}, {s().op(set, model::UpTo{20})}, s().now(),
                             [](const auto &) {});
        ports::Patch patch;
        patch.id = sent.at(7).id;
        patch.message = "by " + QByteArray::number(static_cast<int>(set));
        QVERIFY(s().patch(patch));
    }
    QCOMPARE(s().list("a", ListState::Archived).items.size(), std::size_t(20));
    for (const Notification &n : sent)
        QCOMPARE(s().item(n.id)->content.title, n.content.title);
    QCOMPARE(s().item(sent.at(7).id)->content.message, "by " + QByteArray::number(int(OpSet::Archive)));
    checkWhole("a");
}

void StoreContract::opsOfOthersAreUnknown()
{
    const Notification mine = s().send("a", "mine");
    const Notification theirs = s().send("b", "theirs");
    QCOMPARE(s().ops("a", {s().op(OpSet::Read, QList{theirs.id})}).error().code, ErrorCode::NotFound);
    QCOMPARE(s().ops("nobody", {s().op(OpSet::Read, QList{mine.id})}).error().code, ErrorCode::NotFound);
    const auto mixed = s().ops("a", {s().op(OpSet::Read, QList{theirs.id, mine.id})});
    QCOMPARE(mixed->applied[0].seq, 2);
    QCOMPARE(s().state("b").counts.unread, 1);
    // One that names only unknown ones leaves its batch alone.
    const auto partly =
        s().ops("a", {s().op(OpSet::Archive, QList{mine.id}), s().op(OpSet::Read, QList{theirs.id})});
    QCOMPARE(partly->applied[0].seq, 3);
    QCOMPARE(partly->applied[1].seq, 0);
    QVERIFY(!partly->applied[1].superseded);
    QCOMPARE(s().state("b").counts.unread, 1);
    QCOMPARE(s().ops("nobody", {s().op(OpSet::Read, model::UpTo{9})})->head, 0);
}

void StoreContract::opsLoseToLaterOnes()
{
    const Notification n = s().send("a", "x");
    const Notification other = s().send("a", "y");
    s().clock().advance(60s);
    s().apply("a", OpSet::Read, n.id, s().now() - 10s);
    const auto late = s().ops("a", {s().op(OpSet::Unread, QList{n.id, other.id}, s().now() - 20s)});
    QVERIFY(late->applied[0].superseded);
    QVERIFY(late->applied[0].supersededIds == QList{n.id});
    QCOMPARE(late->applied[0].seq, 0);
    QVERIFY(!s().apply("a", OpSet::Unread, n.id, s().now() - 5s).superseded);
    QCOMPARE(s().state("a").counts.unread, 2);

    model::Content critical = s().content("ack me");
    critical.critical = true;
    const Notification c = s().send("a", critical);
    QVERIFY(c.content.ackRequired); // H61
    QVERIFY(s().apply("a", OpSet::Archive, c.id).superseded);
    QVERIFY(s().apply("a", OpSet::Delete, c.id).superseded);
    s().apply("a", OpSet::Ack, c.id);
    QVERIFY(!s().apply("a", OpSet::Archive, c.id).superseded);
    checkWhole("a");
}

void StoreContract::repeatsCountAsTheLaterOne()
{
    const Notification n = s().send("a", "x");
    s().clock().advance(60s);
    s().apply("a", OpSet::Read, n.id, s().now() - 10s);
    m_listener->take();
    QCOMPARE(s().apply("a", OpSet::Read, n.id, s().now() - 5s).seq, 0); // nothing anybody hears of
    QVERIFY(m_listener->take().empty());
    QVERIFY(s().apply("a", OpSet::Unread, n.id, s().now() - 7s).superseded);
    QCOMPARE(s().state("a").counts.unread, 0);
    QCOMPARE(s().item(n.id)->seq, 2);
    checkWhole("a");
}

void StoreContract::deletedOnesComeBack()
{
    const Notification n = s().send("a", "x");
    s().apply("a", OpSet::Delete, n.id);
    s().clock().advance(1s);
    QVERIFY(s().apply("a", OpSet::Read, n.id).superseded); // delete wins
    QVERIFY(!s().apply("a", OpSet::Undo, n.id).superseded);
    QCOMPARE(s().state("a").counts.unread, 1);
    s().apply("a", OpSet::Delete, n.id);
    s().clock().advance(model::days(31));
    QVERIFY(s().apply("a", OpSet::Undo, n.id).superseded);
    checkWhole("a");
}

void StoreContract::oneLogRowPerOp()
{
    QList<NotificationId> ids;
    for (int i = 0; i < 10; ++i)
        ids.append(s().send("a", "x").id);
    const auto result =
        s().ops("a", {s().op(OpSet::Seen, ids), s().op(OpSet::Read, ids), s().op(OpSet::Seen, ids)});
    QCOMPARE(result->applied[0].seq, 11);
    QCOMPARE(result->applied[1].seq, 12);
    QCOMPARE(result->applied[2].seq, 0);
    QCOMPARE(result->head, 12);
    for (const Notification &n : s().list("a").items)
        QCOMPARE(n.seq, 12);
}

void StoreContract::countsEqualARecount()
{
    QRandomGenerator random(20'240'517);
    QList<NotificationId> ids;
    const auto pick = [&] { return QList{ids.at(random.bounded(static_cast<int>(ids.size())))}; };
    for (int step = 0; step < 400; ++step) {
        s().clock().advance(std::chrono::seconds(random.bounded(600)));
        model::Content content = s().content(QByteArray::number(step));
        if (random.bounded(3) == 0)
            content.collapseKey = QByteArray::number(random.bounded(5));
        content.critical = random.bounded(8) == 0;
        ports::Submit submit = s().submitOf({"a"}, content);
        submit.renotify = random.bounded(2) == 0;
        submit.expiresAt = s().now() + std::chrono::minutes(random.bounded(1, 600));
        if (random.bounded(10) == 0)
            submit.scheduledFor = s().now() + std::chrono::minutes(random.bounded(60));
        const int what = random.bounded(10);
        if (ids.isEmpty() || what < 4) {
            ids.append(s().submit(submit)->items[0].item.id);
        } else if (what < 8) {
            Op op = s().op(static_cast<OpSet>(random.bounded(11)), pick());
            if (random.bounded(4) == 0)
                op.target = model::UpTo{random.bounded(300)};
            op.at = s().now() - std::chrono::seconds(random.bounded(1200));
            op.until = s().now() + std::chrono::minutes(random.bounded(120));
            static_cast<void>(s().ops("a", {op})); // NotFound for what is still held
        } else if (what == 8) {
            ports::Patch patch;
            patch.id = pick().first();
            patch.renotify = random.bounded(2) == 0;
            static_cast<void>(random.bounded(3) == 0 ? s().recall(patch.id)
                                                     : s().patch(patch)); // Conflict: closed
        } else {
            s().settleAll();
        }
    }
    checkWhole("a");
    QVERIFY(s().state("a").head > 200);
}
} // namespace belfry::store
