#include "gateway_rig.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;
using test::FakeConnection;
using test::GatewayRig;
using namespace std::chrono_literals;

namespace {
const model::UserId reader{"17"};

QList<qint64> seqsOf(const FakeConnection &socket)
{
    QList<qint64> found;
    for (const QByteArray &payload : socket.payloads)
        found.append(QJsonDocument::fromJson(payload)[QLatin1String("seq")].toInteger());
    return found;
}

/// "event" or "event#id" of each event of a stream; comments are ":".
QList<QByteArray> events(const QByteArray &stream)
{
    QList<QByteArray> found;
    for (QByteArray chunk : QByteArray(stream).replace("\n\n", "\x01").split('\x01')) {
        QByteArray id;
        QByteArray name;
        for (const QByteArray &line : chunk.split('\n')) {
            if (line.startsWith("id: "))
                id = "#" + line.mid(4);
            if (line.startsWith("event: "))
                name = line.mid(7);
            if (line.startsWith(':'))
                name = ":";
        }
        if (!name.isEmpty())
            found.append(name + id);
    }
    return found;
}

QList<QList<model::NotificationId>> readIds(const GatewayRig &rig)
{
    QList<QList<model::NotificationId>> found;
    for (const auto &[user, op] : rig.store.logs.ops) {
        if (op.set == model::OpSet::Read)
            found.append(std::get<QList<model::NotificationId>>(op.target));
    }
    return found;
}

model::NotificationId idOf(const model::Change &change)
{
    return std::get<model::Notification>(change.what).id;
}
} // namespace

/// S2's plain sockets (H29) and event streams (H28).
class TstReaders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void plainShowsOnlyWhatIsNew()
    {
        GatewayRig rig;
        rig.commit(reader, "old");
        FakeConnection &socket = rig.plain(reader);
        rig.settle();
        QVERIFY(socket.payloads.isEmpty());
        rig.commit(reader, "new");
        rig.settle();
        QCOMPARE(socket.payloads.size(), 1);
        const QJsonDocument frame = QJsonDocument::fromJson(socket.payloads.front());
        QCOMPARE(frame[QLatin1String("user_id")].toInteger(), 17);
        QCOMPARE(frame[QLatin1String("seq")].toInteger(), 2);
        QVERIFY(frame.object().contains(QLatin1String("metadata")));
    }

    void plainMissesNothingThatCameBeforeItsPlaceWasKnown()
    {
        GatewayRig rig;
        rig.store.exclusive = false;
        rig.commit(reader, "old");
        FakeConnection &socket = rig.plain(reader);
        rig.commit(reader, "new"); // before the read of the state is answered
        rig.settle();
        QCOMPARE(seqsOf(socket), QList<qint64>{2});
    }

    void plainResumes()
    {
        GatewayRig rig;
        for (int i = 0; i < 5; ++i)
            rig.commit(reader);
        FakeConnection &socket = rig.plain(reader, 2);
        rig.settle();
        QCOMPARE(seqsOf(socket), (QList<qint64>{3, 4, 5}));
        QCOMPARE(socket.pings, QList<QByteArray>{"5"});
    }

    void updatesAreNotSent()
    {
        GatewayRig rig;
        FakeConnection &socket = rig.plain(reader);
        const model::Change created = rig.commit(reader);
        rig.settle();
        socket.forget();
        model::Change updated = created;
        updated.kind = model::ChangeKind::Updated;
        rig.tell({rig.inbox().append(reader, updated)});
        model::Change recalled;
        recalled.kind = model::ChangeKind::Recalled;
        recalled.what = model::Gone{idOf(created)};
        rig.tell({rig.inbox().append(reader, recalled)});
        rig.settle();
        QVERIFY(socket.payloads.isEmpty());
        QVERIFY(socket.pings.isEmpty());
        rig.commit(reader);
        rig.settle();
        QCOMPARE(seqsOf(socket), QList<qint64>{4});
    }

    void aPongMarksReadWhatArrived()
    {
        GatewayRig rig;
        rig.commit(reader, "never shown here");
        FakeConnection &socket = rig.plain(reader);
        const model::Change a = rig.commit(reader);
        const model::Change b = rig.commit(reader);
        rig.settle();
        QCOMPARE(socket.pings, QList<QByteArray>{"3"}); // one for the burst
        QVERIFY(readIds(rig).isEmpty());
        const model::Change c = rig.commit(reader);
        socket.pong("3");
        rig.settle();
        QCOMPARE(readIds(rig), (QList<QList<model::NotificationId>>{{idOf(a), idOf(b)}}));
        socket.pong("4");
        socket.pong("4");
        rig.settle();
        QCOMPARE(readIds(rig), (QList<QList<model::NotificationId>>{{idOf(a), idOf(b)}, {idOf(c)}}));
    }

    void anAckMarksReadToo_data()
    {
        QTest::addColumn<QByteArray>("ack");
        QTest::addColumn<int>("read");
        QTest::newRow("seq") << QByteArray(R"({"ack":2})") << 2;
        QTest::newRow("id") << QByteArray(R"({"ack":"%1"})") << 1;
        QTest::newRow("legacy id") << QByteArray(R"({"ack":"7"})") << 1;
        QTest::newRow("unknown id") << QByteArray(R"({"ack":"01890000-0000-7000-8000-000000000000"})") << 0;
    }
    void anAckMarksReadToo()
    {
        QFETCH(QByteArray, ack);
        QFETCH(const int, read);
        GatewayRig rig;
        FakeConnection &socket = rig.plain(reader);
        rig.settle();
        ports::Committed first = rig.inbox().create(reader);
        std::get<model::Notification>(first.change.what).legacyId = 7;
        rig.tell({first});
        rig.commit(reader);
        rig.settle();
        socket.say(ack.replace("%1", idOf(first.change).toText()));
        rig.settle();
        QCOMPARE(readIds(rig).value(0).size(), read);
    }

    void withoutPongsNoMoreIsSentThanFits()
    {
        gateway::GatewaySettings settings;
        settings.unreadInFlight = 3;
        GatewayRig rig(settings);
        FakeConnection &socket = rig.plain(reader);
        for (int i = 0; i < 8; ++i) {
            rig.commit(reader);
            rig.settle();
        }
        QCOMPARE(seqsOf(socket), (QList<qint64>{1, 2, 3}));
        socket.pong("3");
        rig.settle();
        QCOMPARE(seqsOf(socket), (QList<qint64>{1, 2, 3, 4, 5, 6}));
        QCOMPARE(socket.pings.last(), QByteArray("6"));
        socket.pong("6");
        rig.settle();
        QCOMPARE(seqsOf(socket), (QList<qint64>{1, 2, 3, 4, 5, 6, 7, 8}));
        socket.pong("8");
        rig.settle();
        qsizetype read = 0;
        for (const auto &ids : readIds(rig))
            read += ids.size();
        QCOMPARE(read, 8);
    }

    void anonymousOnesAreCountedByAddress()
    {
        gateway::GatewaySettings settings;
        settings.anonymousPerAddress = 2;
        GatewayRig rig(settings);
        FakeConnection &first = rig.plain({"1"}, {}, GatewayRig::anonymous());
        FakeConnection &second = rig.plain({"2"}, {}, GatewayRig::anonymous());
        FakeConnection &third = rig.plain({"3"}, {}, GatewayRig::anonymous());
        QVERIFY(first.isOpen() && second.isOpen());
        QCOMPARE(int(third.closeCode.value_or(0)), 4009);
        QVERIFY(rig.plain({"4"}, {}, GatewayRig::key()).isOpen());
        first.hangUp();
        rig.settle();
        QVERIFY(rig.plain({"5"}, {}, GatewayRig::anonymous()).isOpen());
    }

    void streamsHaveOneEventForEachSeq()
    {
        GatewayRig rig;
        for (int i = 0; i < 3; ++i)
            rig.commit(reader);
        FakeConnection &stream = rig.stream(reader, 1);
        rig.settle();
        rig.commit(reader);
        rig.settle();
        QCOMPARE(events(stream.stream),
                 (QList<QByteArray>{"welcome", "ev#2", "ev#3", "live", "counts", "ev#4", "counts"}));
    }

    void streamsOfAnotherEpochReset()
    {
        GatewayRig rig;
        rig.commit(reader);
        rig.commit(reader);
        FakeConnection &stream = rig.stream(reader, 1, "epoch-0");
        rig.settle();
        QCOMPARE(events(stream.stream), (QList<QByteArray>{"welcome", "reset#2", "live", "counts"}));
        rig.commit(reader);
        rig.settle();
        QCOMPARE(events(stream.stream).mid(4), (QList<QByteArray>{"ev#3", "counts"}));
    }

    void streamsAreKeptAwake()
    {
        GatewayRig rig;
        FakeConnection &stream = rig.stream(reader);
        rig.settle();
        stream.forget();
        for (int i = 0; i < 100; ++i)
            rig.pass(1s);
        QVERIFY(stream.isOpen());
        QCOMPARE(events(stream.stream), (QList<QByteArray>{":", ":", ":", ":"}));
    }

    void aBigReplayOfAStreamWaits()
    {
        GatewayRig rig;
        for (int i = 0; i < 20; ++i)
            rig.inbox().create(reader, QByteArray(100 * 1024, 'x'));
        FakeConnection &stream = rig.stream(reader, 0);
        rig.settle();
        QCOMPARE(events(stream.stream).size(), 20 + 3);
        QVERIFY(stream.mostWaiting < 500 * 1024);
    }
};

QTEST_GUILESS_MAIN(TstReaders)
#include "tst_readers.moc"
