#include "model/uuid.h"

#include <QSet>
#include <QTest>
#include <algorithm>
#include <thread>
#include <vector>

using namespace belfry::model;

namespace {
constexpr Instant someTime{1'700'000'000'123'456};

quint64 millisecondsOf(const Uuid &id)
{
    return id.high >> 16;
}
} // namespace

class TstUuid : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionSevenHoldsTheMilliseconds();
    void idsOfOneMillisecondAscend();
    void idsAscendWhenTheClockIsSetBack();
    void tellsWhenItWasMade();
    void idsOfSeveralThreadsDiffer();
    void textRoundTrip();
    void upperCaseIsRead();
    void malformedTextIsNothing_data();
    void malformedTextIsNothing();
    void bytesAreMostSignificantFirst();
    void bytesOfAnotherLengthAreNothing();
    void orderOfTextBytesAndValueIsTheSame();
};

void TstUuid::versionSevenHoldsTheMilliseconds()
{
    // Far ahead of every other test here, whose ids could push this one on.
    const Instant at = someTime + days(365);
    const Uuid id = Uuid::makeV7(at);
    QCOMPARE(millisecondsOf(id), static_cast<quint64>(at.us / 1000));
    QCOMPARE((id.high >> 12) & 0xf, quint64(7));
    QCOMPARE(id.low >> 62, quint64(2));
    QVERIFY(!id.isNull());
    QVERIFY(Uuid().isNull());
}

void TstUuid::idsOfOneMillisecondAscend()
{
    // More than the 12 bits that count within a millisecond.
    Uuid last = Uuid::makeV7(someTime);
    for (int i = 0; i < 10'000; ++i) {
        const Uuid next = Uuid::makeV7(someTime);
        QVERIFY(last < next);
        QCOMPARE((next.high >> 12) & 0xf, quint64(7));
        QCOMPARE(next.low >> 62, quint64(2));
        last = next;
    }
}

void TstUuid::idsAscendWhenTheClockIsSetBack()
{
    const Uuid before = Uuid::makeV7(someTime + std::chrono::seconds(5));
    QVERIFY(before < Uuid::makeV7(someTime));
}

void TstUuid::tellsWhenItWasMade()
{
    const Instant at{someTime.us + days(730).count()};
    const Uuid id = Uuid::makeV7(at);
    QVERIFY(id.madeAt() <= at && at - id.madeAt() < std::chrono::milliseconds(1));
    QVERIFY(Uuid::firstAt(id.madeAt()) <= id);
    QVERIFY(id < Uuid::firstAt(id.madeAt() + std::chrono::microseconds(1)));
    QVERIFY(Uuid::firstAt(id.madeAt()).madeAt() == id.madeAt());
    QVERIFY(Uuid::firstAt({-5}).isNull());
}

void TstUuid::idsOfSeveralThreadsDiffer()
{
    constexpr int perThread = 5'000;
    std::array<std::vector<Uuid>, 4> made;
    std::vector<std::thread> threads;
    for (std::vector<Uuid> &ids : made) {
        threads.emplace_back([&ids] {
            for (int i = 0; i < perThread; ++i)
                ids.push_back(Uuid::makeV7(someTime));
        });
    }
    for (std::thread &thread : threads)
        thread.join();

    QSet<quint64> ticks;
    for (const std::vector<Uuid> &ids : made) {
        QVERIFY(std::is_sorted(ids.begin(), ids.end()));
        for (const Uuid &id : ids)
            ticks.insert(id.high);
    }
    QCOMPARE(ticks.size(), perThread * static_cast<qsizetype>(made.size()));
}

void TstUuid::textRoundTrip()
{
    const Uuid id{0x0123456789ab7def, 0x8123456789abcdef};
    QCOMPARE(id.toText(), Text("01234567-89ab-7def-8123-456789abcdef"));
    QCOMPARE(Uuid::parse(id.toText()), std::optional(id));

    QByteArray line("id=");
    id.appendTo(line);
    QCOMPARE(line, QByteArray("id=01234567-89ab-7def-8123-456789abcdef"));
}

void TstUuid::upperCaseIsRead()
{
    QCOMPARE(Uuid::parse("01234567-89AB-7DEF-8123-456789ABCDEF"),
             (std::optional(Uuid{0x0123456789ab7def, 0x8123456789abcdef})));
}

void TstUuid::malformedTextIsNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("too short") << QByteArray("01234567-89ab-7def-8123-456789abcde");
    QTest::newRow("too long") << QByteArray("01234567-89ab-7def-8123-456789abcdef0");
    QTest::newRow("braces") << QByteArray("{1234567-89ab-7def-8123-456789abcde}");
    QTest::newRow("no dashes") << QByteArray("0123456789ab7def8123456789abcdef0000");
    QTest::newRow("dash elsewhere") << QByteArray("012345678-9ab-7def-8123-456789abcdef");
    QTest::newRow("a letter past f") << QByteArray("0123456g-89ab-7def-8123-456789abcdef");
    QTest::newRow("@ is no A") << QByteArray("0123456@-89ab-7def-8123-456789abcdef");
    QTest::newRow("NUL") << QByteArray("0123456\0-89ab-7def-8123-456789abcdef", 36);
    QTest::newRow("not ASCII") << QByteArray("0123456\xe1-89ab-7def-8123-456789abcdef");
}

void TstUuid::malformedTextIsNothing()
{
    QFETCH(QByteArray, text);
    QVERIFY(!Uuid::parse(text));
}

void TstUuid::bytesAreMostSignificantFirst()
{
    const Uuid id{0x0102030405060708, 0x090a0b0c0d0e0f10};
    QCOMPARE(id.toBytes(), QByteArray::fromHex("0102030405060708090a0b0c0d0e0f10"));
    QCOMPARE(Uuid::fromBytes(id.toBytes()), std::optional(id));
}

void TstUuid::bytesOfAnotherLengthAreNothing()
{
    QVERIFY(!Uuid::fromBytes(QByteArray()));
    QVERIFY(!Uuid::fromBytes(QByteArray(15, '\1')));
    QVERIFY(!Uuid::fromBytes(QByteArray(17, '\1')));
}

void TstUuid::orderOfTextBytesAndValueIsTheSame()
{
    const std::vector<Uuid> ascending{{0, 1},
                                      {1, 0},
                                      {0x7fffffffffffffff, 0},
                                      {0x8000000000000000, 0},
                                      {0x8000000000000000, 0xf000000000000000}};
    for (std::size_t i = 1; i < ascending.size(); ++i) {
        QVERIFY(ascending[i - 1] < ascending[i]);
        QVERIFY(ascending[i - 1].toText() < ascending[i].toText());
        QVERIFY(ascending[i - 1].toBytes() < ascending[i].toBytes());
    }
}

QTEST_GUILESS_MAIN(TstUuid)
#include "tst_uuid.moc"
