#include "fake_server.h"
#include "protocol/answers.h"
#include "session/list_loader.h"

#include <QTest>
#include <QUrlQuery>

using namespace belfry;
using namespace belfry::session;
using offline::ListsDue;

namespace {
model::Notification numbered(quint64 number)
{
    model::Notification item;
    item.id = {3, number};
    item.user.text = "u";
    item.seq = item.createdSeq = qint64(number);
    return item;
}

/// A server with `counts[state]` notifications in each list.
struct Bed
{
    Bed()
    {
        server.http = [this](const FakeServer::Request &request) { return answer(request); };
        server.listen();
        rest = std::make_unique<client::RestClient>(client::RestSettings{server.url(), "token"});
        loader = std::make_unique<ListLoader>(*rest, model::UserId{"u"});
        QObject::connect(loader.get(), &ListLoader::loaded, loader.get(),
                         [this](const std::vector<model::Notification> &items) {
                             for (const model::Notification &item : items)
                                 loaded.append(qint64(item.id.low));
                             if (stopsAtOnce)
                                 loader->stop();
                         });
        QObject::connect(loader.get(), &ListLoader::archiveLoaded, loader.get(),
                         [this](const model::Text &next) { archiveGoesOnAt.append(next); });
        QObject::connect(loader.get(), &ListLoader::finished, loader.get(),
                         [this](ListsDue what) { finished.append(int(what)); });
        QObject::connect(loader.get(), &ListLoader::failed, loader.get(),
                         [this](const model::Error &error) { failures.append(error.detail); });
    }

    FakeServer::Answer answer(const FakeServer::Request &request)
    {
        if (isDown)
            return {503, {}, {}};
        const QUrl url = QUrl::fromEncoded(request.target);
        if (url.path().startsWith(u"/api/v1/users/u/inbox/")) {
            const auto id = model::Uuid::parse(url.fileName().toLatin1());
            return id && id->low < 100 ? FakeServer::Answer{200, protocol::itemAnswer(numbered(id->low)), {}}
                                       : FakeServer::Answer{404, {}, {}};
        }
        const QUrlQuery query(url);
        const QByteArray state = query.queryItemValue(QStringLiteral("state")).toLatin1();
        const int from = query.queryItemValue(QStringLiteral("cursor")).toInt();
        const int count = query.queryItemValue(QStringLiteral("limit")).toInt();
        protocol::ListAnswer list;
        for (int i = from; i < std::min(from + count, counts.value(state)); ++i)
            list.items.push_back(numbered(quint64(i) + 1));
        if (from + count < counts.value(state))
            list.nextCursor = QByteArray::number(from + count);
        return {200, protocol::encode(list), {}};
    }

    FakeServer server;
    std::unique_ptr<client::RestClient> rest;
    std::unique_ptr<ListLoader> loader;
    QHash<QByteArray, int> counts;
    QList<qint64> loaded;
    QList<int> finished;
    QByteArrayList archiveGoesOnAt;
    QByteArrayList failures;
    bool isDown = false;
    bool stopsAtOnce = false;
};
} // namespace

class TestListLoader : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void loadsPageByPage();
    void loadsTheActiveOnesToo();
    void fetchesSingleOnes();
    void manyAreCheaperAsAList();
    void tellsThatItFailed();
    void stopsInTheMiddle();
};

void TestListLoader::loadsPageByPage()
{
    Bed bed;
    bed.counts = {{"snoozed", 1'200}, {"archived", 5'000}, {"active", 9}};
    bed.loader->load(ListsDue::None);
    bed.loader->load(ListsDue::Aside);
    QVERIFY(bed.loader->isBusy());
    QTRY_COMPARE(bed.finished, QList<int>{int(ListsDue::Aside)});
    QCOMPARE(bed.loaded.size(), 1'200 + ListLoader::mostArchived);
    QCOMPARE(bed.server.requests.size(), std::size_t(3 + 2));
    QCOMPARE(bed.archiveGoesOnAt, QByteArrayList{"1000"});
    QVERIFY(!bed.loader->isBusy());
}

void TestListLoader::loadsTheActiveOnesToo()
{
    Bed bed;
    bed.counts = {{"snoozed", 1}, {"archived", 2}, {"active", 501}};
    bed.loader->load(ListsDue::All);
    QTRY_COMPARE(bed.finished, QList<int>{int(ListsDue::All)});
    QCOMPARE(bed.loaded.size(), 504);
    QCOMPARE(bed.archiveGoesOnAt, QByteArrayList{""});
}

void TestListLoader::fetchesSingleOnes()
{
    Bed bed;
    bed.loader->fetch({{3, 7}, {3, 1'000}, {3, 8}}); // the second one is gone meanwhile
    QTRY_COMPARE(bed.finished, QList<int>{int(ListsDue::None)});
    QCOMPARE(bed.loaded, (QList<qint64>{7, 8}));
    QVERIFY(bed.failures.isEmpty());
}

void TestListLoader::manyAreCheaperAsAList()
{
    Bed bed;
    bed.counts = {{"active", 3}};
    QList<model::NotificationId> ids;
    for (quint64 number = 1; number <= quint64(ListLoader::mostSingle) + 1; ++number)
        ids.append({3, number});
    bed.loader->fetch(ids);
    QTRY_COMPARE(bed.finished.size(), 1);
    QCOMPARE(bed.server.requests.size(), std::size_t(1));
}

void TestListLoader::tellsThatItFailed()
{
    Bed bed;
    bed.isDown = true;
    bed.loader->load(ListsDue::All);
    QTRY_COMPARE(bed.failures.size(), 1);
    QVERIFY(!bed.loader->isBusy());
    QVERIFY(bed.finished.isEmpty());
    bed.isDown = false;
    bed.counts = {{"snoozed", 2}};
    bed.loader->load(ListsDue::Aside);
    QTRY_COMPARE(bed.finished, QList<int>{int(ListsDue::Aside)});
    QCOMPARE(bed.loaded.size(), 2);
}

void TestListLoader::stopsInTheMiddle()
{
    Bed bed;
    bed.counts = {{"active", 2'000}};
    bed.stopsAtOnce = true;
    bed.loader->loadActive();
    QTRY_COMPARE(bed.loaded.size(), 500);
    bed.stopsAtOnce = false;
    QVERIFY(!bed.loader->isBusy());
    bed.loader->fetch({{3, 1}});
    bed.loader->stop(); // its answer is not heard
    bed.loader->fetch({{3, 2}});
    QTRY_COMPARE(bed.finished.size(), 1);
    QCOMPARE(bed.loaded.size(), 501);
    QCOMPARE(bed.loaded.constLast(), qint64(2));
}

QTEST_GUILESS_MAIN(TestListLoader)
#include "tst_list_loader.moc"
