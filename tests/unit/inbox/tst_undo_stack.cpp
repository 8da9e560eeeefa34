#include "inbox/undo_stack.h"
#include "inbox_samples.h"

#include <QtTest>

namespace belfry::inbox {
using model::Engagement;
using model::OpSet;

class TestUndoStack : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void takesBackWhatStillIsSo_data();
    void takesBackWhatStillIsSo();
    void gathersAndCuts();
    void keepsTheLastHundred();
    void whatWasRefusedIsNothingToTakeBack();
};

namespace {
/// "read archived deleted acked snooze1" (day 1).
Engagement engaged(const QByteArray &words)
{
    Engagement e;
    const auto mark = [&](model::MaybeInstant &field, const char *word) {
        if (words.contains(word))
            field = noon;
    };
    mark(e.read, "read");
    mark(e.archived, "archived");
    mark(e.deleted, "deleted");
    mark(e.acked, "acked");
    if (const auto at = words.indexOf("snooze"); at >= 0)
        e.snoozedUntil = noon + model::days(words.mid(at + 6, 2).trimmed().toInt());
    return e;
}

QByteArray told(const std::vector<InverseOp> &ops)
{
    static const char *const names[] = {"seen",   "read",     "unread", "ack",    "archive", "unarchive",
                                        "snooze", "unsnooze", "click",  "delete", "undo"};
    QByteArrayList words;
    for (const InverseOp &op : ops)
        words.append(
            names[int(op.set)] +
            (op.until ? QByteArray::number(qint64((*op.until - noon) / model::days(1))) : QByteArray()));
    return words.join(' ');
}
} // namespace

void TestUndoStack::takesBackWhatStillIsSo_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::addColumn<QByteArray>("now");
    QTest::addColumn<QByteArray>("ops");
    const auto row = [](const char *name, const char *before, const char *after, const char *now,
                        const char *ops) {
        QTest::newRow(name) << QByteArray(before) << QByteArray(after) << QByteArray(now) << QByteArray(ops);
    };
    row("read", "", "read", "read", "unread");
    row("read, then acked", "", "read", "read acked", "");
    row("read, then unread elsewhere", "", "read", "", "");
    row("read, then archived elsewhere", "", "read", "read archived", "");
    row("unread", "read", "", "", "read");
    row("archive of an unread one", "", "read archived", "read archived", "unarchive unread");
    row("archive of a read one", "read", "read archived", "read archived", "unarchive");
    row("archive, taken back elsewhere", "", "read archived", "", "");
    row("archive, taken back elsewhere, still read", "", "read archived", "read", "unread");
    row("unarchive", "read archived", "read", "read", "archive");
    row("snooze of a read one", "read", "snooze1", "snooze1", "unsnooze read");
    row("snooze of a sleeping one", "snooze2", "snooze1", "snooze1", "snooze2");
    row("snooze of one whose time is over meanwhile", "snooze-1", "snooze1", "snooze1", "unsnooze");
    row("snooze, changed elsewhere", "", "snooze1", "snooze3", "");
    row("unsnooze", "snooze2", "", "", "snooze2");
    row("delete", "read", "read deleted", "read deleted", "undo");
    row("delete, taken back elsewhere", "", "deleted", "", "");
}

void TestUndoStack::takesBackWhatStillIsSo()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    QFETCH(QByteArray, now);
    const Engagement current = engaged(now);
    Deed deed;
    deed.items.push_back({idOf(1), engaged(before), engaged(after)});
    QTEST(told(inverseOf(
              deed, [&](const auto &) { return &current; }, noon)),
          "ops");
}

void TestUndoStack::gathersAndCuts()
{
    Deed deed;
    for (qint64 number = 1; number <= 1'200; ++number)
        deed.items.push_back({idOf(number), engaged(number % 2 ? "" : "read"), engaged("read archived")});
    const auto ops = inverseOf(
        deed, [](const auto &) { return nullptr; }, noon);
    QCOMPARE(told(ops), QByteArray("unarchive unarchive unarchive unread unread"));
    QCOMPARE(ops[0].ids.size(), 500);
    QCOMPARE(ops[2].ids.size(), 200);
    QCOMPARE(ops[4].ids.size(), 100);
}

void TestUndoStack::keepsTheLastHundred()
{
    UndoStack stack;
    QVERIFY(!stack.take());
    for (quint64 serial = 1; serial <= 120; ++serial)
        stack.push({serial, Action::Read, {}, {}});
    QCOMPARE(stack.top()->serial, quint64(120));
    QVERIFY(!stack.take(5));
    QCOMPARE(stack.take(50)->serial, quint64(50));
    QVERIFY(!stack.take(50));
    QCOMPARE(stack.take()->serial, quint64(120));
    int left = 0;
    while (stack.take())
        ++left;
    QCOMPARE(left, 98);
    QVERIFY(stack.isEmpty());
}

void TestUndoStack::whatWasRefusedIsNothingToTakeBack()
{
    UndoStack stack;
    stack.push({1, Action::Read, {{idOf(1), {}, {}}, {idOf(2), {}, {}}}, {{"a"}, {"b"}}});
    stack.drop({"a"}, {idOf(1)});
    QCOMPARE(stack.top()->items.size(), std::size_t(1));
    QCOMPARE(stack.top()->ops, QList<model::OpId>{{"b"}});
    stack.drop({"unknown"}, {idOf(2)});
    stack.drop({"b"}, {idOf(2)});
    QVERIFY(stack.isEmpty());
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestUndoStack)
#include "tst_undo_stack.moc"
