#include "api/trace_context.h"

#include <QRegularExpression>
#include <QTest>

using namespace belfry;

class TstTraceContext : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void goesOnWithATrace_data();
    void goesOnWithATrace();
    void startsANewOne_data();
    void startsANewOne();
    void requestIds_data();
    void requestIds();
};

namespace {
const QByteArray traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const QByteArray spanId = "00f067aa0ba902b7";

bool isWellFormed(const QByteArray &header)
{
    static const QRegularExpression form(QStringLiteral("^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$"));
    return form.match(QString::fromLatin1(header)).hasMatch();
}
} // namespace

void TstTraceContext::goesOnWithATrace_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<QByteArray>("flags");
    QTest::addColumn<QByteArray>("ours");
    QTest::newRow("sampled") << QByteArray("00") << QByteArray("01") << QByteArray("01");
    QTest::newRow("not sampled") << QByteArray("00") << QByteArray("00") << QByteArray("00");
    QTest::newRow("unknown flags, sampled") << QByteArray("00") << QByteArray("ff") << QByteArray("01");
    QTest::newRow("unknown flags, not sampled") << QByteArray("00") << QByteArray("fe") << QByteArray("00");
    QTest::newRow("later version") << QByteArray("cc") << QByteArray("01-what-the-future-brings")
                                   << QByteArray("01");
}

void TstTraceContext::goesOnWithATrace()
{
    QFETCH(QByteArray, version);
    QFETCH(QByteArray, flags);
    QFETCH(QByteArray, ours);
    const QByteArray header = version + '-' + traceId + '-' + spanId + '-' + flags;
    const QByteArray made = api::TraceContext::follow(header).traceparent;
    QVERIFY2(isWellFormed(made), made.constData());
    QCOMPARE(made.mid(3, 32), traceId);
    QVERIFY2(made.mid(36, 16) != spanId, "the span is Belfry's own");
    QCOMPARE(made.last(2), ours);
}

void TstTraceContext::startsANewOne_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("absent") << QByteArray();
    QTest::newRow("short") << QByteArray("00-abc-def-01");
    QTest::newRow("zero trace") << QByteArray("00-" + QByteArray(32, '0') + "-" + spanId + "-01");
    QTest::newRow("zero span") << QByteArray("00-" + traceId + "-" + QByteArray(16, '0') + "-01");
    QTest::newRow("upper case") << QByteArray("00-" + traceId.toUpper() + "-" + spanId + "-01");
    QTest::newRow("version ff") << QByteArray("ff-" + traceId + "-" + spanId + "-01");
    QTest::newRow("version 00 with more") << QByteArray("00-" + traceId + "-" + spanId + "-01-more");
    QTest::newRow("no dash") << QByteArray("00-" + traceId + "x" + spanId + "-01");
}

void TstTraceContext::startsANewOne()
{
    QFETCH(QByteArray, header);
    const QByteArray made = api::TraceContext::follow(header).traceparent;
    QVERIFY2(isWellFormed(made), made.constData());
    QVERIFY(made.mid(3, 32) != traceId);
    QVERIFY(made.mid(3, 32) != QByteArray(32, '0'));
}

void TstTraceContext::requestIds_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("kept");
    QTest::newRow("usual") << QByteArray("req-42") << true;
    QTest::newRow("128") << QByteArray(128, 'a') << true;
    QTest::newRow("129") << QByteArray(129, 'a') << false;
    QTest::newRow("absent") << QByteArray() << false;
    QTest::newRow("space") << QByteArray("a b") << false;
    QTest::newRow("not ASCII") << QByteArray("\xc3\xbc") << false;
}

void TstTraceContext::requestIds()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, kept);
    const QByteArray id = api::requestIdFrom(header);
    QCOMPARE(id == header, kept);
    QVERIFY(!id.isEmpty());
    QVERIFY(kept || id != api::requestIdFrom(header));
}

QTEST_GUILESS_MAIN(TstTraceContext)
#include "tst_trace_context.moc"
