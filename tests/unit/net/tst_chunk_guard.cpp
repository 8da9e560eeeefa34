#include "net/chunk_guard.h"

#include <QTest>

using namespace belfry::net;

namespace {
struct Outcome
{
    int status = 0; ///< 200 complete, 0 needs more
    qsizetype taken = 0;
};

Outcome scan(const QByteArray &body, qsizetype piece)
{
    ChunkGuard guard;
    Outcome outcome;
    for (qsizetype at = 0; at < body.size(); at += piece) {
        qsizetype taken = 0;
        const ChunkGuard::Step step =
            guard.scan(QByteArrayView(body).sliced(at, std::min(piece, body.size() - at)), taken);
        outcome.taken += taken;
        if (step != ChunkGuard::Step::NeedMore) {
            outcome.status = step == ChunkGuard::Step::Complete ? 200 : guard.refusal().status;
            break;
        }
    }
    return outcome;
}
} // namespace

class TestChunkGuard final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void judges_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &body, int status) {
            QTest::newRow(name) << body << status;
        };

        row("empty", "0\r\n\r\n", 200);
        row("one", "5\r\nhello\r\n0\r\n\r\n", 200);
        row("two", "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n", 200);
        row("zeros before", "0005\r\nhello\r\n000\r\n\r\n", 200);
        row("extension", "5;a=b;c=\"d\"\r\nhello\r\n0;x\r\n\r\n", 200);
        row("trailer", "0\r\nX-Sum: 1\r\n\r\n", 200);
        row("CR LF in the data", "4\r\n\r\n\r\n\r\n0\r\n\r\n", 200);
        row("incomplete", "5\r\nhel", 0);
        row("without the last line", "5\r\nhello\r\n0\r\n", 0);

        row("no size", "\r\nhello", 400);
        row("no hex", "g\r\n", 400);
        row("sign", "+5\r\nhello\r\n", 400);
        row("negative", "-5\r\n", 400);
        row("0x", "0x5\r\nhello\r\n", 400);
        row("space before", " 5\r\nhello\r\n", 400);
        row("bare LF after the size", "5\nhello\r\n0\r\n\r\n", 400);
        row("bare LF in the extension", "5;a\nb\r\nhello\r\n", 400);
        row("CR without LF", "5\rhello", 400);
        row("too much data", "5\r\nhello!\r\n", 400);
        row("LF after the data", "5\r\nhello\n0\r\n\r\n", 400);
        row("17 digits", "11111111111111111\r\n", 400);
        row("overflow", "FFFFFFFFFFFFFFFFF\r\n", 400);
        row("long line", "5;" + QByteArray(260, 'a') + "\r\nhello\r\n", 400);
        row("many zeros", QByteArray(300, '0'), 400);
        row("folded trailer", "0\r\nA: b\r\n c\r\n\r\n", 400);
        row("bare LF in a trailer", "0\r\nA: b\n\r\n", 400);
        row("bare LF at the end", "0\r\n\n", 400);
        row("large trailers",
            "0\r\n" + QByteArray("a: " + QByteArray(1000, 'b') + "\r\n").repeated(5) + "\r\n", 431);
        row("endless trailer", "0\r\n" + QByteArray(5000, 'a'), 431);
    }

    void judges()
    {
        QFETCH(QByteArray, body);
        QFETCH(int, status);
        for (const qsizetype piece : {body.size(), qsizetype(1), qsizetype(2), qsizetype(5)})
            QCOMPARE(scan(body, piece).status, status);
    }

    void leavesWhatComesAfterTheMessage()
    {
        const QByteArray body("5\r\nhello\r\n0\r\n\r\n");
        QCOMPARE(scan(body + "GET / HTTP/1.1\r\n", 1000).taken, body.size());
        QCOMPARE(scan(body + "GET / HTTP/1.1\r\n", 3).taken, body.size());
    }
};

QTEST_GUILESS_MAIN(TestChunkGuard)
#include "tst_chunk_guard.moc"
