#include "inbox/inbox_filter.h"
#include "inbox_samples.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace belfry::inbox {
using model::OpSet;

class TestInboxFilter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachViewHasItsRows();
    void rowsComeAndGoAsTheyChange();
    void keepsTheOneThatIsBeingRead();
    void narrowsByAppAndSearch();
    void neverResets();
};

void TestInboxFilter::eachViewHasItsRows()
{
    InboxModel model;
    InboxFilter filter(model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (qint64 number = 1; number <= 7; ++number)
        model.tell(created(sample(number)), noon);
    model.tell(applied(11, op("a", OpSet::Read, {1})), noon);
    model.tell(applied(12, op("b", OpSet::Snooze, {2}, noon + model::days(1))), noon);
    model.tell(applied(13, op("c", OpSet::Archive, {3, 7})), noon);
    model.tell(applied(14, op("d", OpSet::Delete, {4})), noon);
    model::Notification expired = sample(5);
    expired.state = model::State::Expired;
    expired.seq = 15;
    model.tell({15, model::ChangeKind::Expired, noon, expired, model::Alert::None}, noon);
    model::Notification both = model.find(idOf(7))->told;
    both.state = model::State::Expired;
    both.seq = 16;
    model.tell({16, model::ChangeKind::Expired, noon, both, model::Alert::None}, noon);
    using View = InboxFilter::View;
    const std::pair<View, QList<qint64>> expected[] = {{View::Inbox, {6, 1}},
                                                       {View::Unread, {6}},
                                                       {View::Snoozed, {2}},
                                                       {View::Archive, {7, 3}},
                                                       {View::All, {7, 6, 3, 2, 1}}};
    for (const auto &[view, rows] : expected) {
        filter.setView(view);
        QCOMPARE(rowsOf(filter), rows);
    }
}

void TestInboxFilter::rowsComeAndGoAsTheyChange()
{
    InboxModel model;
    InboxFilter filter(model);
    filter.setView(InboxFilter::View::Unread);
    for (qint64 number = 1; number <= 3; ++number)
        model.tell(created(sample(number)), noon);
    model.begin(op("a", OpSet::Read, {2}), noon);
    QCOMPARE(rowsOf(filter), (QList<qint64>{3, 1}));
    model.settle({"a"}, noon); // refused
    QCOMPARE(rowsOf(filter), (QList<qint64>{3, 2, 1}));
    QCOMPARE(filter.entryAt(1)->shown->id, idOf(2));
    QVERIFY(!filter.entryAt(3));
}

void TestInboxFilter::keepsTheOneThatIsBeingRead()
{
    InboxModel model;
    InboxFilter filter(model);
    filter.setView(InboxFilter::View::Unread);
    for (qint64 number = 1; number <= 3; ++number)
        model.tell(created(sample(number)), noon);
    filter.setKept(idOf(2));
    model.tell(applied(11, op("a", OpSet::Read, {1, 2})), noon);
    QCOMPARE(rowsOf(filter), (QList<qint64>{3, 2}));
    filter.setKept(idOf(3));
    QCOMPARE(rowsOf(filter), QList<qint64>{3});
    // Kept while it is read, not when it leaves the inbox.
    model.tell(applied(12, op("b", OpSet::Archive, {3})), noon);
    QVERIFY(rowsOf(filter).isEmpty());
}

void TestInboxFilter::narrowsByAppAndSearch()
{
    InboxModel model;
    InboxFilter filter(model);
    for (qint64 number = 1; number <= 6; ++number)
        model.tell(created(sample(number, number % 2 ? "ci" : "mail")), noon);
    filter.setApp(model::Text("mail"));
    QCOMPARE(rowsOf(filter), (QList<qint64>{6, 4, 2}));
    SearchQuery query;
    query.text = QStringLiteral("x");
    filter.setSearch(query, {idOf(4), idOf(5)});
    QCOMPARE(rowsOf(filter), (QList<qint64>{4}));
    filter.setApp(std::nullopt);
    QCOMPARE(rowsOf(filter), (QList<qint64>{5, 4}));
    query.apps = {QStringLiteral("CI")};
    filter.setSearch(query, {idOf(4), idOf(5)});
    QCOMPARE(rowsOf(filter), (QList<qint64>{5}));
    filter.clearSearch();
    QCOMPARE(filter.rowCount(), 6);
}

void TestInboxFilter::neverResets()
{
    InboxModel model;
    InboxFilter filter(model);
    QSignalSpy resets(&filter, &QAbstractItemModel::modelReset);
    for (qint64 number = 1; number <= 50; ++number)
        model.tell(created(sample(number)), noon);
    filter.setView(InboxFilter::View::Archive);
    filter.setView(InboxFilter::View::Inbox);
    model.replace({sample(50), sample(51)}, 51, noon);
    QCOMPARE(filter.rowCount(), 2);
    QCOMPARE(resets.size(), 0);
}
} // namespace belfry::inbox

QTEST_GUILESS_MAIN(belfry::inbox::TestInboxFilter)
#include "tst_inbox_filter.moc"
