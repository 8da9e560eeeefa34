#include "inbox/day_groups.h"
#include "inbox_samples.h"

#include <QtTest>

namespace belfry::inbox {
class TestDayGroups : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void groups_data();
    void groups();
};

namespace {
/// "day:app*" from the top; a star is unread. Numbers count down.
std::vector<Groupable> parsed(const QByteArray &text)
{
    std::vector<Groupable> items;
    const QByteArrayList words = text.isEmpty() ? QByteArrayList() : text.split(' ');
    qint64 number = words.size();
    for (const QByteArray &word : words) {
        const QByteArrayList parts = word.split(':');
        QByteArray app = parts[1];
        items.push_back(
            {idOf(number--), app.replace('*', ""), QDate(2026, 3, parts[0].toInt()), word.endsWith('*')});
    }
    return items;
}

/// "[day count/unread]" and "number+count/unread", open stacks with a colon.
QByteArray told(const std::vector<GroupRow> &rows)
{
    QByteArrayList words;
    for (const GroupRow &row : rows) {
        const QByteArray counts = QByteArray::number(row.count) + '/' + QByteArray::number(row.unread);
        if (row.isHeader())
            words.append('[' + QByteArray::number(row.stack.day.day()) + ' ' + counts + ']');
        else
            words.append(QByteArray::number(row.id.low) + (row.isFirst ? '+' : '-') + counts +
                         (row.isOpen ? ":" : ""));
    }
    return words.join(' ');
}
} // namespace

void TestDayGroups::groups_data()
{
    QTest::addColumn<QByteArray>("items");
    QTest::addColumn<QByteArray>("open");
    QTest::addColumn<QByteArray>("rows");
    const auto row = [](const char *name, const char *items, const char *open, const char *rows) {
        QTest::newRow(name) << QByteArray(items) << QByteArray(open) << QByteArray(rows);
    };
    row("empty", "", "", "");
    row("one", "5:a*", "", "[5 1/1] 1+1/1");
    row("stacks of a day", "5:a* 5:b 5:a", "", "[5 3/1] 3+2/1 2+1/0");
    row("an open stack comes together", "5:a* 5:b 5:a", "5:a", "[5 3/1] 3+2/1: 1-1/0 2+1/0");
    row("one alone is not open", "5:a", "5:a", "[5 1/0] 1+1/0");
    row("the same app on two days", "6:a 5:a* 5:a*", "6:a", "[6 1/0] 3+1/0 [5 2/2] 2+2/2");
    row("days never go back", "6:a 4:b 5:c", "", "[6 1/0] 3+1/0 [5 2/0] 2+1/0 1+1/0");
}

void TestDayGroups::groups()
{
    QFETCH(QByteArray, items);
    QFETCH(QByteArray, open);
    QSet<StackKey> opened;
    if (!open.isEmpty())
        opened.insert({QDate(2026, 3, open.split(':')[0].toInt()), open.split(':')[1]});
    QTEST(told(groupRows(parsed(items), opened)), "rows");
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestDayGroups)
#include "tst_day_groups.moc"
