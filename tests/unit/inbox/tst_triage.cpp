#include "inbox/triage.h"
#include "inbox_samples.h"

#include <QSignalSpy>
#include <QtTest>

namespace belfry::inbox {
using model::OpSet;

class TestTriage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void doesAndTakesBack();
    void undoesManyLevels();
    void whatChangesNothingIsNoDeed();
    void snoozedOnesComeBackUnread();
    void bulkIsCutIntoOps();
    void readAllLeavesNewsAlone();
    void asksForTheAckFirst();
    void refusalsAreToldAndTakenBack();
    void beatenByAnotherDevice();
    void aFullQueueIsTold();
    void mutesACategory();
    void undoLeavesWhatOthersDid();
    void anythingAtRandomCanBeTakenBack();
};

namespace {
/// Takes ops and shows them, as the session does; answers when told to.
class FakeSink : public OpSink
{
public:
    explicit FakeSink(InboxModel &inbox)
        : m_inbox(inbox)
    {
    }

    model::Result<model::OpId> send(OpSet set, const QList<model::NotificationId> &ids,
                                    model::MaybeInstant until) override
    {
        return take({{}, set, ids, now, until});
    }
    model::Result<model::OpId> sendUpTo(OpSet set, model::Seq seq) override
    {
        return take({{}, set, model::UpTo{seq, {}}, now, {}});
    }
    void setMuted(const model::Text &category, bool muted, Muted answer) override
    {
        mutes.append(category + (muted ? " off" : " on"));
        muteAnswers.push_back(std::move(answer));
    }

    /// As the server: tells the op to all, then answers it.
    void answer(std::size_t index, Triage &triage)
    {
        m_inbox.tell(applied(1'000 + qint64(index), ops[index]), now);
        m_inbox.settle(ops[index].id, now);
        triage.opApplied({ops[index].id, 1, false, {}});
    }
    void refuse(std::size_t index, Triage &triage)
    {
        m_inbox.settle(ops[index].id, now);
        triage.opRefused(ops[index].id, {model::ErrorCode::Invalid, "no", {}, {}});
    }
    [[nodiscard]] QList<int> sets() const
    {
        QList<int> sets;
        for (const model::Op &op : ops)
            sets.append(int(op.set));
        return sets;
    }

    std::vector<model::Op> ops;
    QByteArrayList mutes;
    std::vector<Muted> muteAnswers;
    model::Instant now = noon;
    std::size_t room = 1'000;

private:
    model::Result<model::OpId> take(model::Op op)
    {
        if (ops.size() >= room)
            return model::fail(model::ErrorCode::Overloaded, "full");
        op.id.text = "op" + QByteArray::number(ops.size());
        ops.push_back(op);
        m_inbox.begin(op, now);
        return op.id;
    }

    InboxModel &m_inbox;
};

struct Bed
{
    explicit Bed(qint64 count = 5)
    {
        for (qint64 number = 1; number <= count; ++number)
            inbox.tell(created(sample(number)), noon);
        QObject::connect(&triage, &Triage::done, &triage,
                         [this](const Toast &toast) { toasts.append(toast); });
        QObject::connect(&triage, &Triage::undone, &triage,
                         [this](const Toast &toast) { undone.append(toast); });
        QObject::connect(&triage, &Triage::refused, &triage,
                         [this](const Refusal &refusal) { refusals.append(refusal); });
    }
    [[nodiscard]] const model::Engagement &engagement(qint64 number) const
    {
        return inbox.find(idOf(number))->shown->engagement;
    }

    InboxModel inbox;
    FakeSink sink{inbox};
    Triage triage{inbox, sink, [this] { return sink.now; }};
    QList<Toast> toasts;
    QList<Toast> undone;
    QList<Refusal> refusals;
};

QList<int> sets(std::initializer_list<OpSet> list)
{
    QList<int> numbers;
    for (const OpSet set : list)
        numbers.append(int(set));
    return numbers;
}
} // namespace

void TestTriage::doesAndTakesBack()
{
    Bed bed;
    bed.triage.archive({idOf(1), idOf(2), idOf(2)});
    QVERIFY(bed.engagement(1).archived && bed.engagement(2).archived); // at once
    QCOMPARE(bed.toasts.size(), 1);
    QCOMPARE(bed.toasts[0].action, Action::Archive);
    QCOMPARE(bed.toasts[0].count, 2);
    QCOMPARE(bed.toasts[0].until, noon + std::chrono::seconds(7));
    QVERIFY(bed.triage.canUndo());
    bed.triage.undo();
    QCOMPARE(bed.sink.sets(), sets({OpSet::Archive, OpSet::Unarchive, OpSet::Unread}));
    QVERIFY(!bed.engagement(1).archived && !bed.engagement(1).read);
    QCOMPARE(bed.undone.size(), 1);
    QVERIFY(!bed.triage.canUndo());
    bed.triage.undo();
    QCOMPARE(bed.undone.size(), 1);
    // Whatever comes first, the answers lead to the same.
    for (std::size_t i = 0; i < 3; ++i)
        bed.sink.answer(i, bed.triage);
    QVERIFY(!bed.engagement(1).archived && !bed.engagement(1).read);
    QVERIFY(!bed.inbox.ledger().hasUnanswered());
    QVERIFY(bed.refusals.isEmpty());
}

void TestTriage::undoesManyLevels()
{
    Bed bed;
    QSignalSpy can(&bed.triage, &Triage::canUndoChanged);
    bed.triage.toggleRead({idOf(1)});
    bed.triage.remove({idOf(2)});
    bed.triage.toggleRead({idOf(1)});
    bed.triage.unread({idOf(1)}); // it is already
    QCOMPARE(can.size(), 1);
    QVERIFY(bed.engagement(2).deleted && !bed.engagement(1).read);
    bed.triage.undo();
    QVERIFY(bed.engagement(1).read);
    bed.triage.undo(bed.toasts[0].serial); // the button of an older toast
    QVERIFY(!bed.engagement(1).read);
    bed.triage.undo();
    QVERIFY(!bed.engagement(2).deleted);
    QCOMPARE(can.size(), 2);
}

void TestTriage::whatChangesNothingIsNoDeed()
{
    Bed bed;
    bed.triage.unread({idOf(1)});
    bed.triage.unarchive({idOf(1)});
    bed.triage.unsnooze({idOf(1)});
    bed.triage.read({idOf(77)});
    bed.triage.read({});
    bed.triage.snooze({idOf(1)}, noon);
    QVERIFY(bed.sink.ops.empty());
    QVERIFY(bed.toasts.isEmpty());
    QCOMPARE(bed.refusals.size(), 1); // of a snooze that is over
    bed.triage.see({idOf(1)});
    bed.triage.see({idOf(1)});
    QCOMPARE(bed.sink.sets(), sets({OpSet::Seen}));
    bed.triage.ack({idOf(1)});
    QCOMPARE(bed.toasts.size(), 1);
    QVERIFY(!bed.triage.canUndo());
}

void TestTriage::snoozedOnesComeBackUnread()
{
    Bed bed;
    bed.triage.read({idOf(1)});
    const model::Instant until = noon + std::chrono::hours(1);
    bed.triage.snooze({idOf(1), idOf(2)}, until);
    QCOMPARE(bed.sink.sets(), sets({OpSet::Read, OpSet::Unread, OpSet::Snooze}));
    QCOMPARE(std::get<0>(bed.sink.ops[1].target), QList<model::NotificationId>{idOf(1)});
    QCOMPARE(bed.toasts.last().snoozedUntil, model::MaybeInstant(until));
    bed.triage.ack({idOf(3)});
    bed.triage.snooze({idOf(3)}, until);
    QCOMPARE(bed.sink.sets().mid(3), sets({OpSet::Ack, OpSet::Snooze})); // no unread that would lose
    bed.sink.now = until;
    bed.inbox.pass(until);
    QVERIFY(!bed.engagement(1).read && !bed.engagement(1).snoozedUntil);
    bed.sink.now = noon;
    bed.inbox.pass(noon);
    Bed other;
    other.triage.read({idOf(1)});
    other.triage.snooze({idOf(1)}, until);
    other.triage.undo();
    QVERIFY(other.engagement(1).read && !other.engagement(1).snoozedUntil);
}

void TestTriage::bulkIsCutIntoOps()
{
    Bed bed(1'200);
    QList<model::NotificationId> all;
    for (qint64 number = 1; number <= 1'200; ++number)
        all.append(idOf(number));
    bed.triage.archive(all);
    QCOMPARE(bed.sink.ops.size(), std::size_t(3));
    QCOMPARE(bed.toasts.size(), 1);
    QCOMPARE(bed.toasts[0].count, 1'200);
    bed.triage.undo();
    QVERIFY(!bed.engagement(1).archived && !bed.engagement(1'200).read);
}

void TestTriage::readAllLeavesNewsAlone()
{
    Bed bed;
    bed.triage.read({idOf(1)});
    bed.triage.readAll();
    QCOMPARE(std::get<model::UpTo>(bed.sink.ops[1].target).seq, model::Seq(5));
    QCOMPARE(bed.toasts.last().count, 4);
    bed.inbox.tell(created(sample(6)), noon);
    QVERIFY(bed.engagement(5).read && !bed.engagement(6).read);
    bed.triage.undo();
    QVERIFY(bed.engagement(1).read && !bed.engagement(5).read);
    bed.triage.readAll();
    bed.triage.readAll(); // nothing left
    QCOMPARE(bed.toasts.size(), 3);
}

void TestTriage::asksForTheAckFirst()
{
    Bed bed;
    model::Notification critical = sample(6);
    critical.content.critical = true;
    bed.inbox.tell(created(critical), noon);
    bed.triage.archive({idOf(6), idOf(5)});
    QCOMPARE(bed.refusals.size(), 1);
    QCOMPARE(bed.refusals[0].why.code, model::ErrorCode::Conflict);
    QCOMPARE(bed.refusals[0].count, 1);
    QCOMPARE(bed.toasts[0].count, 1);
    QVERIFY(!bed.engagement(6).archived && bed.engagement(5).archived);
    bed.triage.ack({idOf(6)});
    bed.triage.archive({idOf(6)});
    QVERIFY(bed.engagement(6).archived);
}

void TestTriage::refusalsAreToldAndTakenBack()
{
    Bed bed;
    bed.triage.archive({idOf(1)});
    bed.sink.refuse(0, bed.triage);
    QVERIFY(!bed.engagement(1).archived);
    QCOMPARE(bed.refusals.size(), 1);
    QCOMPARE(bed.refusals[0].why.detail, model::Text("no"));
    QVERIFY(!bed.triage.canUndo());
    bed.triage.opRefused({"unknown"}, {});
    QCOMPARE(bed.refusals.size(), 1);
}

void TestTriage::beatenByAnotherDevice()
{
    Bed bed;
    bed.triage.read({idOf(1), idOf(2)});
    bed.triage.opApplied({bed.sink.ops[0].id, 9, true, {idOf(2)}});
    QCOMPARE(bed.refusals.size(), 1);
    QCOMPARE(bed.refusals[0].why.code, model::ErrorCode::Conflict);
    bed.triage.undo();
    QCOMPARE(std::get<0>(bed.sink.ops[1].target), QList<model::NotificationId>{idOf(1)});
}

void TestTriage::aFullQueueIsTold()
{
    Bed bed(700);
    QList<model::NotificationId> all;
    for (qint64 number = 1; number <= 700; ++number)
        all.append(idOf(number));
    bed.sink.room = 1;
    bed.triage.read(all);
    QCOMPARE(bed.refusals.size(), 1);
    QCOMPARE(bed.refusals[0].count, 200);
    QCOMPARE(bed.refusals[0].why.code, model::ErrorCode::Overloaded);
    QCOMPARE(bed.toasts[0].count, 500);
    bed.triage.read({idOf(650)});
    QCOMPARE(bed.refusals.size(), 2);
    QCOMPARE(bed.toasts.size(), 1);
}

void TestTriage::mutesACategory()
{
    Bed bed;
    bed.triage.mute("build");
    QCOMPARE(bed.toasts[0].category, model::Text("build"));
    bed.triage.undo();
    QCOMPARE(bed.sink.mutes, (QByteArrayList{"build off", "build on"}));
    bed.triage.mute("build");
    QVERIFY(bed.triage.canUndo());
    bed.sink.muteAnswers[2](model::fail(model::ErrorCode::Unavailable, "away"));
    QVERIFY(!bed.triage.canUndo());
    QCOMPARE(bed.refusals.last().action, Action::Mute);
}

void TestTriage::undoLeavesWhatOthersDid()
{
    Bed bed;
    bed.triage.archive({idOf(1), idOf(2)});
    bed.sink.answer(0, bed.triage);
    bed.inbox.tell(applied(1'001, op("theirs", OpSet::Unarchive, {1})), noon);
    bed.inbox.tell(applied(1'002, op("theirs too", OpSet::Ack, {1})), noon);
    bed.triage.undo();
    QCOMPARE(bed.sink.sets(), sets({OpSet::Archive, OpSet::Unarchive, OpSet::Unread}));
    QCOMPARE(std::get<0>(bed.sink.ops[1].target), QList<model::NotificationId>{idOf(2)});
    QCOMPARE(std::get<0>(bed.sink.ops[2].target), QList<model::NotificationId>{idOf(2)});
}
void TestTriage::anythingAtRandomCanBeTakenBack()
{
    constexpr int items = 30;
    Bed bed(items);
    QRandomGenerator random(11);
    const auto looks = [&] {
        QByteArrayList lines;
        for (qint64 number = 1; number <= items; ++number) {
            const model::Engagement &e = bed.engagement(number);
            lines.append(QByteArray(e.read ? "r" : "-") + (e.archived ? "a" : "-") + (e.deleted ? "d" : "-") +
                         QByteArray::number(e.snoozedUntil.value_or(noon).us - noon.us));
        }
        return lines;
    };
    QList<QByteArrayList> before;
    for (int step = 0; step < 1'000 && before.size() < 90; ++step) {
        QList<model::NotificationId> some;
        for (int i = random.bounded(4); i >= 0; --i)
            some.append(idOf(random.bounded(items) + 1));
        const QByteArrayList now = looks();
        const auto toasts = bed.toasts.size();
        switch (random.bounded(10)) {
        case 0:
            bed.triage.read(some);
            break;
        case 1:
            bed.triage.unread(some);
            break;
        case 2:
            bed.triage.archive(some);
            break;
        case 3:
            bed.triage.unarchive(some);
            break;
        case 4:
            bed.triage.snooze(some, noon + std::chrono::hours(1 + random.bounded(9)));
            break;
        case 5:
            bed.triage.unsnooze(some);
            break;
        case 6:
            bed.triage.remove(some);
            break;
        case 7:
            bed.triage.readAll();
            break;
        default:
            if (!before.isEmpty()) {
                bed.triage.undo();
                QCOMPARE(looks(), before.takeLast());
            }
        }
        if (bed.toasts.size() > toasts)
            before.append(now);
    }
    QVERIFY(before.size() > 20);
    while (!before.isEmpty()) {
        bed.triage.undo();
        QCOMPARE(looks(), before.takeLast());
    }
    QVERIFY(!bed.triage.canUndo());
    // And so it is when the server has taken them all.
    const QByteArrayList first = looks();
    for (std::size_t i = 0; i < bed.sink.ops.size(); ++i)
        bed.sink.answer(i, bed.triage);
    QCOMPARE(looks(), first);
    QVERIFY(!bed.inbox.ledger().hasUnanswered());
    QVERIFY(bed.refusals.isEmpty());
}
} // namespace belfry::inbox

QTEST_GUILESS_MAIN(belfry::inbox::TestTriage)
#include "tst_triage.moc"
