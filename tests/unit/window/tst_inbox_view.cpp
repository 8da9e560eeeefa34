#include "../inbox/inbox_samples.h"
#include "window/inbox_view.h"

#include <QSignalSpy>
#include <QtTest>

namespace belfry::window {
class TestInboxView : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void looksHereFirstAndThenThere();
    void answersToFormerWordsAreNotHeard();
    void searchesEverything();
    void aMenuMeansItsNotification();
    void wallTimesAreOfThisZoneAndStillToCome_data();
    void wallTimesAreOfThisZoneAndStillToCome();
    void saysHowDaysAndTimesAreWritten();
};

namespace {
class SlowSearch : public SearchSource
{
public:
    void searchHere(const model::Text &words, Hits hits) override
    {
        asked.append("here " + words);
        here.push_back(std::move(hits));
    }
    void searchThere(const model::Text &words, Hits hits) override
    {
        asked.append("there " + words);
        there.push_back(std::move(hits));
    }
    QByteArrayList asked;
    std::vector<Hits> here;
    std::vector<Hits> there;
};

class NoSink : public inbox::OpSink
{
public:
    model::Result<model::OpId> send(model::OpSet, const QList<model::NotificationId> &,
                                    model::MaybeInstant) override
    {
        return model::OpId{"op" + QByteArray::number(++m_count)};
    }
    model::Result<model::OpId> sendUpTo(model::OpSet, model::Seq) override { return model::OpId{"all"}; }
    void setMuted(const model::Text &, bool, Muted answer) override { answer({}); }

private:
    int m_count = 0;
};

struct ViewBed
{
    explicit ViewBed(qint64 count)
    {
        for (qint64 number = 1; number <= count; ++number)
            model.tell(inbox::created(inbox::sample(number, "app" + QByteArray::number(number))),
                       inbox::noon);
        QCoreApplication::processEvents();
    }
    [[nodiscard]] QList<qint64> rows() { return inbox::rowsOf(*view.rows()); }

    inbox::InboxModel model;
    NoSink sink;
    inbox::Triage triage{model, sink, [] { return inbox::noon; }};
    SlowSearch search;
    Clock clock{[] { return inbox::noon; }};
    InboxView view{{model, triage, search, clock},
                   {QLocale(QStringLiteral("en_GB")), QTimeZone("Europe/Berlin")}};
};
} // namespace

void TestInboxView::looksHereFirstAndThenThere()
{
    ViewBed bed(4);
    bed.view.setSearch(QStringLiteral("word"));
    QCOMPARE(bed.search.asked, QByteArrayList{"here word"});
    QVERIFY(bed.view.isSearching());
    bed.search.here[0]({inbox::idOf(2)});
    QVERIFY(!bed.view.isSearching());
    QCOMPARE(bed.rows(), QList<qint64>{2});
    bed.view.searchEverywhere();
    QCOMPARE(bed.search.asked.size(), 3);
    bed.search.here[1]({inbox::idOf(2)});
    bed.search.there[0]({inbox::idOf(3)}); // found there: joins
    QCOMPARE(bed.rows(), (QList<qint64>{3, 2}));
    bed.view.setSearch({});
    QCOMPARE(bed.rows(), (QList<qint64>{4, 3, 2, 1}));
}

void TestInboxView::answersToFormerWordsAreNotHeard()
{
    ViewBed bed(4);
    bed.view.setSearch(QStringLiteral("wor"));
    bed.view.setSearch(QStringLiteral("word"));
    bed.search.here[1]({inbox::idOf(1)});
    bed.search.here[0]({inbox::idOf(2)});
    QCOMPARE(bed.rows(), QList<qint64>{1});
    QVERIFY(!bed.view.isSearching());
}

void TestInboxView::searchesEverything()
{
    ViewBed bed(4);
    bed.model.tell(inbox::applied(9, inbox::op("o", model::OpSet::Archive, {3})), inbox::noon);
    bed.view.setSearch(QStringLiteral("is:archived"));
    QCOMPARE(bed.rows(), QList<qint64>{3});
    QVERIFY(bed.search.asked.isEmpty()); // no words, nothing to look up
    bed.view.setSearch(QStringLiteral("app:app2"));
    QCOMPARE(bed.rows(), QList<qint64>{2});
}

void TestInboxView::aMenuMeansItsNotification()
{
    ViewBed bed(3);
    const QString id = QString::fromLatin1(inbox::idOf(1).toText());
    const int row = bed.view.rowOf(id);
    bed.model.tell(inbox::created(inbox::sample(4, "new")), inbox::noon);
    QCoreApplication::processEvents();
    QCOMPARE(bed.view.rowMeant(id), row + 1);
    QCOMPARE(bed.view.rowMeant({}), -1);
    bed.model.tell(inbox::gone(10, 1), inbox::noon);
    QCoreApplication::processEvents();
    QCOMPARE(bed.view.rowMeant(id), -2);
    // Gone meanwhile: what is chosen is not meant.
    bed.view.selectAll();
    bed.view.archive(bed.view.rowMeant(id));
    QCOMPARE(bed.view.selectionCount(), 3);
}

void TestInboxView::wallTimesAreOfThisZoneAndStillToCome_data()
{
    QTest::addColumn<QString>("day");
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("utc");
    QTest::newRow("winter") << "2023-12-24"
                            << "18:00"
                            << "2023-12-24T17:00:00Z";
    QTest::newRow("summer, one digit") << " 2024-07-01 "
                                       << "8:00"
                                       << "2024-07-01T06:00:00Z";
    QTest::newRow("does not exist") << "2024-03-31"
                                    << "02:30"
                                    << "2024-03-31T01:00:00Z";
    QTest::newRow("over") << "2023-11-14"
                          << "08:00"
                          << "";
    QTest::newRow("no day") << "2023-02-30"
                            << "08:00"
                            << "";
    QTest::newRow("no time") << "2023-12-24"
                             << "25:00"
                             << "";
    QTest::newRow("as it is written here") << "24/12/2023"
                                           << "6 pm"
                                           << "2023-12-24T17:00:00Z";
    QTest::newRow("without a year") << "1/2"
                                    << "18:00"
                                    << "2024-02-01T17:00:00Z";
    QTest::newRow("nonsense") << "soon"
                              << "later"
                              << "";
}

void TestInboxView::wallTimesAreOfThisZoneAndStillToCome()
{
    QFETCH(QString, day);
    QFETCH(QString, time);
    QFETCH(QString, utc);
    const ViewBed bed(0);
    QCOMPARE(bed.view.wallTime(day, time), QDateTime::fromString(utc, Qt::ISODate));
}

void TestInboxView::saysHowDaysAndTimesAreWritten()
{
    const ViewBed bed(0);
    QCOMPARE(bed.view.dayProblem(bed.view.tomorrowText()), QString());
    QCOMPARE(bed.view.timeProblem(bed.view.morningText()), QString());
    QVERIFY(bed.view.wallTime(bed.view.tomorrowText(), bed.view.morningText()).isValid());
    QCOMPARE(bed.view.dayProblem(QStringLiteral("soon")),
             QStringLiteral("A day is written like 15/11/2023 or 2023-11-15"));
    QCOMPARE(bed.view.timeProblem(QStringLiteral("later")), QStringLiteral("A time is written like 18:00"));
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestInboxView)
#include "tst_inbox_view.moc"
