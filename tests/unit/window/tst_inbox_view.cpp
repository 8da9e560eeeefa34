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
    void whatIsFoundThereComesInPages();
    void aSearchThatFailsSaysSo();
    void theArchiveGoesOnBelowItsEnd();
    void aMenuMeansItsNotification();
    void wallTimesAreOfThisZoneAndStillToCome_data();
    void wallTimesAreOfThisZoneAndStillToCome();
    void saysHowDaysAndTimesAreWritten();
};

namespace {
class SlowSource : public RowSource
{
public:
    void searchHere(const model::Text &words, Reply reply) override
    {
        asked.append("here " + words);
        here.push_back(std::move(reply));
    }
    void searchThere(const model::Text &words, const model::Text &from, Reply reply) override
    {
        asked.append(("there " + words + ' ' + from).trimmed());
        there.push_back(std::move(reply));
    }
    [[nodiscard]] std::optional<bool> hasOlderArchived() const override { return hasOlder; }
    void olderArchived(Reply reply) override
    {
        asked.append("older");
        older.push_back(std::move(reply));
    }
    QByteArrayList asked;
    std::vector<Reply> here;
    std::vector<Reply> there;
    std::vector<Reply> older;
    std::optional<bool> hasOlder = false;
};

session::RowPage found(const QList<qint64> &numbers, const model::Text &next = {})
{
    session::RowPage page;
    for (const qint64 number : numbers)
        page.ids.append(inbox::idOf(number));
    page.next = next;
    return page;
}

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
    SlowSource source;
    Clock clock{[] { return inbox::noon; }};
    InboxView view{{model, triage, source, clock},
                   {QLocale(QStringLiteral("en_GB")), QTimeZone("Europe/Berlin")}};
};
} // namespace

void TestInboxView::looksHereFirstAndThenThere()
{
    ViewBed bed(4);
    bed.view.setSearch(QStringLiteral("word"));
    QCOMPARE(bed.source.asked, QByteArrayList{"here word"});
    QVERIFY(bed.view.isSearching());
    bed.source.here[0](found({2}));
    QVERIFY(!bed.view.isSearching());
    QCOMPARE(bed.rows(), QList<qint64>{2});
    bed.view.searchEverywhere();
    QCOMPARE(bed.source.asked.size(), 3);
    bed.source.here[1](found({2}));
    bed.source.there[0](found({3})); // found there: joins
    QCOMPARE(bed.rows(), (QList<qint64>{3, 2}));
    bed.view.setSearch({});
    QCOMPARE(bed.rows(), (QList<qint64>{4, 3, 2, 1}));
}

void TestInboxView::answersToFormerWordsAreNotHeard()
{
    ViewBed bed(4);
    bed.view.setSearch(QStringLiteral("wor"));
    bed.view.setSearch(QStringLiteral("word"));
    bed.source.here[1](found({1}));
    bed.source.here[0](found({2}));
    QCOMPARE(bed.rows(), QList<qint64>{1});
    QVERIFY(!bed.view.isSearching());
}

void TestInboxView::searchesEverything()
{
    ViewBed bed(4);
    bed.model.tell(inbox::applied(9, inbox::op("o", model::OpSet::Archive, {3})), inbox::noon);
    bed.view.setSearch(QStringLiteral("is:archived"));
    QCOMPARE(bed.rows(), QList<qint64>{3});
    QVERIFY(bed.source.asked.isEmpty()); // no words, nothing to look up
    bed.view.setSearch(QStringLiteral("app:app2"));
    QCOMPARE(bed.rows(), QList<qint64>{2});
}

void TestInboxView::whatIsFoundThereComesInPages()
{
    ViewBed bed(4);
    MoreRows &more = *bed.view.more();
    bed.view.setSearch(QStringLiteral("word"));
    QCOMPARE(more.state(), MoreRows::Nothing);
    bed.view.searchEverywhere();
    QCOMPARE(more.state(), MoreRows::Loading);
    more.load(); // is under way
    QCOMPARE(bed.source.asked, (QByteArrayList{"here word", "here word", "there word"}));
    bed.source.here[1](found({1}));
    QVERIFY(bed.view.isSearching());
    bed.source.there[0](found({2, 3}, "c2"));
    QVERIFY(!bed.view.isSearching());
    QCOMPARE(more.state(), MoreRows::Some);
    more.load();
    QCOMPARE(bed.source.asked.constLast(), "there word c2");
    bed.source.there[1](found({4}));
    QCOMPARE(more.state(), MoreRows::Nothing);
    QCOMPARE(bed.rows(), (QList<qint64>{4, 3, 2, 1}));
    // A page of former words.
    bed.view.searchEverywhere();
    bed.view.setSearch(QStringLiteral("other"));
    bed.source.there[2](found({4}, "c3"));
    QCOMPARE(more.state(), MoreRows::Nothing);
    bed.source.here.back()(found({}));
    QCOMPARE(bed.rows(), QList<qint64>());
}

void TestInboxView::aSearchThatFailsSaysSo()
{
    const model::Error refusal{model::ErrorCode::Forbidden, "not yours", {}, {}, "r1"};
    ViewBed bed(4);
    MoreRows &more = *bed.view.more();
    bed.view.setSearch(QStringLiteral("word"));
    bed.view.searchEverywhere();
    bed.source.here[1](found({1}));
    bed.source.there[0](tl::unexpected(refusal));
    QCOMPARE(more.state(), MoreRows::Failed);
    QCOMPARE(more.requestId(), QStringLiteral("r1"));
    QVERIFY2(more.problem().contains(QLatin1String("not yours")), qPrintable(more.problem()));
    QVERIFY(!bed.view.isSearching());
    QCOMPARE(bed.rows(), QList<qint64>{1}); // what was found here stays
    more.load();                            // by scrolling: not again and again
    QCOMPARE(bed.source.there.size(), std::size_t(1));
    more.retry();
    QCOMPARE(more.state(), MoreRows::Loading);
    bed.source.there[1](found({2}));
    QCOMPARE(bed.rows(), (QList<qint64>{2, 1}));
    QCOMPARE(more.requestId(), QString());
    // This computer's own copy can't be read.
    bed.view.setSearch(QStringLiteral("other"));
    bed.source.here.back()(model::fail(model::ErrorCode::Internal, "disk"));
    QCOMPARE(more.state(), MoreRows::Failed);
    more.retry();
    QCOMPARE(bed.source.asked.constLast(), "here other");
    bed.source.here.back()(found({3}));
    QCOMPARE(bed.rows(), QList<qint64>{3});
    QCOMPARE(more.state(), MoreRows::Nothing);
}

void TestInboxView::theArchiveGoesOnBelowItsEnd()
{
    ViewBed bed(2);
    MoreRows &more = *bed.view.more();
    bed.view.setView(InboxView::Archive);
    QCOMPARE(more.state(), MoreRows::Nothing); // all of it is here
    bed.source.hasOlder = true;
    bed.view.setView(InboxView::Inbox);
    QCOMPARE(more.state(), MoreRows::Nothing);
    bed.view.setView(InboxView::Archive);
    QCOMPARE(more.state(), MoreRows::Some); // when it is wanted
    QVERIFY(bed.source.asked.isEmpty());
    more.load();
    QCOMPARE(bed.source.asked, QByteArrayList{"older"});
    // Another view meanwhile: its end is not that of the archive.
    bed.view.setView(InboxView::Unread);
    bed.source.older[0](found({7}, "c"));
    QCOMPARE(more.state(), MoreRows::Nothing);
    // Nobody knows: it is looked for at once.
    bed.source.hasOlder = std::nullopt;
    bed.view.setView(InboxView::Archive);
    QCOMPARE(more.state(), MoreRows::Loading);
    bed.source.older[1](session::RowPage{{}, "c", true});
    QCOMPARE(more.state(), MoreRows::Full);
    more.load();
    QCOMPARE(bed.source.older.size(), std::size_t(2));
    // A search in the archive looks at all there is.
    bed.view.setSearch(QStringLiteral("word"));
    QCOMPARE(more.state(), MoreRows::Nothing);
    bed.view.setSearch({});
    QCOMPARE(more.state(), MoreRows::Loading);
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
