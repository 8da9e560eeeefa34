#include "store/update_plan.h"

#include <QtTest>

namespace belfry::store {
class TestUpdatePlan : public QObject
{
    Q_OBJECT
private:
    struct Row
    {
        NotificationRow row;
        model::Engagement stored;
    };
    [[nodiscard]] static std::vector<Row> rows(int count);
    [[nodiscard]] static UpdatePlan planOf(const std::vector<Row> &rows, RowPart part = EngagementPart);

private Q_SLOTS:
    void theSameChangeIsOneStatement();
    void aFewGoOneByOne();
    void snoozesGoOneByOne();
    void wholeRowsStayWhole();
};

/// Deleted at once; each was read at a time of its own before.
std::vector<TestUpdatePlan::Row> TestUpdatePlan::rows(int count)
{
    std::vector<Row> rows;
    for (int i = 0; i < count; ++i) {
        Row one;
        one.row.user = 7;
        one.row.item.createdSeq = i + 1;
        one.row.item.seq = 99;
        one.stored.read = model::Instant{i};
        one.row.item.engagement = one.stored;
        one.row.item.engagement.deleted = model::Instant{1'000};
        rows.push_back(one);
    }
    return rows;
}

UpdatePlan TestUpdatePlan::planOf(const std::vector<Row> &rows, RowPart part)
{
    std::vector<WriteTx::RowUpdate> updates;
    for (const Row &one : rows)
        updates.push_back({&one.row, part, &one.stored});
    return planUpdates(updates);
}

void TestUpdatePlan::theSameChangeIsOneStatement()
{
    auto all = rows(40);
    for (std::size_t i = 20; i < 40; ++i)
        all[i].row.user = 8;
    const UpdatePlan plan = planOf(all);
    QCOMPARE(plan.alike.size(), std::size_t(2));
    QVERIFY(plan.engagements.empty());
    for (const UpdatePlan::Alike &alike : plan.alike) {
        QCOMPARE(alike.places.size(), std::size_t(20));
        QCOMPARE(alike.places.front(), alike.change.user == 7 ? 1 : 21);
        QCOMPARE(alike.change.seq, 99);
        model::Engagement onlyDeleted;
        onlyDeleted.deleted = model::Instant{1'000};
        QVERIFY(alike.change.engagement == onlyDeleted);
        QCOMPARE(int(alike.change.changed), 1 << 6); // the seventh column
    }
}

void TestUpdatePlan::aFewGoOneByOne()
{
    QCOMPARE(planOf(rows(3)).engagements.size(), std::size_t(3));
    auto all = rows(40);
    for (std::size_t i = 0; i < 5; ++i)
        all[i].row.item.engagement.deleted = model::Instant{2'000};
    const UpdatePlan plan = planOf(all);
    QCOMPARE(plan.alike.size(), std::size_t(1));
    QCOMPARE(plan.alike.front().places.size(), std::size_t(35));
    QCOMPARE(plan.engagements.size(), std::size_t(5));
}

// Each has its own time to wake up, or to expire.
void TestUpdatePlan::snoozesGoOneByOne()
{
    auto all = rows(40);
    for (Row &one : all)
        one.row.item.engagement.snoozedUntil = model::Instant{3'000};
    QCOMPARE(planOf(all).engagements.size(), all.size());
}

void TestUpdatePlan::wholeRowsStayWhole()
{
    const auto all = rows(40);
    const UpdatePlan plan = planOf(all, EverythingPart);
    QCOMPARE(plan.whole.size(), all.size());
    QVERIFY(plan.alike.empty());
}
} // namespace belfry::store

QTEST_APPLESS_MAIN(belfry::store::TestUpdatePlan)
#include "tst_update_plan.moc"
