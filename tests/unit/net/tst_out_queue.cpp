#include "net/out_queue.h"

#include <QTest>

using namespace belfry::net;

namespace {
/// Takes what it is told to, call by call; then nothing.
class ScriptedSink final : public Sink
{
public:
    explicit ScriptedSink(QList<qint64> script)
        : m_script(std::move(script))
    {
    }
    qint64 write(const iovec *parts, int count) override
    {
        counts.append(count);
        if (m_script.isEmpty())
            return wouldBlock;
        qint64 left = m_script.takeFirst();
        if (left < 0)
            return left;
        qint64 taken = 0;
        for (int i = 0; i < count && left > 0; ++i) {
            const qint64 n = std::min<qint64>(left, static_cast<qint64>(parts[i].iov_len));
            got.append(static_cast<const char *>(parts[i].iov_base), n);
            left -= n;
            taken += n;
        }
        return taken;
    }

    QByteArray got;
    QList<int> counts;

private:
    QList<qint64> m_script;
};

constexpr qint64 all = 1 << 30;
} // namespace

class TestOutQueue final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void manyPartsAreOneCall()
    {
        OutQueue queue;
        for (int i = 0; i < 10; ++i)
            queue.append(QByteArray::number(i));
        QCOMPARE(queue.waiting(), 10);
        ScriptedSink sink({all});
        quint64 calls = 0;
        QCOMPARE(queue.flush(sink, calls), OutQueue::Flushed::All);
        QCOMPARE(calls, 1U);
        QCOMPARE(sink.got, "0123456789");
        QCOMPARE(queue.waiting(), 0);
    }

    void veryManyAreSeveralCalls()
    {
        OutQueue queue;
        for (int i = 0; i < 200; ++i)
            queue.append("x");
        ScriptedSink sink({all, all, all, all});
        quint64 calls = 0;
        QCOMPARE(queue.flush(sink, calls), OutQueue::Flushed::All);
        QCOMPARE(sink.counts, (QList<int>{64, 64, 64, 8}));
        QCOMPARE(sink.got.size(), 200);
    }

    void bytesAreShared()
    {
        const QByteArray frame(1000, 'f');
        OutQueue queue;
        queue.append(frame);
        class Same final : public Sink
        {
        public:
            qint64 write(const iovec *parts, int) override
            {
                seen = parts->iov_base;
                return wouldBlock;
            }
            const void *seen = nullptr;
        } sink;
        quint64 calls = 0;
        QCOMPARE(queue.flush(sink, calls), OutQueue::Flushed::Blocked);
        QCOMPARE(sink.seen, static_cast<const void *>(frame.constData()));
    }

    // Whatever the kernel takes at a time, the stream is the same.
    void keepsItsPlace()
    {
        QByteArray whole;
        for (int step = 1; step <= 12; ++step) {
            OutQueue queue;
            for (const char *part : {"alpha", "b", "", "gamma delta", "e"})
                queue.append(part);
            QByteArray got;
            for (int guard = 0; queue.waiting() > 0 && guard < 100; ++guard) {
                ScriptedSink sink({step});
                quint64 calls = 0;
                const OutQueue::Flushed flushed = queue.flush(sink, calls);
                QCOMPARE(flushed, queue.waiting() > 0 ? OutQueue::Flushed::Blocked : OutQueue::Flushed::All);
                got += sink.got;
            }
            QCOMPARE(got, "alphabgamma deltae");
        }
    }

    void aPartMayComeWhileOthersWait()
    {
        OutQueue queue;
        queue.append("abc");
        ScriptedSink first({2});
        quint64 calls = 0;
        QCOMPARE(queue.flush(first, calls), OutQueue::Flushed::Blocked);
        queue.append("def");
        ScriptedSink second({all});
        QCOMPARE(queue.flush(second, calls), OutQueue::Flushed::All);
        QCOMPARE(first.got + second.got, "abcdef");
    }

    void aPeerThatIsAlwaysBehindHoldsNoMoreThanWhatWaits()
    {
        OutQueue queue;
        queue.append("ab");
        QByteArray got;
        for (int i = 0; i < 10'000; ++i) {
            queue.append("ab");
            ScriptedSink sink({2});
            quint64 calls = 0;
            QCOMPARE(queue.flush(sink, calls), OutQueue::Flushed::Blocked);
            got += sink.got;
            QVERIFY2(queue.places() <= 66, qPrintable(QString::number(queue.places())));
        }
        QCOMPARE(got, QByteArray("ab").repeated(10'000));
    }

    void onlyWhatHasBegunIsKept()
    {
        OutQueue queue;
        queue.append("first");
        queue.append("second");
        queue.append("third");
        ScriptedSink sink({7});
        quint64 calls = 0;
        QCOMPARE(queue.flush(sink, calls), OutQueue::Flushed::Blocked);
        queue.dropUnstarted();
        QCOMPARE(queue.waiting(), 4);
        queue.append("!");
        ScriptedSink rest({all});
        QCOMPARE(queue.flush(rest, calls), OutQueue::Flushed::All);
        QCOMPARE(sink.got + rest.got, "firstsecond!");
    }

    void nothingBegunNothingKept()
    {
        OutQueue queue;
        queue.append("first");
        queue.dropUnstarted();
        QCOMPARE(queue.waiting(), 0);
    }

    void aFailureIsTold()
    {
        OutQueue queue;
        queue.append("x");
        ScriptedSink sink({Sink::failed});
        quint64 calls = 0;
        QCOMPARE(queue.flush(sink, calls), OutQueue::Flushed::Failed);
    }
};

QTEST_GUILESS_MAIN(TestOutQueue)
#include "tst_out_queue.moc"
