#include "inbox/inbox_groups.h"
#include "inbox_samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace belfry::inbox {
using model::OpSet;

class TestInboxGroups : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void foldsAndOpens();
    void countsFollow();
    void oneRoundATurn();
    void aViewKeepsItsPlaces();
    void aFoldedStackStaysOneRow();
    void zoneDecidesTheDay();
    void anythingAtRandomIsRight();
    void regroupsTenThousandQuickly();
};

namespace {
struct Chain
{
    InboxModel inbox;
    InboxFilter filter{inbox};
    InboxGroups groups{filter, QTimeZone::utc()};
    QAbstractItemModelTester tester{&groups, QAbstractItemModelTester::FailureReportingMode::QtTest};

    void arrive(qint64 number, const model::Text &app = "ci")
    {
        inbox.tell(created(sample(number, app)), noon);
        groups.refresh();
    }
    [[nodiscard]] QVariant at(int row, int role) const { return groups.index(row).data(role); }
};
} // namespace

void TestInboxGroups::foldsAndOpens()
{
    Chain chain;
    for (qint64 number = 1; number <= 3; ++number)
        chain.arrive(number);
    chain.arrive(4, "mail");
    QCOMPARE(chain.groups.rowCount(), 3);
    QVERIFY(chain.at(0, InboxGroups::HeaderRole).toBool());
    QCOMPARE(chain.at(0, InboxGroups::CountRole).toInt(), 4);
    QVERIFY(!chain.at(0, InboxModel::TitleRole).isValid());
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{4, 3}));
    QCOMPARE(chain.at(2, InboxGroups::CountRole).toInt(), 3);
    QCOMPARE(chain.at(2, InboxGroups::UnreadCountRole).toInt(), 3);
    QCOMPARE(chain.at(2, InboxModel::TitleRole).toString(), QStringLiteral("Title 3"));
    QCOMPARE(numbersOf(chain.groups.idsAt(2)), (QList<qint64>{1, 2, 3}));
    QCOMPARE(numbersOf(chain.groups.idsAt(0)), (QList<qint64>{1, 2, 3, 4}));
    QCOMPARE(chain.groups.rowOf(idOf(1)), -1);

    chain.groups.setOpen(2, true);
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{4, 3, 2, 1}));
    QVERIFY(chain.at(2, InboxGroups::OpenRole).toBool());
    QCOMPARE(numbersOf(chain.groups.idsAt(2)), QList<qint64>{3});
    QCOMPARE(numbersOf(chain.groups.stackAt(4)), (QList<qint64>{1, 2, 3}));
    QCOMPARE(chain.groups.rowOf(idOf(1)), 4);
    chain.arrive(5); // stays open, and comes up
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{5, 3, 2, 1, 4}));
    chain.groups.setOpen(4, false);
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{5, 4}));
    chain.groups.setOpen(0, true);
    chain.groups.setOpen(99, true);
    QCOMPARE(chain.groups.rowCount(), 3);
}

void TestInboxGroups::countsFollow()
{
    Chain chain;
    for (qint64 number = 1; number <= 3; ++number)
        chain.arrive(number);
    QSignalSpy changes(&chain.groups, &QAbstractItemModel::dataChanged);
    chain.inbox.begin(op("a", OpSet::Read, {1}), noon);
    chain.groups.refresh();
    QCOMPARE(chain.at(0, InboxGroups::UnreadCountRole).toInt(), 2);
    QCOMPARE(chain.at(1, InboxGroups::UnreadCountRole).toInt(), 2);
    QCOMPARE(changes.size(), 1);
    chain.inbox.begin(op("b", OpSet::Archive, {1, 2, 3}), noon);
    chain.groups.refresh();
    QCOMPARE(chain.groups.rowCount(), 0);
}

void TestInboxGroups::oneRoundATurn()
{
    Chain chain;
    chain.arrive(1);
    QSignalSpy inserts(&chain.groups, &QAbstractItemModel::rowsInserted);
    QSignalSpy removes(&chain.groups, &QAbstractItemModel::rowsRemoved);
    for (qint64 number = 2; number <= 1'000; ++number)
        chain.inbox.tell(created(sample(number, number % 2 ? "ci" : "mail")), noon);
    QCOMPARE(inserts.size(), 0);
    QTRY_VERIFY(inserts.size() > 0);
    QVERIFY(inserts.size() + removes.size() < 20);
}

void TestInboxGroups::aViewKeepsItsPlaces()
{
    Chain chain;
    for (qint64 number = 1; number <= 6; ++number)
        chain.arrive(number, number <= 3 ? "ci" : "mail");
    chain.groups.setOpen(2, true);
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{6, 3, 2, 1}));
    const QPersistentModelIndex two = chain.groups.index(chain.groups.rowOf(idOf(2)));
    const QPersistentModelIndex six = chain.groups.index(chain.groups.rowOf(idOf(6)));
    chain.arrive(7);
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{7, 3, 2, 1, 6}));
    QCOMPARE(two.row(), 3);
    QCOMPARE(six.row(), 5);
}

void TestInboxGroups::aFoldedStackStaysOneRow()
{
    Chain chain;
    for (qint64 number = 1; number <= 4; ++number)
        chain.arrive(number, number <= 2 ? "ci" : "mail");
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{4, 2}));
    const QPersistentModelIndex ci = chain.groups.index(2);
    QSignalSpy inserts(&chain.groups, &QAbstractItemModel::rowsInserted);
    QSignalSpy removes(&chain.groups, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changes(&chain.groups, &QAbstractItemModel::dataChanged);
    QSignalSpy renewed(&chain.groups, &InboxGroups::renewed);
    chain.arrive(5); // of "ci", which comes up
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{5, 4}));
    QCOMPARE(ci.row(), 1);
    QCOMPARE(ci.data(InboxModel::TitleRole).toString(), QStringLiteral("Title 5"));
    QCOMPARE(renewed.size(), 1);
    QCOMPARE(renewed.at(0).at(0).toInt(), 1);
    // The newest goes: the one before it shows, which is no news.
    changes.clear();
    chain.inbox.tell(gone(10, 5), noon);
    chain.groups.refresh();
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{4, 2}));
    QCOMPARE(ci.row(), 2);
    QVERIFY(!changes.isEmpty());
    QCOMPARE(renewed.size(), 1);
    QCOMPARE(inserts.size() + removes.size(), 0);
    // Of an open one, each notification is a row: whoever is on one stays on that.
    chain.groups.setOpen(2, true);
    const QPersistentModelIndex two = chain.groups.index(2);
    chain.arrive(6);
    QCOMPARE(rowsOf(chain.groups), (QList<qint64>{6, 2, 1, 4}));
    QCOMPARE(two.row(), 2);
    QCOMPARE(renewed.size(), 1);
}

void TestInboxGroups::zoneDecidesTheDay()
{
    Chain chain;
    model::Notification late = sample(1);
    late.createdAt = {1'774'737'000'000'000}; // 2026-03-28T22:30Z
    chain.inbox.tell(created(late), noon);
    chain.groups.refresh();
    QCOMPARE(chain.at(0, InboxGroups::DayRole).toDate(), QDate(2026, 3, 28));
    chain.groups.setZone(QTimeZone("Europe/Helsinki"));
    QCOMPARE(chain.at(0, InboxGroups::DayRole).toDate(), QDate(2026, 3, 29));
    QCOMPARE(chain.groups.rowCount(), 2);
}

void TestInboxGroups::anythingAtRandomIsRight()
{
    Chain chain;
    QSignalSpy resets(&chain.groups, &QAbstractItemModel::modelReset);
    QRandomGenerator random(7);
    const model::Text apps[] = {"ci", "mail", "shop"};
    qint64 seq = 0;
    for (int step = 0; step < 1'500; ++step) {
        const qint64 any = random.bounded(seq + 1);
        switch (random.bounded(7)) {
        case 0:
            chain.inbox.tell(gone(++seq, any), noon);
            break;
        case 1:
            chain.inbox.tell(
                applied(++seq, op("x", OpSet(random.bounded(11)), {any, any / 2}, noon + model::days(9))),
                noon);
            break;
        case 2: {
            model::Notification again = sample(any, apps[any % 3]);
            again.revision = 2;
            again.seq = again.createdSeq = ++seq;
            const model::Instant now = sample(seq).createdAt;
            chain.inbox.tell({seq, model::ChangeKind::Updated, now, again, model::Alert::Sound}, noon);
            break;
        }
        case 3:
            if (chain.groups.rowCount() > 0)
                chain.groups.setOpen(random.bounded(chain.groups.rowCount()), random.bounded(2) == 0);
            break;
        default:
            ++seq;
            chain.inbox.tell(created(sample(seq, apps[seq % 3])), noon);
        }
        if (random.bounded(3) == 0)
            chain.groups.refresh();
    }
    chain.groups.refresh();
    // Opened from nothing, with the same stacks open, it looks the same.
    InboxGroups anew(chain.filter, QTimeZone::utc());
    for (int row = 0; row < chain.groups.rowCount(); ++row) {
        if (chain.groups.rows()[std::size_t(row)].isOpen)
            anew.setOpen(row, true);
    }
    QCOMPARE(chain.groups.rowCount(), anew.rowCount());
    QVERIFY(chain.groups.rows() == anew.rows());
    QVERIFY(chain.groups.rowCount() > 20);
    int shown = 0;
    for (const GroupRow &row : chain.groups.rows())
        shown += row.isHeader() ? row.count : 0;
    QCOMPARE(shown, chain.filter.rowCount());
    const auto &entries = chain.inbox.ledger().entries();
    const auto asleep = std::count_if(entries.begin(), entries.end(), [](const auto &entry) {
        const model::Engagement &e = entry.second.shown->engagement;
        return e.snoozedUntil && !e.deleted && !model::isGone(entry.second.shown);
    });
    QVERIFY(asleep > 0);
    QCOMPARE(chain.inbox.ledger().asleep(), int(asleep));
    QCOMPARE(resets.size(), 0);
}

void TestInboxGroups::regroupsTenThousandQuickly()
{
    InboxModel inbox;
    InboxFilter filter(inbox);
    std::vector<InboxModel::Loaded> rows;
    for (qint64 number = 1; number <= 10'000; ++number)
        rows.push_back(
            {sample(number, "app " + QByteArray::number(number % 7)), sample(number).createdAt, {}});
    inbox.load(rows, noon);
    InboxGroups groups(filter, QTimeZone("Europe/Berlin"));
    QVERIFY(groups.rowCount() > 100);
    inbox.tell(created(sample(10'001)), noon);
    QElapsedTimer timer;
    timer.start();
    groups.refresh();
    qInfo() << "regrouped in" << timer.elapsed() << "ms";
    QVERIFY(timer.elapsed() < 200);
}
} // namespace belfry::inbox

QTEST_GUILESS_MAIN(belfry::inbox::TestInboxGroups)
#include "tst_inbox_groups.moc"
