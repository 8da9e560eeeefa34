#include "window/saved_searches.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QtTest>

namespace belfry::window {
class TestSavedSearches : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void savesAndRenames();
    void whatCannotBeDoesNothing_data();
    void whatCannotBeDoesNothing();
    void holdsAsManyAsAreKept();
    void aRemovedOneComesBackWhereItWas();
    void nothingComesBackTwice();
};

namespace {
const SavedSearch builds{QStringLiteral("Builds"), QStringLiteral("app:ci is:unread")};
const SavedSearch bills{QStringLiteral("Bills"), QStringLiteral("cat:billing")};
const SavedSearch days{QStringLiteral("Days"), QStringLiteral("from:7d")};
} // namespace

void TestSavedSearches::savesAndRenames()
{
    SavedSearches searches;
    const QAbstractItemModelTester tester(&searches, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QSignalSpy changed(&searches, &SavedSearches::changed);
    searches.set({builds});
    QCOMPARE(changed.size(), 0);
    searches.save(QStringLiteral(" Bills "), QStringLiteral("  cat:billing "));
    QCOMPARE(searches.all(), (QList<SavedSearch>{builds, bills}));
    searches.rename(1, QStringLiteral("Money"));
    QCOMPARE(searches.index(1).data(SavedSearches::NameRole).toString(), QStringLiteral("Money"));
    QCOMPARE(searches.index(1).data(SavedSearches::QueryRole).toString(), bills.query);
    QCOMPARE(changed.size(), 2);
    searches.rename(1, QStringLiteral("money")); // its own name, in other letters
    QCOMPARE(searches.all()[1].name, QStringLiteral("money"));
}

void TestSavedSearches::whatCannotBeDoesNothing_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("query");
    QTest::newRow("no name") << " "
                             << "from:7d";
    QTest::newRow("no query") << "Days"
                              << "  ";
    QTest::newRow("a name that another one has") << "builds"
                                                 << "from:7d";
    QTest::newRow("a query that is saved") << "Days"
                                           << " app:ci  is:unread";
}

void TestSavedSearches::whatCannotBeDoesNothing()
{
    QFETCH(QString, name);
    QFETCH(QString, query);
    SavedSearches searches;
    searches.set({builds});
    QSignalSpy changed(&searches, &SavedSearches::changed);
    searches.save(name, query);
    QCOMPARE(searches.all(), QList<SavedSearch>{builds});
    QVERIFY(!searches.canSave(query) || !searches.problemOf(name, -1).isEmpty());
    searches.rename(0, QStringLiteral(" "));
    searches.rename(7, QStringLiteral("Seven"));
    searches.remove(-1);
    QCOMPARE(searches.all(), QList<SavedSearch>{builds});
    QCOMPARE(changed.size(), 0);
}

void TestSavedSearches::holdsAsManyAsAreKept()
{
    SavedSearches searches;
    for (int i = 0; i < 60; ++i)
        searches.save(QString::number(i), QString::number(i));
    QCOMPARE(searches.count(), int(SavedSearches::most));
    QVERIFY(!searches.canSave(QStringLiteral("one more")));
}

void TestSavedSearches::aRemovedOneComesBackWhereItWas()
{
    SavedSearches searches;
    const QAbstractItemModelTester tester(&searches, QAbstractItemModelTester::FailureReportingMode::QtTest);
    searches.set({builds, bills, days});
    QSignalSpy removed(&searches, &SavedSearches::removed);
    searches.remove(1);
    QCOMPARE(removed.value(0).value(0).toString(), bills.name);
    QCOMPARE(searches.all(), (QList<SavedSearch>{builds, days}));
    searches.takeBack();
    QCOMPARE(searches.all(), (QList<SavedSearch>{builds, bills, days}));
}

void TestSavedSearches::nothingComesBackTwice()
{
    SavedSearches searches;
    searches.takeBack();
    QCOMPARE(searches.count(), 0);
    searches.set({builds});
    searches.remove(0);
    searches.save(builds.name, builds.query);
    searches.takeBack(); // it is there
    QCOMPARE(searches.all(), QList<SavedSearch>{builds});
    searches.remove(0);
    searches.takeBack();
    searches.takeBack();
    QCOMPARE(searches.all(), QList<SavedSearch>{builds});
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestSavedSearches)
#include "tst_saved_searches.moc"
