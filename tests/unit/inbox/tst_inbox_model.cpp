#include "inbox/inbox_model.h"
#include "inbox_samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace belfry::inbox {
using model::OpSet;

class TestInboxModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsNewestPlaceFirst();
    void loadsOnceThenInserts();
    void aSnapshotComesAsRuns();
    void renotifiedMovesUp();
    void rolesTellAll();
    void anythingAtRandomIsRight();
    void takesTenThousand();
};

namespace {
std::vector<InboxModel::Loaded> loaded(qint64 from, qint64 to)
{
    std::vector<InboxModel::Loaded> rows;
    for (qint64 number = from; number <= to; ++number)
        rows.push_back({sample(number), sample(number).createdAt, {}});
    return rows;
}

/// By place, the highest first.
QList<qint64> expectedRows(const Ledger &ledger)
{
    std::vector<std::pair<model::Seq, model::NotificationId>> places;
    for (const auto &[id, entry] : ledger.entries())
        places.emplace_back(entry.shown->createdSeq, id);
    std::sort(places.rbegin(), places.rend());
    QList<qint64> rows;
    for (const auto &[place, id] : places)
        rows.append(qint64(id.low));
    return rows;
}
} // namespace

void TestInboxModel::showsNewestPlaceFirst()
{
    InboxModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const qint64 number : {2, 1, 4, 3})
        model.tell(created(sample(number)), noon);
    QCOMPARE(rowsOf(model), (QList<qint64>{4, 3, 2, 1}));
    QCOMPARE(model.rowOf(idOf(3)), 1);
    QCOMPARE(model.rowOf(idOf(9)), -1);
    QCOMPARE(model.entryAt(0)->shown->id, idOf(4));
    QVERIFY(!model.entryAt(4) && !model.entryAt(-1));
    model.tell(gone(5, 3), noon);
    QCOMPARE(rowsOf(model), (QList<qint64>{4, 2, 1}));
}

void TestInboxModel::loadsOnceThenInserts()
{
    InboxModel model;
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    model.load(loaded(11, 20), noon);
    QCOMPARE(resets.size(), 1);
    model.load(loaded(1, 10), noon);
    QCOMPARE(resets.size(), 1);
    QCOMPARE(inserts.size(), 1);
    QCOMPARE(model.rowCount(), 20);
    QCOMPARE(rowsOf(model).constFirst(), 20);
}

void TestInboxModel::aSnapshotComesAsRuns()
{
    InboxModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.load(loaded(1, 100), noon);
    std::vector<model::Notification> snapshot;
    for (qint64 number = 51; number <= 150; ++number)
        snapshot.push_back(sample(number));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QSignalSpy inserts(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removes(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);
    const Delta delta = model.replace(snapshot, 150, noon);
    QCOMPARE(delta.told.size(), 50);
    QCOMPARE(inserts.size(), 1);
    QCOMPARE(removes.size(), 1);
    QCOMPARE(resets.size(), 0);
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(rowsOf(model).constLast(), 51);
}

void TestInboxModel::renotifiedMovesUp()
{
    InboxModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.load(loaded(1, 5), noon);
    const QPersistentModelIndex second = model.index(model.rowOf(idOf(2)));
    QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
    model::Notification again = sample(2);
    again.revision = 2;
    again.seq = again.createdSeq = 6;
    model.tell({6, model::ChangeKind::Updated, noon, again, model::Alert::Sound}, noon);
    QCOMPARE(rowsOf(model), (QList<qint64>{2, 5, 4, 3, 1}));
    QCOMPARE(moves.size(), 1);
    QCOMPARE(second.row(), 0); // a view's selection goes with it
}

void TestInboxModel::rolesTellAll()
{
    InboxModel model;
    model::Notification item = sample(1);
    item.content.message = "Zeile";
    item.content.critical = true;
    item.content.urgency = model::Urgency::High;
    item.content.progress = 0.25;
    item.content.actions = {{"go", "Los", "https://example.org"}};
    item.content.data = R"({"a":1})";
    item.engagement.seen = noon;
    model.tell(created(item), noon);
    const QModelIndex row = model.index(0);
    QCOMPARE(row.data().toString(), QStringLiteral("Title 1"));
    QCOMPARE(row.data(InboxModel::MessageRole).toString(), QStringLiteral("Zeile"));
    QCOMPARE(row.data(InboxModel::UrgencyRole).toInt(), 3);
    QCOMPARE(row.data(InboxModel::NeedsAckRole).toBool(), true);
    QCOMPARE(row.data(InboxModel::ProgressRole).toDouble(), 0.25);
    QCOMPARE(row.data(InboxModel::SeenAtRole).toDateTime().toMSecsSinceEpoch(), noon.us / 1000);
    QVERIFY(!row.data(InboxModel::ReadAtRole).toDateTime().isValid());
    QCOMPARE(row.data(InboxModel::UnreadRole).toBool(), true);
    QCOMPARE(row.data(InboxModel::ActionsRole)
                 .toList()
                 .constFirst()
                 .toMap()
                 .value(QStringLiteral("url"))
                 .toString(),
             QStringLiteral("https://example.org"));
    QCOMPARE(row.data(InboxModel::DataRole).toString(), QStringLiteral(R"({"a":1})"));
    QVERIFY(!row.data(Qt::DecorationRole).isValid());
    QVERIFY(!row.data(InboxModel::EndRole).isValid());
    const QHash<int, QByteArray> names = model.roleNames();
    QCOMPARE(names.size(), InboxModel::EndRole - InboxModel::IdRole);
    QCOMPARE(QSet<QByteArray>(names.begin(), names.end()).size(), names.size());
}

void TestInboxModel::anythingAtRandomIsRight()
{
    InboxModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    QRandomGenerator random(20'260'321);
    qint64 seq = 0;
    model.tell(created(sample(++seq)), noon);
    for (int step = 0; step < 3'000; ++step) {
        const qint64 any = random.bounded(seq) + 1;
        switch (random.bounded(8)) {
        case 0:
            model.tell(gone(++seq, any), noon);
            break;
        case 1:
            model.tell(
                applied(++seq, op("x", OpSet(random.bounded(11)), {any, any / 2}, noon + model::days(1))),
                noon);
            break;
        case 2: { // renotified
            model::Notification again = sample(any);
            again.revision = 2;
            again.seq = again.createdSeq = ++seq;
            model.tell({seq, model::ChangeKind::Updated, noon, again, model::Alert::Sound}, noon);
            break;
        }
        case 3:
            model.begin(op(QByteArray::number(step).constData(), OpSet::Read, {any}), noon);
            break;
        case 4:
            model.settle({QByteArray::number(step - 1 - random.bounded(20))}, noon);
            break;
        case 5:
            if (random.bounded(50) == 0) {
                std::vector<model::Notification> some;
                for (const auto &[id, entry] : model.ledger().entries()) {
                    if (random.bounded(4) != 0)
                        some.push_back(entry.told);
                }
                model.replace(some, seq, noon);
            }
            break;
        default:
            model.tell(created(sample(++seq)), noon);
        }
        if (step % 10 == 0)
            QCOMPARE(rowsOf(model), expectedRows(model.ledger()));
    }
    QCOMPARE(rowsOf(model), expectedRows(model.ledger()));
    for (int row = 0; row < model.rowCount(); ++row)
        QCOMPARE(model.rowOf(model.entryAt(row)->shown->id), row);
    QVERIFY(model.rowCount() > 100);
    QCOMPARE(resets.size(), 0);
}

void TestInboxModel::takesTenThousand()
{
    InboxModel model;
    model.load(loaded(1, 10'000), noon);
    QElapsedTimer timer;
    timer.start();
    for (qint64 number = 10'001; number <= 11'000; ++number)
        model.tell(created(sample(number)), noon);
    const qint64 arriving = timer.elapsed();
    qInfo() << "a thousand arrivals on ten thousand rows took" << arriving << "ms";
    QCOMPARE(model.rowCount(), 11'000);
    QVERIFY(arriving < 1'000);
}
} // namespace belfry::inbox

QTEST_GUILESS_MAIN(belfry::inbox::TestInboxModel)
#include "tst_inbox_model.moc"
