#include "domain/alert.h"

#include <QTest>

using namespace belfry;
using model::Alert;

class TestAlert : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofItem_data();
    void ofItem();
    void atDelivery_data();
    void atDelivery();
    void whatIsGoneIsReplayedWithoutAlert_data();
    void whatIsGoneIsReplayedWithoutAlert();
    void replayedRelease();
};

void TestAlert::ofItem_data()
{
    QTest::addColumn<int>("urgency");
    QTest::addColumn<bool>("toast");
    QTest::addColumn<bool>("critical");
    QTest::addColumn<int>("expected");
    QTest::newRow("very-low") << int(model::Urgency::VeryLow) << true << false << int(Alert::None);
    QTest::newRow("low") << int(model::Urgency::Low) << true << false << int(Alert::Silent);
    QTest::newRow("normal") << int(model::Urgency::Normal) << true << false << int(Alert::Sound);
    QTest::newRow("high") << int(model::Urgency::High) << true << false << int(Alert::Sound);
    QTest::newRow("toast off (H86)") << int(model::Urgency::High) << false << false << int(Alert::None);
    QTest::newRow("critical passes") << int(model::Urgency::Normal) << false << true << int(Alert::Sound);
}

void TestAlert::ofItem()
{
    QFETCH(int, urgency);
    QFETCH(bool, toast);
    QFETCH(bool, critical);
    QFETCH(int, expected);
    model::Notification item;
    item.content.urgency = static_cast<model::Urgency>(urgency);
    item.content.critical = critical;
    item.toast = toast;
    QCOMPARE(int(domain::alertOf(item)), expected);
}

void TestAlert::atDelivery_data()
{
    QTest::addColumn<bool>("replayed");
    QTest::addColumn<int>("ageSeconds");
    QTest::addColumn<bool>("seen");
    QTest::addColumn<bool>("critical");
    QTest::addColumn<bool>("acked");
    QTest::addColumn<int>("expected");
    const int sound = int(Alert::Sound);
    const int none = int(Alert::None);
    QTest::newRow("live, however late") << false << 9'000 << false << false << false << sound;
    QTest::newRow("replayed young") << true << 299 << false << false << false << sound;
    QTest::newRow("replayed old") << true << 300 << false << false << false << none;
    QTest::newRow("replayed seen") << true << 1 << true << false << false << none;
    QTest::newRow("replayed old critical") << true << 9'000 << true << true << false << sound;
    QTest::newRow("replayed critical, acked") << true << 1 << true << true << true << none;
}

void TestAlert::atDelivery()
{
    QFETCH(bool, replayed);
    QFETCH(int, ageSeconds);
    QFETCH(bool, seen);
    QFETCH(bool, critical);
    QFETCH(bool, acked);
    QFETCH(int, expected);
    const model::Instant now{1'700'000'000'000'000};
    model::Notification item;
    item.createdSeq = 1;
    item.content.critical = critical;
    if (seen)
        item.engagement.seen = now;
    if (acked)
        item.engagement.acked = now;
    model::Change change;
    change.at = now - std::chrono::seconds(ageSeconds);
    change.alert = Alert::Sound;
    change.what = item;
    QCOMPARE(int(domain::alertAtDelivery(change, replayed, now)), expected);
    change.alert = Alert::None;
    QCOMPARE(domain::alertAtDelivery(change, replayed, now), Alert::None);
}

void TestAlert::whatIsGoneIsReplayedWithoutAlert_data()
{
    QTest::addColumn<model::State>("state");
    QTest::addColumn<bool>("archived");
    QTest::newRow("recalled") << model::State::Recalled << false;
    QTest::newRow("expired") << model::State::Expired << false;
    QTest::newRow("archived") << model::State::Done << true;
}

void TestAlert::whatIsGoneIsReplayedWithoutAlert()
{
    QFETCH(model::State, state);
    QFETCH(bool, archived);
    const model::Instant now{1'700'000'000'000'000};
    model::Notification item;
    item.createdSeq = 1;
    item.state = state;
    if (archived)
        item.engagement.archived = now;
    model::Change change{2, model::ChangeKind::Created, now, item, Alert::Sound};
    QCOMPARE(domain::alertAtDelivery(change, true, now), Alert::None);
    item.content.critical = true;
    change.what = item;
    QCOMPARE(domain::alertAtDelivery(change, true, now), Alert::None);
    QCOMPARE(domain::alertAtDelivery(change, false, now), Alert::Sound);
    change.what = model::Gone{item.id};
    QCOMPARE(domain::alertAtDelivery(change, true, now), Alert::None);
}

void TestAlert::replayedRelease()
{
    const model::Instant now{1'700'000'000'000'000};
    model::Change change;
    change.kind = model::ChangeKind::Alert;
    change.what = model::AlertChange{};
    change.alert = Alert::Silent;
    change.at = now - std::chrono::minutes(1);
    QCOMPARE(domain::alertAtDelivery(change, true, now), Alert::Silent);
    QCOMPARE(domain::alertAtDelivery(change, true, now + std::chrono::minutes(5)), Alert::None);
}

QTEST_GUILESS_MAIN(TestAlert)
#include "tst_alert.moc"
