#include "net/http_parser.h"

#include <QTest>

using namespace belfry::net;

namespace {
struct Parsed
{
    int status = 0; ///< 200 complete, 0 needs more
    HttpRequest request{};
    bool keepAlive = false;
    QByteArray rest{};
};

/// One step after the other until the parser wants more, or has done.
HttpParser::Step feedAll(HttpParser &parser, QByteArrayView &piece, qint64 bodyLimit)
{
    for (;;) {
        const HttpParser::Step step = parser.feed(piece);
        if (step != HttpParser::Step::Head)
            return step;
        parser.setBodyLimit(bodyLimit);
    }
}

/// The bytes arrive in two pieces, the second beginning at `split`.
Parsed parse(const QByteArray &bytes, qsizetype split, qint64 bodyLimit = 64)
{
    const Limits limits;
    HttpParser parser(limits);
    QByteArrayView first = QByteArrayView(bytes).first(split);
    QByteArrayView second = QByteArrayView(bytes).sliced(split);
    HttpParser::Step step = feedAll(parser, first, bodyLimit);
    if (step == HttpParser::Step::NeedMore)
        step = feedAll(parser, second, bodyLimit);
    if (step == HttpParser::Step::Failed)
        return {.status = parser.refusal().status};
    if (step == HttpParser::Step::NeedMore)
        return {};
    return {200, parser.request(), parser.keepAlive(), first.toByteArray() + second.toByteArray()};
}

/// The bytes arrive one by one. The status, 0 while something is missing.
int statusBytewise(const QByteArray &bytes, qint64 bodyLimit = 64)
{
    const Limits limits;
    HttpParser parser(limits);
    auto step = HttpParser::Step::NeedMore;
    for (qsizetype i = 0; i < bytes.size() && step == HttpParser::Step::NeedMore; ++i) {
        QByteArrayView piece = QByteArrayView(bytes).sliced(i, 1);
        step = feedAll(parser, piece, bodyLimit);
    }
    if (step == HttpParser::Step::Failed)
        return parser.refusal().status;
    return step == HttpParser::Step::NeedMore ? 0 : 200;
}
} // namespace

class TestHttpParser final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("query");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("keepAlive");
        const auto good = [](const char *name, const QByteArray &bytes, const char *path, const char *query,
                             const QByteArray &body, bool keepAlive) {
            QTest::newRow(name) << bytes << 200 << QByteArray(path) << QByteArray(query) << body << keepAlive;
        };
        const auto bad = [](const char *name, const QByteArray &bytes, int status) {
            QTest::newRow(name) << bytes << status << QByteArray() << QByteArray() << QByteArray() << false;
        };
        const QByteArray host("Host: x\r\n");
        const QByteArray post("POST /p HTTP/1.1\r\nHost: x\r\n");
        const QByteArray chunked = post + "Transfer-Encoding: chunked\r\n\r\n";

        good("get", "GET /a/b?c=d&e HTTP/1.1\r\n" + host + "\r\n", "/a/b", "c=d&e", "", true);
        good("close", "GET / HTTP/1.1\r\nConnection: close\r\n" + host + "\r\n", "/", "", "", false);
        good("1.0", "GET / HTTP/1.0\r\n\r\n", "/", "", "", false);
        good("1.0 keep-alive", "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", "/", "", "", true);
        good("absolute form", "GET http://x:1/a?b HTTP/1.1\r\n" + host + "\r\n", "/a", "b", "", true);
        good("absolute form, https in capitals", "GET HTTPS://x/a HTTP/1.1\r\n" + host + "\r\n", "/a", "", "",
             true);
        good("absolute form without a path", "GET http://x HTTP/1.1\r\n" + host + "\r\n", "/", "", "", true);
        good("asterisk", "OPTIONS * HTTP/1.1\r\n" + host + "\r\n", "*", "", "", true);
        good("CONNECT", "CONNECT x:443 HTTP/1.1\r\n" + host + "\r\n", "/", "", "", true);
        good("unknown method", "BREW /pot HTTP/1.1\r\n" + host + "\r\n", "/pot", "", "", true);
        good("empty lines before", "\r\n\r\nGET / HTTP/1.1\r\n" + host + "\r\n", "/", "", "", true);
        good("body", post + "Content-Length: 5\r\n\r\nhello", "/p", "", "hello", true);
        good("empty body", post + "Content-Length: 0\r\n\r\n", "/p", "", "", true);
        good("body at the limit", post + "Content-Length: 64\r\n\r\n" + QByteArray(64, 'b'), "/p", "",
             QByteArray(64, 'b'), true);
        good("chunks", chunked + "5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n", "/p", "", "hello world", true);
        good("no chunks", chunked + "0\r\n\r\n", "/p", "", "", true);
        good("trailers", chunked + "1\r\na\r\n0\r\nAuthorization: x\r\n\r\n", "/p", "", "a", true);
        good("value with 8 bits", "GET / HTTP/1.1\r\nX: \xc3\xa4\r\n" + host + "\r\n", "/", "", "", true);

        bad("garbage", "\x01\x02\x03\r\n\r\n", 400);
        bad("words", "hello there\r\n\r\n", 400);
        bad("no target", "GET HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("two spaces", "GET  / HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("tab", "GET\t/ HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("target without a slash", "GET a HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("another scheme", "GET ftp://x/health HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("an address inside the query", "GET foo?x=http://bar/health HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("fragment", "GET /#a HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("target with a control character", "GET /\x01 HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("method with a bracket", "G(T / HTTP/1.1\r\n" + host + "\r\n", 400);
        bad("lower-case version", "GET / http/1.1\r\n" + host + "\r\n", 400);
        bad("field without a colon", "GET / HTTP/1.1\r\nabc\r\n" + host + "\r\n", 400);
        bad("field without a name", "GET / HTTP/1.1\r\n: a\r\n" + host + "\r\n", 400);
        bad("space before the colon", "GET / HTTP/1.1\r\nHost : x\r\n\r\n", 400);
        bad("hidden coding", post + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400);
        bad("CR in a value", "GET / HTTP/1.1\r\nA: b\rc\r\n" + host + "\r\n", 400);
        bad("NUL in a value", "GET / HTTP/1.1\r\nA: b" + QByteArray(1, '\0') + "c\r\n" + host + "\r\n", 400);
        bad("CR before the end", "GET / HTTP/1.1\r\n" + host + "\r\r\n", 400);
        bad("length too large for 64 bits", post + "Content-Length: 99999999999999999999\r\n\r\n", 400);
        bad("length above the limit", post + "Content-Length: 65\r\n\r\n", 413);
        bad("chunks above the limit", chunked + "41\r\n" + QByteArray(65, 'b') + "\r\n0\r\n\r\n", 413);
        bad("chunks above the limit together",
            chunked + "40\r\n" + QByteArray(64, 'b') + "\r\n1\r\nb\r\n0\r\n\r\n", 413);
        bad("a chunk that is announced only", chunked + "7fffffffffffffff\r\n", 413);
        bad("bad chunk", chunked + "x\r\n", 400);
        bad("bad extension", chunked + "1;=\r\na\r\n0\r\n\r\n", 400);
        bad("length in a trailer", chunked + "0\r\nContent-Length: 5\r\n\r\n", 400);
        bad("bad connection list", "GET / HTTP/1.1\r\nConnection: ,;@\r\n" + host + "\r\n", 400);
        bad("incomplete", post + "Content-Length: 5\r\n\r\nhell", 0);
    }

    void reads()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        QCOMPARE(statusBytewise(bytes), status);
        for (qsizetype split = 0; split <= bytes.size(); ++split) {
            const Parsed outcome = parse(bytes, split);
            QVERIFY2(outcome.status == status,
                     qPrintable(QStringLiteral("%1 at %2").arg(outcome.status).arg(split)));
            if (status != 200)
                continue;
            QTEST(outcome.request.path, "path");
            QTEST(outcome.request.query, "query");
            QTEST(outcome.request.body, "body");
            QTEST(outcome.keepAlive, "keepAlive");
            QVERIFY(outcome.rest.isEmpty());
        }
    }

    void namesAreLowerAndValuesAsTheyCame()
    {
        const Parsed got = parse("GET / HTTP/1.1\r\nHOST: X\r\nX-Own:  A b \r\nContent-Type:a/B\r\n\r\n", 0);
        QCOMPARE(got.status, 200);
        QCOMPARE(got.request.header("host").toByteArray(), "X");
        QCOMPARE(got.request.header("x-own").toByteArray(), "A b");
        QCOMPARE(got.request.header("content-type").toByteArray(), "a/B");
        QVERIFY(!got.request.has("accept"));
    }

    // A trailer that looked like a header would pass for one that was checked.
    void trailersAreNoHeaders()
    {
        const Parsed got = parse(
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nAuthorization: x\r\n\r\n",
            0);
        QCOMPARE(got.status, 200);
        QVERIFY(!got.request.has("authorization"));
    }

    void methods_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<Method>("method");
        QTest::newRow("GET") << QByteArray("GET") << Method::Get;
        QTest::newRow("HEAD") << QByteArray("HEAD") << Method::Head;
        QTest::newRow("POST") << QByteArray("POST") << Method::Post;
        QTest::newRow("PUT") << QByteArray("PUT") << Method::Put;
        QTest::newRow("PATCH") << QByteArray("PATCH") << Method::Patch;
        QTest::newRow("DELETE") << QByteArray("DELETE") << Method::Delete;
        QTest::newRow("OPTIONS") << QByteArray("OPTIONS") << Method::Options;
        QTest::newRow("TRACE") << QByteArray("TRACE") << Method::Other;
        QTest::newRow("lower case") << QByteArray("get") << Method::Other;
    }

    void methods()
    {
        QFETCH(QByteArray, text);
        const Parsed got = parse(text + " / HTTP/1.1\r\nHost: x\r\n\r\n", 0);
        QCOMPARE(got.status, 200);
        QTEST(got.request.method, "method");
        QCOMPARE(got.request.methodText, text);
    }

    void leavesTheNextRequest()
    {
        const QByteArray first("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nab");
        const QByteArray second("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
        for (qsizetype split = 0; split <= first.size() + second.size(); ++split) {
            const Parsed got = parse(first + second, split);
            QCOMPARE(got.request.body, "ab");
            QCOMPARE(got.rest, second);
        }
    }
};

QTEST_GUILESS_MAIN(TestHttpParser)
#include "tst_http_parser.moc"
