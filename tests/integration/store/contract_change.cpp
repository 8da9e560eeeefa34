#include "store_listener.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ChangeKind;
using model::ErrorCode;
using model::Notification;
using model::State;
using model::Text;
using ports::DueKind;
using ports::SubmitOutcome;

void StoreContract::patches()
{
    const Notification first = s().send("a", "before");
    s().send("a", "newer");
    s().apply("a", model::OpSet::Read, first.id);
    ports::Patch patch;
    patch.id = first.id;
    patch.title = "after";
    patch.progress = std::optional(0.5);
    const auto patched = s().patch(patch);
    QVERIFY(patched);
    QCOMPARE(patched->content.title, Text("after"));
    QCOMPARE(patched->content.message, Text("text"));
    QCOMPARE(patched->content.progress, std::optional(0.5));
    QCOMPARE(patched->revision, 2);
    QCOMPARE(patched->seq, 4);
    QVERIFY(patched->engagement.read.has_value());
    QVERIFY(*s().item(first.id) == *patched);

    patch.renotify = true;
    const auto again = s().patch(patch);
    QVERIFY(!again->engagement.read);
    QCOMPARE(s().titles("a").front(), Text("after"));
    patch.id = model::NotificationId::makeV7(s().now());
    QCOMPARE(s().patch(patch).error().code, ErrorCode::NotFound);
    QVERIFY(s().recall(first.id));
    patch.id = first.id;
    QCOMPARE(s().patch(patch).error().code, ErrorCode::Conflict);
    checkWhole("a");
}

void StoreContract::recalls()
{
    const Notification first = s().send("a", "secret");
    m_listener->take();
    const auto recalled = s().recall(first.id);
    QVERIFY(recalled);
    QCOMPARE(recalled->state, State::Recalled);
    const auto again = s().recall(first.id);
    QVERIFY(*again == *recalled);
    const Committed heard = m_listener->take();
    QCOMPARE(heard.size(), 1); // the repeat changed nothing
    QCOMPARE(heard[0].change.kind, ChangeKind::Recalled);
    QVERIFY(std::get<model::Gone>(heard[0].change.what).id == first.id);
    QCOMPARE(heard[0].counts.unseen, 0);
    const auto log = s().log("a");
    for (const model::Change &change : log->changes)
        QVERIFY(
            std::holds_alternative<model::Gone>(change.what)); // no text of a recalled one is ever replayed
    QCOMPARE(s().list("a", ports::ListState::All).items.size(), 0);
    QCOMPARE(s().recall(model::NotificationId::makeV7(s().now())).error().code, ErrorCode::NotFound);
    checkWhole("a");
}

void StoreContract::patchesKeepWhatAPostKeeps()
{
    model::Content critical = s().content("alarm");
    critical.critical = true;
    critical.urgency = model::Urgency::High;
    ports::Patch patch;
    patch.id = s().send("a", critical).id;
    patch.urgency = model::Urgency::Low;
    QCOMPARE(s().patch(patch)->content.urgency, model::Urgency::High); // H61
    patch.title = Text();
    QVERIFY(s().patch(patch)); // its message is left
    patch.title.reset();
    patch.message = Text();
    const auto silent = s().patch(patch);
    QCOMPARE(silent.error().code, ErrorCode::Invalid);
    QCOMPARE(silent.error().fields.at(0).pointer, Text("/message"));
    QCOMPARE(s().item(patch.id)->content.message, Text("text")); // untouched
    QCOMPARE(s().item(patch.id)->revision, 3);
    checkWhole("a");
}

void StoreContract::patchesTheEnd()
{
    const auto patchEnd = [this](const model::NotificationId &id, model::MaybeInstant end) {
        ports::Patch patch;
        patch.id = id;
        patch.expiresAt = end;
        return s().patch(patch);
    };
    const auto held = s().submit(s().later("a", s().content("held"), 60s))->items[0].item;
    QCOMPARE(patchEnd(held.id, held.scheduledFor).error().fields.at(0).pointer, Text("/expires_at"));
    QVERIFY(s().item(held.id)->expiresAt == held.expiresAt);
    QVERIFY(patchEnd(held.id, *held.scheduledFor + 1s));
    QVERIFY(patchEnd(held.id, {})->expiresAt == *held.scheduledFor + model::days(30));
    ports::Submit submit = s().submitOf({"a"}, s().content("sent"));
    submit.expiresAt = s().now() + model::days(90);
    const auto sent = s().submit(submit)->items[0].item;
    s().clock().advance(1h);
    QCOMPARE(patchEnd(sent.id, s().now()).error().code, ErrorCode::Invalid);
    QVERIFY(patchEnd(sent.id, {})->expiresAt == sent.createdAt + model::days(30)); // semantics 9
    QVERIFY(patchEnd(sent.id, s().now() + model::days(60)));
    s().clock().advance(model::days(30));
    QCOMPARE(patchEnd(sent.id, {}).error().code, ErrorCode::Invalid); // the default is over
}

void StoreContract::cancelsOnlyWhatIsHeld()
{
    const auto held = s().submit(s().later("a", s().content("later"), 60s));
    QCOMPARE(held->items[0].outcome, SubmitOutcome::Scheduled);
    const Notification &n = held->items[0].item;
    QCOMPARE(n.state, State::Held);
    QCOMPARE(n.seq, 0);
    QCOMPARE(s().state("a").head, 0);
    QCOMPARE(s().titles("a", ports::ListState::Scheduled), (std::vector<Text>{"later"}));
    QCOMPARE(s().titles("a", ports::ListState::All).size(), 0);
    QCOMPARE(s().cancel(n.id)->state, State::Cancelled);
    QCOMPARE(s().cancel(n.id)->state, State::Cancelled);
    s().clock().advance(61s);
    QCOMPARE(s().settleAll(), 0);
    QVERIFY(m_listener->take().empty());
    QCOMPARE(s().cancel(s().send("a", "sent").id).error().code, ErrorCode::Conflict);
    QCOMPARE(s().cancel(model::NotificationId::makeV7(s().now())).error().code, ErrorCode::NotFound);
}

void StoreContract::releasesWhatIsDue()
{
    const auto held = s().submit(s().later("a", s().content("later"), 60s));
    s().send("a", "meanwhile");
    QVERIFY(s().due().items.empty());
    QVERIFY(s().due().next == s().now() + 60s);
    s().clock().advance(60s);
    const auto due = s().due();
    QCOMPARE(due.items.size(), 1);
    QCOMPARE(due.items[0].kind, DueKind::Release);
    m_listener->take();
    QCOMPARE(s().settleAll(), 1);
    const Committed heard = m_listener->take();
    QCOMPARE(heard[0].change.kind, ChangeKind::Created);
    QCOMPARE(heard[0].change.alert, model::Alert::Sound);
    const auto released = s().item(held->items[0].item.id);
    QCOMPARE(released->state, State::Done);
    QCOMPARE(released->createdSeq, 2);
    QCOMPARE(s().titles("a"), (std::vector<Text>{"later", "meanwhile"}));

    ports::Settle again{DueKind::Release, released->id, {"a"}, {}};
    QCOMPARE(s().settle({again}), 0); // another node did it
    auto muted = s().submit(s().later("a", s().content("muted"), 1s));
    s().clock().advance(1s);
    ports::Settle settle{DueKind::Release, muted->items[0].item.id, {"a"}, {}};
    settle.decision.inApp = false;
    settle.decision.reason = model::SuppressReason::Preference;
    QCOMPARE(s().settle({settle}), 1);
    QCOMPARE(s().item(settle.id)->state, State::Suppressed);
    checkWhole("a");
}

void StoreContract::releaseCollapses()
{
    model::Content content = s().content("standing");
    content.collapseKey = "k";
    const Notification standing = s().send("a", content);
    content.dedupeKey = "d";
    const auto held = s().submit(s().later("a", content, 60s));
    s().clock().advance(61s);
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(s().item(standing.id)->revision, 2);
    QCOMPARE(s().item(held->items[0].item.id)->state, State::Cancelled);
    QCOMPARE(s().cancel(held->items[0].item.id).error().code, ErrorCode::Conflict); // too late (H36)
    QCOMPARE(s().item(standing.id)->content.dedupeKey, Text("d"));
    QCOMPARE(s().titles("a").size(), 1);
    const auto repeat = s().submit(s().submitOf({"a"}, content)); // it finds the one that stands
    QCOMPARE(repeat->items[0].outcome, SubmitOutcome::Deduplicated);
    QVERIFY(repeat->items[0].item.id == standing.id);
    checkWhole("a");
}

void StoreContract::releaseRenotifies()
{
    model::Content content = s().content("standing");
    content.collapseKey = "k";
    const Notification standing = s().send("a", content);
    s().apply("a", model::OpSet::Read, standing.id);
    ports::Submit again = s().later("a", content, 60s);
    again.renotify = true;
    QVERIFY(s().submit(again));
    s().clock().advance(61s);
    m_listener->take();
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(m_listener->take().at(0).change.alert, model::Alert::Sound);
    QVERIFY(!s().item(standing.id)->engagement.read);
    QCOMPARE(s().state("a").counts.unread, 1);
    checkWhole("a");
}

void StoreContract::expires()
{
    ports::Submit submit = s().submitOf({"a"}, s().content("short"));
    submit.expiresAt = s().now() + 10s;
    const auto n = s().submit(submit)->items[0].item;
    s().clock().advance(10s);
    m_listener->take();
    QCOMPARE(s().due().items.at(0).kind, DueKind::Expire);
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(s().settleAll(), 0);
    QCOMPARE(m_listener->take().at(0).change.kind, ChangeKind::Expired);
    QCOMPARE(s().item(n.id)->state, State::Expired);
    QCOMPARE(s().state("a").counts.unread, 0);
    QCOMPARE(s().titles("a").size(), 0);
    QVERIFY(s().apply("a", model::OpSet::Read, n.id).superseded);
    QVERIFY(!s().apply("a", model::OpSet::Delete, n.id).superseded);
    QCOMPARE(s().list("a", ports::ListState::Deleted).items.size(), 1);
    checkWhole("a");

    const auto held = s().submit(s().later("b", s().content("too late"), 60s));
    s().clock().advance(model::days(1)); // the server stood still for long
    QCOMPARE(s().settleAll(), 1);
    QCOMPARE(s().item(held->items[0].item.id)->state, State::Expired);
    QCOMPARE(s().state("b").head, 0);
}

void StoreContract::wakesASnoozedOne()
{
    const Notification n = s().send("a", "sleepy");
    s().apply("a", model::OpSet::Snooze, n.id); // for an hour
    QCOMPARE(s().state("a").counts.unread, 0);
    QCOMPARE(s().titles("a", ports::ListState::Snoozed).size(), 1);
    QVERIFY(s().due().next == s().now() + 1h);
    s().clock().advance(1h);
    m_listener->take();
    QCOMPARE(s().due().items.at(0).kind, DueKind::Unsnooze);
    QCOMPARE(s().settleAll(), 1);
    const Committed heard = m_listener->take();
    QCOMPARE(heard.at(0).change.kind, ChangeKind::Updated);
    QCOMPARE(heard.at(0).counts.unread, 1);
    QCOMPARE(s().titles("a").size(), 1);
    checkWhole("a");
}

void StoreContract::dueComesInOrder()
{
    for (const int seconds : {50, 10, 30, 20, 40})
        QVERIFY(s().submit(
            s().later("a", s().content(QByteArray::number(seconds)), std::chrono::seconds(seconds))));
    s().clock().advance(35s);
    const auto due = s().due(2);
    QCOMPARE(due.items.size(), 2);
    QCOMPARE(due.items[0].item.content.title, Text("10"));
    QCOMPARE(due.items[1].item.content.title, Text("20"));
    QVERIFY(due.next == s().now() + 5s);
    QCOMPARE(s().titles("a", ports::ListState::Scheduled), (std::vector<Text>{"10", "20", "30", "40", "50"}));
}

void StoreContract::dueSaysThatABatchIsCut()
{
    model::Content heavy = s().content("heavy");
    heavy.data = R"({"x":")" + QByteArray(250'000, 'y') + R"("})";
    constexpr int count = 40; // of which a page has room for 16
    for (int i = 0; i < count; ++i)
        QVERIFY(s().submit(s().later("a", heavy, 10s)));
    s().clock().advance(10s);
    int released = 0;
    bool hasMore = true;
    while (hasMore) {
        hasMore = s().due(500).hasMore;
        const int settled = s().settleAll();
        QVERIFY(settled > 0 || !hasMore);
        released += settled;
    }
    QCOMPARE(released, count);
    QCOMPARE(s().state("a").counts.unread, count);
    for (int i = 0; i < 3; ++i)
        QVERIFY(s().submit(s().later("a", s().content("light"), 10s)));
    s().clock().advance(10s);
    QVERIFY(s().due(3).hasMore);
    QVERIFY(!s().due(4).hasMore);
}

void StoreContract::decidesAtTheRelease()
{
    ports::Submit submit = s().later("a", s().content("later"), 60s);
    submit.recipients[0].inApp = false; // today's preferences
    submit.recipients[0].reason = model::SuppressReason::Preference;
    submit.recipients[0].rule = "preference";
    const auto held = s().submit(submit);
    QCOMPARE(held->items[0].outcome, SubmitOutcome::Scheduled);
    QCOMPARE(held->items[0].item.state, State::Held);
    QCOMPARE(held->items[0].item.suppressReason, model::SuppressReason::None);
    s().clock().advance(60s);
    QCOMPARE(s().settleAll(), 1); // by then they let it through
    QCOMPARE(s().titles("a"), (std::vector<Text>{"later"}));
}
} // namespace belfry::store
