#include "model/notification.h"

#include <QTest>

using namespace belfry::model;

namespace {
/// In the list, with every kind of timestamp that leaves it there.
Notification listed()
{
    Notification n;
    n.state = State::Done;
    n.seq = 4;
    n.createdSeq = 3;
    n.engagement.seen = Instant{1};
    n.engagement.read = Instant{2};
    n.engagement.acked = Instant{2};
    n.engagement.clicked = Instant{2};
    return n;
}
} // namespace

class TstNotification : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void activeByState_data();
    void activeByState();
    void activeByEngagement();
    void withoutASeqItIsNotListed();
    void onlyARecalledOneIsGone();
    void alerts();
};

void TstNotification::activeByState_data()
{
    QTest::addColumn<State>("state");
    QTest::addColumn<bool>("active");
    QTest::newRow("accepted") << State::Accepted << true;
    QTest::newRow("held") << State::Held << false;
    QTest::newRow("queued") << State::Queued << true;
    QTest::newRow("done") << State::Done << true;
    QTest::newRow("expired") << State::Expired << false;
    QTest::newRow("recalled") << State::Recalled << false;
    QTest::newRow("cancelled") << State::Cancelled << false;
    QTest::newRow("suppressed") << State::Suppressed << false;
}

void TstNotification::activeByState()
{
    QFETCH(State, state);
    QFETCH(bool, active);
    Notification n = listed();
    n.state = state;
    QCOMPARE(isActive(n), active);
}

void TstNotification::activeByEngagement()
{
    QVERIFY(isActive(listed()));
    for (MaybeInstant Engagement::*field :
         {&Engagement::archived, &Engagement::snoozedUntil, &Engagement::deleted}) {
        Notification n = listed();
        n.engagement.*field = Instant{3};
        QVERIFY(!isActive(n));
    }
}

void TstNotification::withoutASeqItIsNotListed()
{
    Notification n = listed();
    n.createdSeq = 0;
    QVERIFY(!isActive(n));
}

void TstNotification::onlyARecalledOneIsGone()
{
    Notification n = listed();
    QVERIFY(!isGone(n));
    n.engagement.deleted = Instant{3}; // may still be undone
    QVERIFY(!isGone(n));
    n.state = State::Expired;
    QVERIFY(!isGone(n));
    n.state = State::Recalled;
    QVERIFY(isGone(n));
}

void TstNotification::alerts()
{
    QCOMPARE(alertFor(Urgency::VeryLow), Alert::None);
    QCOMPARE(alertFor(Urgency::Low), Alert::Silent);
    QCOMPARE(alertFor(Urgency::Normal), Alert::Sound);
    QCOMPARE(alertFor(Urgency::High), Alert::Sound);
}

QTEST_GUILESS_MAIN(TstNotification)
#include "tst_notification.moc"
