#include "bench/http_splitter.h"

#include <QTest>
#include <vector>

using namespace belfry::bench;

namespace {
struct Answer
{
    int status;
    std::string body;
    friend bool operator==(const Answer &, const Answer &) = default;
};
} // namespace

class HttpSplitterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survivesEveryCut();
    void readsHeadersInAnyCase();
    void readsRequests();
    void whatFollowsAnUpgradeIsKept();
    void refusesWhatItCannotCut_data();
    void refusesWhatItCannotCut();
};

void HttpSplitterTest::survivesEveryCut()
{
    const std::string stream =
        "HTTP/1.1 201 Created\r\nContent-Length: 4\r\n\r\nabcd"
        "HTTP/1.1 204 No Content\r\nContent-Length: 7\r\n\r\n"
        "HTTP/1.1 100 Continue\r\n\r\n"
        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\ncontent-length:  6 \r\n\r\n\r\n\r\n..";
    const std::vector<Answer> expected{{201, "abcd"}, {204, ""}, {100, ""}, {429, "\r\n\r\n.."}};
    for (std::size_t step = 1; step <= stream.size(); ++step) {
        HttpSplitter splitter;
        std::vector<Answer> seen;
        for (std::size_t at = 0; at < stream.size(); at += step) {
            QVERIFY(splitter.feed(std::string_view(stream).substr(at, step), [&](const HttpMessage &message) {
                seen.push_back({message.status(), std::string(message.body)});
                return true;
            }));
        }
        QVERIFY2(seen == expected, qPrintable(QStringLiteral("in pieces of %1").arg(step)));
    }
}

void HttpSplitterTest::readsHeadersInAnyCase()
{
    HttpSplitter splitter;
    std::string found;
    splitter.feed("HTTP/1.1 200 OK\r\nX-Other: no\r\nx-ReQuest-ID:\t a b \r\n\r\n",
                  [&](const HttpMessage &message) {
                      found = message.header("X-Request-Id");
                      return message.header("Absent").empty();
                  });
    QCOMPARE(found, std::string("a b"));
}

void HttpSplitterTest::readsRequests()
{
    HttpSplitter splitter;
    std::string line;
    std::string body;
    splitter.feed("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}",
                  [&](const HttpMessage &message) {
                      line = message.startLine;
                      body = message.body;
                      return message.status() == 0;
                  });
    QCOMPARE(line, std::string("POST /x HTTP/1.1"));
    QCOMPARE(body, std::string("{}"));
}

void HttpSplitterTest::whatFollowsAnUpgradeIsKept()
{
    HttpSplitter splitter;
    QVERIFY(splitter.feed("HTTP/1.1 101 Switching Protocols\r\n\r\n\x81\x02{}",
                          [](const HttpMessage &) { return false; }));
    QCOMPARE(splitter.takeRest(), std::string("\x81\x02{}"));
}

void HttpSplitterTest::refusesWhatItCannotCut_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::newRow("chunked") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    QTest::newRow("bad length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n");
    QTest::newRow("giant") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n");
    QTest::newRow("no end of head") << QByteArray(70'000, 'x');
}

void HttpSplitterTest::refusesWhatItCannotCut()
{
    QFETCH(QByteArray, stream);
    HttpSplitter splitter;
    QVERIFY(!splitter.feed({stream.constData(), static_cast<std::size_t>(stream.size())},
                           [](const HttpMessage &) { return true; }));
}

QTEST_APPLESS_MAIN(HttpSplitterTest)
#include "tst_http_splitter.moc"
