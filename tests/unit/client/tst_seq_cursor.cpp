#include "client/seq_cursor.h"

#include <QTest>

using belfry::client::SeqCursor;

class TstSeqCursor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesWhatIsNext();
    void repeatsAreSkipped();
    void gapsMoveNothing();
    void movesToASnapshot();
};

void TstSeqCursor::takesWhatIsNext()
{
    SeqCursor cursor;
    for (int seq = 1; seq < 4; ++seq)
        QCOMPARE(cursor.take(seq), SeqCursor::Verdict::Next);
    QCOMPARE(cursor.contiguous(), 3);
}

void TstSeqCursor::repeatsAreSkipped()
{
    SeqCursor cursor;
    cursor.moveTo(7);
    QCOMPARE(cursor.take(7), SeqCursor::Verdict::Repeat);
    QCOMPARE(cursor.take(1), SeqCursor::Verdict::Repeat);
    QCOMPARE(cursor.contiguous(), 7);
}

void TstSeqCursor::gapsMoveNothing()
{
    SeqCursor cursor;
    cursor.moveTo(7);
    QCOMPARE(cursor.take(9), SeqCursor::Verdict::Gap);
    QCOMPARE(cursor.contiguous(), 7);
    QCOMPARE(cursor.take(8), SeqCursor::Verdict::Next);
}

void TstSeqCursor::movesToASnapshot()
{
    SeqCursor cursor;
    cursor.moveTo(100);
    cursor.moveTo(40); // another epoch
    QCOMPARE(cursor.take(41), SeqCursor::Verdict::Next);
}

QTEST_APPLESS_MAIN(TstSeqCursor)
#include "tst_seq_cursor.moc"
