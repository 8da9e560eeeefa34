#include "store/row_flags.h"

#include <QtTest>

namespace belfry::store {
using model::Instant;
using model::Notification;
using model::State;
using ports::DueKind;
using ports::ListState;

class TestRowFlags : public QObject
{
    Q_OBJECT
private:
    static Notification item()
    {
        Notification n;
        n.state = State::Queued;
        n.createdSeq = 1;
        n.expiresAt = Instant{1000};
        return n;
    }
    /// In which lists it stands.
    static QList<int> lists(const Notification &n)
    {
        QList<int> shown;
        for (const ListState state :
             {ListState::Active, ListState::Unread, ListState::Read, ListState::Archived, ListState::Snoozed,
              ListState::Deleted, ListState::All}) {
            if (filterOf(state).accepts(rowFlags(n)))
                shown.append(int(state));
        }
        return shown;
    }
    static QList<int> of(std::initializer_list<ListState> states)
    {
        QList<int> list;
        for (const ListState state : states)
            list.append(int(state));
        return list;
    }

private Q_SLOTS:
    void saysWhereItIsListed();
    void agreesWithTheModel();
    void knowsWhenItIsDue();
};

void TestRowFlags::saysWhereItIsListed()
{
    Notification n = item();
    QCOMPARE(lists(n), of({ListState::Active, ListState::Unread, ListState::All}));
    n.engagement.read = Instant{1};
    QCOMPARE(lists(n), of({ListState::Active, ListState::Read, ListState::All}));
    n.engagement.archived = Instant{1};
    QCOMPARE(lists(n), of({ListState::Archived, ListState::All}));
    n.state = State::Expired; // an archive keeps what has expired
    QCOMPARE(lists(n), of({ListState::Archived, ListState::All}));
    n.engagement.deleted = Instant{1};
    QCOMPARE(lists(n), of({ListState::Deleted, ListState::All}));
    n.state = State::Recalled;
    QCOMPARE(lists(n), of({}));
    n = item();
    n.engagement.snoozedUntil = Instant{500};
    QCOMPARE(lists(n), of({ListState::Snoozed, ListState::All}));
    n = item();
    n.createdSeq = 0;
    QCOMPARE(lists(n), of({}));
}

void TestRowFlags::agreesWithTheModel()
{
    for (int state = 0; state <= int(State::Dead); ++state) {
        for (int bits = 0; bits < 32; ++bits) {
            Notification n = item();
            n.state = static_cast<State>(state);
            const auto when = [bits](int bit) {
                return (bits >> bit) & 1 ? model::MaybeInstant(Instant{1}) : std::nullopt;
            };
            n.engagement.seen = when(0);
            n.engagement.read = when(1);
            n.engagement.archived = when(2);
            n.engagement.snoozedUntil = when(3);
            n.engagement.deleted = when(4);
            const quint8 flags = rowFlags(n);
            QCOMPARE((flags & ActiveFlag) != 0, model::isActive(n));
            QCOMPARE(countsOf(flags).unseen, model::isActive(n) && !n.engagement.seen ? 1 : 0);
            QCOMPARE(countsOf(flags).unread, model::isActive(n) && !n.engagement.read ? 1 : 0);
        }
    }
}

void TestRowFlags::knowsWhenItIsDue()
{
    Notification n = item();
    QVERIFY(dueAt(n) == Instant{1000});
    QCOMPARE(dueKind(n), DueKind::Expire);
    n.engagement.snoozedUntil = Instant{500};
    QVERIFY(dueAt(n) == Instant{500});
    QCOMPARE(dueKind(n), DueKind::Unsnooze);
    n.engagement.snoozedUntil = Instant{2000};
    QVERIFY(dueAt(n) == Instant{1000});
    QCOMPARE(dueKind(n), DueKind::Expire);
    n.state = State::Held;
    n.scheduledFor = Instant{100};
    QVERIFY(dueAt(n) == Instant{100});
    QCOMPARE(dueKind(n), DueKind::Release);
    for (const State state :
         {State::Expired, State::Recalled, State::Cancelled, State::Suppressed, State::Dead}) {
        n.state = state;
        QVERIFY(!dueAt(n));
    }
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestRowFlags)
#include "tst_row_flags.moc"
