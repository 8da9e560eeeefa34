#include "desktop/banner_plan.h"

#include <QTest>

namespace belfry::desktop {
using namespace std::chrono_literals;
using model::Alert;
using Kind = BannerStep::Kind;

namespace {
model::NotificationId idOf(quint64 n)
{
    return {0, n};
}

Arrival arrival(quint64 n, const model::Text &source = "CI", Alert alert = Alert::Sound)
{
    Arrival result;
    result.item.id = idOf(n);
    result.item.seq = qint64(n);
    result.item.content.title = "Title " + QByteArray::number(n);
    result.item.content.source = source;
    result.alert = alert;
    return result;
}

Arrival critical(quint64 n)
{
    Arrival result = arrival(n);
    result.item.content.critical = true;
    return result;
}

/// A plan and a clock.
struct PlanBed
{
    BannerPlan plan;
    Moment now{1h};

    BannerPlan::Steps show(const Arrival &what, bool isHidden = false)
    {
        return plan.show(what, isHidden, now);
    }
    BannerPlan::Steps showMany(quint64 from, quint64 upTo)
    {
        BannerPlan::Steps all;
        for (quint64 n = from; n <= upTo; ++n) {
            for (const BannerStep &step : show(arrival(n)))
                all.push_back(step);
        }
        return all;
    }
    BannerPlan::Steps after(std::chrono::milliseconds time)
    {
        now += time;
        return plan.pass(now);
    }
};

QByteArray told(const BannerPlan::Steps &steps)
{
    QByteArrayList words;
    for (const BannerStep &step : steps) {
        const QByteArray place = step.banner.isTogether() ? "all" : QByteArray::number(step.banner.place.low);
        if (step.kind == Kind::Withdraw) {
            words.append("-" + place);
            continue;
        }
        QByteArray word = place;
        if (step.banner.isTogether())
            word += "=" + QByteArray::number(step.banner.count) + step.banner.source;
        if (step.insteadOf)
            word += "<" + QByteArray::number(step.insteadOf->low);
        words.append(word + (step.banner.hasSound ? "!" : ""));
    }
    return words.join(' ');
}
} // namespace

class TestBannerPlan : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneBannerForOne();
    void noAlertNoBanner();
    void aBurstIsToldTogether();
    void aBurstOfDifferentAppsNamesNone();
    void aBurstEnds();
    void toldTogetherOnceASecond();
    void ringsOnceInABurst();
    void repetitionsAreToldTogether();
    void anUpdateReplaces();
    void updatesOnceASecond();
    void whatIsCriticalStandsAlone();
    void whatIsHiddenIsCounted();
    void lockedMeanwhile();
    void aDigestIsOneBanner();
    void withdraws();
    void withdrawsOneOfSeveral();
    void whatHasClosedDoesNotCount();
    void whatCameSinceIsToldAfterAClose();
    void hasALimit();
    void isNotDueWhileNothingWaits();
};

void TestBannerPlan::oneBannerForOne()
{
    PlanBed bed;
    const auto steps = bed.show(arrival(1));
    QCOMPARE(told(steps), "1!");
    QCOMPARE(steps.front().banner.item, arrival(1).item);
    QCOMPARE(told(bed.show(arrival(2, "CI", Alert::Silent))), "2");
    QCOMPARE(told(bed.show(arrival(3))), "3!");
}

void TestBannerPlan::noAlertNoBanner()
{
    PlanBed bed;
    QCOMPARE(told(bed.show(arrival(1, "CI", Alert::None))), "");
    QCOMPARE(told(bed.show(arrival(1, "CI", Alert::None), true)), "");
    bed.show(arrival(2));
    bed.now += 2s;
    Arrival update = arrival(2, "CI", Alert::None);
    update.item.content.title = "Changed";
    QCOMPARE(told(bed.show(update)), "2");
}

void TestBannerPlan::aBurstIsToldTogether()
{
    PlanBed bed;
    QCOMPARE(told(bed.showMany(1, 3)), "1! 2! 3!");
    QCOMPARE(told(bed.show(arrival(4))), "-1 -2 all=4CI<3");
    bed.now += 1s;
    QCOMPARE(told(bed.show(arrival(5))), "all=5CI");
}

void TestBannerPlan::aBurstOfDifferentAppsNamesNone()
{
    PlanBed bed;
    bed.showMany(1, 3);
    QCOMPARE(told(bed.show(arrival(4, "Mail"))), "-1 -2 all=4<3");
}

void TestBannerPlan::aBurstEnds()
{
    PlanBed bed;
    bed.showMany(1, 4);
    bed.now += 4999ms;
    QCOMPARE(told(bed.show(arrival(5))), "all=5CI");
    bed.now += 5s;
    QCOMPARE(told(bed.show(arrival(6))), "6!");
    // A slow stream never is one.
    for (quint64 n = 7; n < 20; ++n) {
        bed.now += 1700ms;
        QCOMPARE(told(bed.show(arrival(n))), QByteArray::number(n) + "!");
    }
}

void TestBannerPlan::toldTogetherOnceASecond()
{
    PlanBed bed;
    bed.showMany(1, 4);
    QCOMPARE(told(bed.showMany(5, 1000)), "");
    QCOMPARE(bed.plan.nextDue(), std::optional(bed.now + 1s));
    QCOMPARE(told(bed.after(999ms)), "");
    QCOMPARE(told(bed.after(1ms)), "all=1000CI");
    QCOMPARE(bed.plan.nextDue(), std::optional<Moment>());
}

void TestBannerPlan::ringsOnceInABurst()
{
    PlanBed bed;
    for (quint64 n = 1; n <= 4; ++n)
        bed.show(arrival(n, "CI", Alert::Silent));
    bed.now += 1s;
    QCOMPARE(told(bed.show(arrival(5))), "all=5CI!");
    for (int second = 1; second < 5; ++second) {
        bed.now += 1s;
        QCOMPARE(told(bed.show(arrival(quint64(second) + 5))),
                 "all=" + QByteArray::number(second + 5) + "CI");
        bed.show(arrival(quint64(second) + 100)); // keeps it a burst
        (void)bed.plan.withdraw(idOf(quint64(second) + 100), bed.now);
    }
    bed.now += 1s;
    QCOMPARE(told(bed.show(arrival(50))), "all=10CI!");
}

void TestBannerPlan::repetitionsAreToldTogether()
{
    PlanBed bed;
    Arrival second = arrival(2);
    second.item.content.title = "Title 1";
    QCOMPARE(told(bed.show(arrival(1))), "1!");
    bed.now += 999ms;
    QCOMPARE(told(bed.show(second)), "all=2CI<1");

    PlanBed later;
    later.show(arrival(1));
    later.now += 1s;
    QCOMPARE(told(later.show(second)), "2!");
}

void TestBannerPlan::anUpdateReplaces()
{
    PlanBed bed;
    bed.show(arrival(1));
    bed.now += 1min;
    Arrival update = arrival(1, "CI", Alert::Silent);
    update.item.content.title = "Done";
    const auto steps = bed.show(update);
    QCOMPARE(told(steps), "1");
    QCOMPARE(steps.front().banner.item.content.title, "Done");
}

void TestBannerPlan::updatesOnceASecond()
{
    PlanBed bed;
    Arrival update = arrival(1, "CI", Alert::Silent);
    bed.show(update);
    QCOMPARE(told(bed.show(update)), "");
    QCOMPARE(bed.plan.nextDue(), std::optional<Moment>());
    for (int percent = 1; percent <= 50; ++percent) {
        update.item.content.progress = percent / 100.0;
        update.alert = percent == 7 ? Alert::Sound : Alert::Silent;
        QCOMPARE(told(bed.show(update)), "");
    }
    const auto steps = bed.after(1s);
    QCOMPARE(told(steps), "1!");
    QCOMPARE(steps.front().banner.item.content.progress, std::optional(0.5));
    QCOMPARE(told(bed.after(1s)), "");
}

void TestBannerPlan::whatIsCriticalStandsAlone()
{
    PlanBed bed;
    bed.showMany(1, 5);
    for (quint64 n = 6; n < 10; ++n) {
        const auto steps = bed.show(critical(n));
        QCOMPARE(told(steps), QByteArray::number(n) + "!");
        QVERIFY(steps.front().banner.isCritical);
    }
    bed.now += 1s;
    QCOMPARE(told(bed.show(arrival(20))), "all=6CI");
}

void TestBannerPlan::whatIsHiddenIsCounted()
{
    PlanBed bed;
    auto steps = bed.show(arrival(1), true);
    QCOMPARE(told(steps), "all=1!");
    QVERIFY(steps.front().banner.isHidden);
    QCOMPARE(steps.front().banner.item, model::Notification());
    bed.now += 10s;
    steps = bed.show(critical(2), true);
    QCOMPARE(told(steps), "all=2!");
    QVERIFY(steps.front().banner.isCritical);
    bed.now += 10s;
    QCOMPARE(told(bed.show(arrival(3))), "3!");
}

void TestBannerPlan::lockedMeanwhile()
{
    PlanBed bed;
    bed.show(arrival(1));
    bed.now += 10s;
    QCOMPARE(told(bed.show(arrival(1), true)), "-1 all=1!");
    QCOMPARE(told(bed.show(arrival(1), true)), "");
}

void TestBannerPlan::aDigestIsOneBanner()
{
    PlanBed bed;
    bed.show(arrival(2));
    bed.now += 10s;
    QCOMPARE(told(bed.plan.showTogether({arrival(1), arrival(2), arrival(3)}, false, bed.now)),
             "-2 all=3CI!");
    QCOMPARE(told(bed.plan.showTogether({arrival(9)}, false, bed.now)), "9!");
    QCOMPARE(told(bed.plan.showTogether({}, false, bed.now)), "");
}

void TestBannerPlan::withdraws()
{
    PlanBed bed;
    bed.showMany(1, 2);
    QCOMPARE(told(bed.plan.withdraw(idOf(1), bed.now)), "-1");
    QCOMPARE(told(bed.plan.withdraw(idOf(1), bed.now)), "");
    QCOMPARE(told(bed.plan.withdraw(idOf(7), bed.now)), "");
    QCOMPARE(told(bed.plan.withdraw(togetherPlace, bed.now)), "");
    QCOMPARE(told(bed.plan.withdrawAll()), "-2");
    bed.showMany(1, 6);
    QCOMPARE(told(bed.plan.withdrawAll()), "-all");
    QCOMPARE(told(bed.plan.withdrawAll()), "");
    QCOMPARE(bed.plan.nextDue(), std::optional<Moment>());
    QCOMPARE(told(bed.show(arrival(1))), "1!");
}

void TestBannerPlan::withdrawsOneOfSeveral()
{
    PlanBed bed;
    bed.showMany(1, 4);
    bed.now += 10s;
    QCOMPARE(told(bed.plan.withdraw(idOf(2), bed.now)), "all=3CI");
    QCOMPARE(told(bed.plan.withdraw(idOf(3), bed.now)), "");
    QCOMPARE(told(bed.plan.withdraw(idOf(1), bed.now)), "");
    QCOMPARE(told(bed.after(1s)), "all=1CI");
    QCOMPARE(told(bed.plan.withdraw(idOf(4), bed.now)), "-all");
    QCOMPARE(told(bed.after(1min)), "");
}

void TestBannerPlan::whatHasClosedDoesNotCount()
{
    PlanBed bed;
    bed.showMany(1, 3);
    bed.plan.closed(idOf(2));
    QCOMPARE(told(bed.show(arrival(4))), "-1 all=3CI<3");
    bed.plan.closed(togetherPlace);
    bed.now += 1s;
    QCOMPARE(told(bed.show(arrival(5))), "all=1CI");
}

void TestBannerPlan::whatCameSinceIsToldAfterAClose()
{
    PlanBed bed;
    bed.showMany(1, 4);
    QCOMPARE(told(bed.showMany(5, 6)), "");
    bed.plan.closed(togetherPlace);
    QCOMPARE(told(bed.after(1s)), "all=2CI");
}

void TestBannerPlan::hasALimit()
{
    PlanBed bed;
    bed.show(critical(1));
    for (quint64 n = 2; n <= quint64(BannerPlan::mostUp); ++n) {
        bed.now += 10s;
        QCOMPARE(told(bed.show(arrival(n))), QByteArray::number(n) + "!");
    }
    bed.now += 10s;
    QCOMPARE(told(bed.show(arrival(99))), "-2 99!");
}

void TestBannerPlan::isNotDueWhileNothingWaits()
{
    PlanBed bed;
    QCOMPARE(bed.plan.nextDue(), std::optional<Moment>());
    bed.showMany(1, 4);
    QCOMPARE(bed.plan.nextDue(), std::optional<Moment>());
    QCOMPARE(told(bed.plan.pass(bed.now)), "");
}
} // namespace belfry::desktop

QTEST_GUILESS_MAIN(belfry::desktop::TestBannerPlan)
#include "tst_banner_plan.moc"
