#include "net/head_scanner.h"

#include <QTest>

using namespace belfry::net;

namespace {
/// What comes out when the bytes arrive in pieces of `piece`.
int statusOf(const QByteArray &head, qsizetype piece, const Limits &limits, qsizetype *size = nullptr)
{
    HeadScanner scanner(limits);
    for (qsizetype end = std::min(piece, head.size());; end = std::min(end + piece, head.size())) {
        switch (scanner.scan(QByteArrayView(head).first(end))) {
        case HeadScanner::Step::Complete:
            if (size)
                *size = scanner.size();
            return 200;
        case HeadScanner::Step::Failed:
            return scanner.refusal().status;
        case HeadScanner::Step::NeedMore:
            break;
        }
        if (end == head.size())
            return 0;
    }
}

QByteArray lines(int count)
{
    QByteArray text;
    for (int i = 0; i < count; ++i)
        text += "x-" + QByteArray::number(i) + ": y\r\n";
    return text;
}
} // namespace

class TestHeadScanner final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("head");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &head, int status) {
            QTest::newRow(name) << head << status;
        };
        const QByteArray get("GET / HTTP/1.1\r\nHost: x\r\n");

        row("smallest", get + "\r\n", 200);
        row("HTTP/1.0 without Host", "GET / HTTP/1.0\r\n\r\n", 200);
        row("incomplete", get, 0);
        row("100 lines", "GET / HTTP/1.1\r\nHost: x\r\n" + lines(99) + "\r\n", 200);
        row("101 lines", "GET / HTTP/1.1\r\nHost: x\r\n" + lines(100) + "\r\n", 431);
        row("chunked", get + "Transfer-Encoding: chunked\r\n\r\n", 200);
        row("chunked in capitals", get + "TRANSFER-ENCODING:\t Chunked \r\n\r\n", 200);
        row("length", get + "Content-Length: 5\r\n\r\n", 200);
        row("Host with a port", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", 200);
        row("empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 200);

        row("bare LF", "GET / HTTP/1.1\nHost: x\n\n", 400);
        row("bare LF in the fields", get + "a: b\n\r\n", 400);
        row("LF alone", "\n", 400);
        row("TLS hello", QByteArray("\x16\x03\x01\x02\x00\x01", 6), 400);
        row("NUL", QByteArray("\0\0\0\0", 4), 400);
        row("space first", " GET / HTTP/1.1\r\n\r\n", 400);
        row("obs-fold", get + "a: b\r\n c\r\n\r\n", 400);
        row("obs-fold with a tab", get + "a: b\r\n\tc\r\n\r\n", 400);
        row("fold before the first field", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400);
        row("HTTP/0.9", "GET /\r\n\r\n", 400);
        row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n", 505);
        row("HTTP/1.2", "GET / HTTP/1.2\r\n\r\n", 505);
        row("HTTP/11", "GET / HTTP/11\r\n\r\n", 400);
        row("no version", "GET / \r\n\r\n", 400);
        row("no Host", "GET / HTTP/1.1\r\n\r\n", 400);
        row("two Hosts", get + "host: y\r\n\r\n", 400);
        row("Host with a list", "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n", 400);
        row("Host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400);
        row("Host with a space", "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400);
        row("two lengths", get + "Content-Length: 5\r\ncontent-length: 5\r\n\r\n", 400);
        row("length list", get + "Content-Length: 5, 5\r\n\r\n", 400);
        row("length with a sign", get + "Content-Length: +5\r\n\r\n", 400);
        row("length negative", get + "Content-Length: -1\r\n\r\n", 400);
        row("length in hex", get + "Content-Length: 0x5\r\n\r\n", 400);
        row("length empty", get + "Content-Length:\r\n\r\n", 400);
        row("length and chunked", get + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
        row("chunked and length", get + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n", 400);
        row("gzip", get + "Transfer-Encoding: gzip\r\n\r\n", 501);
        row("gzip and length", get + "Transfer-Encoding: gzip\r\nContent-Length: 5\r\n\r\n", 501);
        row("gzip, chunked", get + "Transfer-Encoding: gzip, chunked\r\n\r\n", 501);
        row("chunked, identity", get + "Transfer-Encoding: chunked, identity\r\n\r\n", 501);
        row("chunked twice", get + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n", 501);
        row("xchunked", get + "Transfer-Encoding: xchunked\r\n\r\n", 501);
        row("chunked with a vertical tab", get + "Transfer-Encoding: \vchunked\r\n\r\n", 501);
        row("quoted chunked", get + "Transfer-Encoding: \"chunked\"\r\n\r\n", 501);
        row("empty coding", get + "Transfer-Encoding:\r\n\r\n", 501);
        row("chunked in 1.0", "GET / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);

        row("long request line", "GET /" + QByteArray(8 * 1024, 'a') + " HTTP/1.1\r\n\r\n", 414);
        row("endless request line", QByteArray(9 * 1024, 'a'), 414);
        row("long field", get + "a: " + QByteArray(8 * 1024, 'a') + "\r\n\r\n", 431);
        row("endless field", get + QByteArray(9 * 1024, 'a'), 431);
        row("long header",
            get + "a: " + QByteArray(8000, 'a') + "\r\nb: " + QByteArray(8000, 'a') +
                "\r\nc: " + QByteArray(800, 'a') + "\r\n\r\n",
            431);
        row("a field of 8 KiB", get + "a: " + QByteArray(8 * 1024 - 3, 'a') + "\r\n\r\n", 200);
    }

    void judges()
    {
        QFETCH(QByteArray, head);
        QFETCH(int, status);
        const Limits limits;
        const qsizetype pieces[] = {head.size(), 1, 2, 3, 7};
        for (const qsizetype piece : pieces)
            QCOMPARE(statusOf(head, piece, limits), status);
    }

    void findsTheEnd()
    {
        qsizetype size = 0;
        QCOMPARE(statusOf("GET / HTTP/1.1\r\nHost: x\r\n\r\nbody\r\n\r\n", 100, Limits{}, &size), 200);
        QCOMPARE(size, 27);
    }
};

QTEST_GUILESS_MAIN(TestHeadScanner)
#include "tst_head_scanner.moc"
