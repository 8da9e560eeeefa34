#include "../inbox/inbox_samples.h"
#include "window/row_selection.h"

#include <QSignalSpy>
#include <QtTest>

namespace belfry::window {
class TestRowSelection : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void togglesAllOfAStack();
    void tellsInTheOrderOfTheList();
    void whatLeavesTheListIsNotChosen();
};

void TestRowSelection::togglesAllOfAStack()
{
    inbox::InboxModel model;
    for (qint64 number = 1; number <= 4; ++number)
        model.tell(inbox::created(inbox::sample(number)), inbox::noon);
    inbox::InboxFilter filter(model);
    RowSelection selection(filter);
    QSignalSpy changed(&selection, &RowSelection::changed);
    selection.toggle({inbox::idOf(1)});
    selection.toggle({inbox::idOf(1), inbox::idOf(2)}); // not all of them were: now they are
    QCOMPARE(selection.size(), 2);
    selection.toggle({inbox::idOf(1), inbox::idOf(2)});
    QCOMPARE(selection.size(), 0);
    QCOMPARE(changed.count(), 3);
    selection.clear();
    QCOMPARE(changed.count(), 3);
}

void TestRowSelection::tellsInTheOrderOfTheList()
{
    inbox::InboxModel model;
    for (qint64 number = 1; number <= 4; ++number)
        model.tell(inbox::created(inbox::sample(number)), inbox::noon);
    inbox::InboxFilter filter(model);
    RowSelection selection(filter);
    selection.add({inbox::idOf(2), inbox::idOf(4), inbox::idOf(1)});
    const RowSelection::Ids newestFirst{inbox::idOf(4), inbox::idOf(2), inbox::idOf(1)};
    QCOMPARE(selection.ids(), newestFirst);
}

void TestRowSelection::whatLeavesTheListIsNotChosen()
{
    inbox::InboxModel model;
    for (qint64 number = 1; number <= 4; ++number)
        model.tell(inbox::created(inbox::sample(number)), inbox::noon);
    inbox::InboxFilter filter(model);
    RowSelection selection(filter);
    selection.add({inbox::idOf(2), inbox::idOf(4)});
    model.tell(inbox::applied(9, inbox::op("o", model::OpSet::Archive, {4})), inbox::noon);
    QVERIFY(!selection.contains(inbox::idOf(4)));
    QCOMPARE(selection.size(), 1);
    model.tell(inbox::gone(10, 2), inbox::noon);
    QCOMPARE(selection.size(), 0);
}
} // namespace belfry::window

QTEST_GUILESS_MAIN(belfry::window::TestRowSelection)
#include "tst_row_selection.moc"
