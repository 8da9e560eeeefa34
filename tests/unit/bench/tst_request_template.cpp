#include "bench/http_splitter.h"
#include "bench/request_template.h"
#include "bench/vocabulary.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <set>

using namespace belfry::bench;

namespace {
const Endpoint target{0x7f000001, 8080};

/// The request as a server would see it.
QJsonObject bodyOf(std::string_view request, std::string *authorization = nullptr)
{
    HttpSplitter splitter;
    QJsonObject body;
    splitter.feed(request, [&](const HttpMessage &message) {
        if (authorization != nullptr)
            *authorization = message.header("Authorization");
        body = QJsonDocument::fromJson(
                   QByteArray(message.body.data(), static_cast<qsizetype>(message.body.size())))
                   .object();
        return true;
    });
    return body;
}
} // namespace

class RequestTemplateTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyRequestIsWholeJson();
    void namesTheUserAndTheNumber();
    void broadcastsAreAsTheTableSays();
    void withoutKeyNoHeader();
    void storedTextsAreWordsOfTheVocabulary();
};

void RequestTemplateTest::everyRequestIsWholeJson()
{
    RequestTemplate request("POST", target, "/api/v1/notifications", "k", notificationBody());
    for (const std::uint64_t number : {0ULL, 1ULL, 999'999ULL, 999'999'999'999ULL})
        QVERIFY(!bodyOf(request.compose(number, number % 9'999'999)).isEmpty());
}

void RequestTemplateTest::namesTheUserAndTheNumber()
{
    RequestTemplate request("POST", target, "/api/v1/notifications", "k", notificationBody());
    std::string authorization;
    QVERIFY(!request.compose(999'999'999'999, 9'999'999).empty());
    const QJsonObject body = bodyOf(request.compose(42, 17), &authorization);
    QCOMPARE(authorization, std::string("Bearer k"));
    QCOMPARE(body[u"user_id"].toString().toStdString(), userName(17));
    QVERIFY(body[u"title"].toString().endsWith(QStringLiteral("bench:000000000042")));
}

void RequestTemplateTest::broadcastsAreAsTheTableSays()
{
    RequestTemplate request("POST", target, "/api/v1/notifications", "", broadcastBody());
    const QJsonObject body = bodyOf(request.compose(3, 0));
    QCOMPARE(body[u"broadcast"].toBool(), true);
    QCOMPARE(body[u"ttl"].toInt(-1), 0);
    QVERIFY(broadcastBody().size() > 150 && broadcastBody().size() < 250);
}

void RequestTemplateTest::withoutKeyNoHeader()
{
    RequestTemplate request("POST", target, "/x", "", notificationBody());
    QCOMPARE(request.compose(0, 0).find("Authorization"), std::string_view::npos);
}

void RequestTemplateTest::storedTextsAreWordsOfTheVocabulary()
{
    std::set<std::string> words;
    for (std::uint64_t i = 0; i < vocabularySize; ++i)
        words.insert(word(i));
    QCOMPARE(words.size(), vocabularySize);
    const std::string body = storedBody(5, userName(5));
    const QJsonObject object = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const QStringList said = object[u"message"].toString().split(u' ');
    QCOMPARE(said.size(), 8);
    for (const QString &each : said)
        QVERIFY(words.contains(each.toStdString()));
    QCOMPARE(storedBody(5, userName(5)), body);
}

QTEST_APPLESS_MAIN(RequestTemplateTest)
#include "tst_request_template.moc"
