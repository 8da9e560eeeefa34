#include "desktop/banner_plan.h"

#include <algorithm>

namespace belfry::desktop {
using model::Alert;
using model::NotificationId;

namespace {
BannerStep shown(Banner banner, std::optional<BannerPlace> insteadOf = {})
{
    return {BannerStep::Kind::Show, std::move(banner), insteadOf};
}

BannerStep withdrawn(const BannerPlace &place)
{
    Banner banner;
    banner.place = place;
    return {BannerStep::Kind::Withdraw, std::move(banner), {}};
}

Banner alone(const Arrival &arrival)
{
    Banner banner;
    banner.place = arrival.item.id;
    banner.item = arrival.item;
    banner.icon = arrival.icon;
    banner.isCritical = arrival.item.content.critical;
    banner.hasSound = arrival.alert == Alert::Sound;
    return banner;
}

bool looksAlike(const Banner &a, const Banner &b)
{
    return a.item.content == b.item.content && a.icon == b.icon;
}
} // namespace

BannerPlan::Steps BannerPlan::show(const Arrival &arrival, bool isHidden, Moment now)
{
    Steps steps;
    const NotificationId id = arrival.item.id;
    const auto single = m_singles.find(id);
    if (single != m_singles.end() && !isHidden) {
        showAgain(*single, arrival, now, steps);
        return steps;
    }
    if (m_together.sources.contains(id) || arrival.alert == Alert::None)
        return steps;
    if (single != m_singles.end()) { // the screen was locked meanwhile
        dropSingle(id);
        steps.push_back(withdrawn(id));
    }
    const bool isRepeated = isRepetition(arrival.item, now);
    const bool isCritical = arrival.item.content.critical;
    if (!isCritical)
        remember(id, now);
    if (isHidden || (!isCritical && (isRepeated || m_recent.size() > mostAlone))) {
        gather(arrival, isHidden, now);
        tellTogether(isHidden ? std::nullopt : takeInSingles(steps), now, steps);
    } else {
        showAlone(arrival, now, steps);
    }
    return steps;
}

BannerPlan::Steps BannerPlan::showTogether(const std::vector<Arrival> &arrivals, bool isHidden, Moment now)
{
    if (arrivals.size() == 1)
        return show(arrivals.front(), isHidden, now);
    Steps steps;
    for (const Arrival &arrival : arrivals) {
        if (m_singles.contains(arrival.item.id)) {
            dropSingle(arrival.item.id);
            steps.push_back(withdrawn(arrival.item.id));
        }
        if (arrival.alert != Alert::None)
            gather(arrival, isHidden, now);
    }
    if (m_together.isStale)
        tellTogether({}, now, steps);
    return steps;
}

void BannerPlan::showAlone(const Arrival &arrival, Moment now, Steps &steps)
{
    const Banner banner = alone(arrival);
    makeRoom(steps);
    m_singles.insert(banner.place, {banner, now, {}});
    m_order.append(banner.place);
    if (banner.hasSound)
        m_lastSound = now;
    steps.push_back(shown(banner));
}

void BannerPlan::showAgain(Single &single, const Arrival &arrival, Moment now, Steps &steps)
{
    Banner banner = alone(arrival);
    if (now - single.at >= pace) {
        single = {banner, now, {}};
        steps.push_back(shown(std::move(banner)));
    } else if (looksAlike(banner, single.shown)) {
        single.waiting.reset();
    } else {
        banner.hasSound = banner.hasSound || (single.waiting && single.waiting->hasSound);
        single.waiting = std::move(banner);
    }
}

void BannerPlan::gather(const Arrival &arrival, bool isHidden, Moment now)
{
    if (m_together.sources.size() < mostTogether) {
        m_together.sources.insert(arrival.item.id, arrival.item.content.source);
        m_together.untold.insert(arrival.item.id);
    }
    m_together.isStale = true;
    m_together.isHidden = isHidden;
    m_together.isCritical = m_together.isCritical || arrival.item.content.critical;
    const bool isQuiet = m_lastSound && now - *m_lastSound < window;
    if (arrival.alert == Alert::Sound && !isQuiet)
        m_together.hasSound = true;
}

std::optional<BannerPlace> BannerPlan::takeInSingles(Steps &steps)
{
    std::optional<BannerPlace> newest;
    for (const auto &[at, id] : m_recent) {
        const auto single = m_singles.constFind(id);
        if (single == m_singles.cend())
            continue;
        m_together.sources.insert(id, single->shown.item.content.source);
        if (newest)
            steps.push_back(withdrawn(*newest));
        newest = id;
        dropSingle(id);
    }
    if (newest && m_together.isUp) {
        steps.push_back(withdrawn(*newest));
        newest.reset();
    }
    return newest;
}

void BannerPlan::tellTogether(std::optional<BannerPlace> insteadOf, Moment now, Steps &steps)
{
    if (m_together.isUp && now - m_together.at < pace)
        return;
    Banner banner;
    banner.place = togetherPlace;
    banner.count = m_together.sources.size();
    banner.source = m_together.sources.cbegin().value();
    const bool isOfOne = std::all_of(m_together.sources.cbegin(), m_together.sources.cend(),
                                     [&](const model::Text &source) { return source == banner.source; });
    if (!isOfOne || m_together.isHidden)
        banner.source.clear();
    banner.isHidden = m_together.isHidden;
    banner.isCritical = m_together.isCritical;
    banner.hasSound = std::exchange(m_together.hasSound, false);
    if (banner.hasSound)
        m_lastSound = now;
    m_together.isUp = true;
    m_together.isStale = false;
    m_together.untold.clear();
    m_together.at = now;
    steps.push_back(shown(std::move(banner), insteadOf));
}

BannerPlan::Steps BannerPlan::withdraw(const NotificationId &id, Moment now)
{
    Steps steps;
    if (m_singles.contains(id)) {
        dropSingle(id);
        steps.push_back(withdrawn(id));
    } else if (m_together.sources.remove(id)) {
        m_together.untold.remove(id);
        m_together.isStale = true;
        if (m_together.sources.isEmpty()) {
            m_together = {};
            steps.push_back(withdrawn(togetherPlace));
        } else {
            tellTogether({}, now, steps);
        }
    }
    return steps;
}

BannerPlan::Steps BannerPlan::withdrawAll()
{
    Steps steps;
    for (const BannerPlace &place : std::as_const(m_order))
        steps.push_back(withdrawn(place));
    if (m_together.isUp)
        steps.push_back(withdrawn(togetherPlace));
    m_singles.clear();
    m_order.clear();
    m_together = {};
    m_recent.clear();
    return steps;
}

void BannerPlan::closed(const BannerPlace &place)
{
    if (place != togetherPlace)
        return dropSingle(place);
    // What came since it was last told is still to be told.
    QHash<NotificationId, model::Text> untold;
    for (const NotificationId &id : std::as_const(m_together.untold))
        untold.insert(id, m_together.sources.value(id));
    if (untold.isEmpty()) {
        m_together = {};
    } else {
        m_together.sources = untold;
        m_together.isUp = false;
    }
}

BannerPlan::Steps BannerPlan::pass(Moment now)
{
    Steps steps;
    for (Single &single : m_singles) {
        if (!single.waiting || now - single.at < pace)
            continue;
        single = {*single.waiting, now, {}};
        steps.push_back(shown(single.shown));
    }
    if (m_together.isStale)
        tellTogether({}, now, steps);
    return steps;
}

std::optional<Moment> BannerPlan::nextDue() const
{
    std::optional<Moment> next;
    const auto consider = [&next](Moment at) { next = next ? std::min(*next, at) : at; };
    for (const Single &single : m_singles) {
        if (single.waiting)
            consider(single.at + pace);
    }
    if (m_together.isStale)
        consider(m_together.at + pace);
    return next;
}

/// Of the same window; as many as decide.
void BannerPlan::remember(const NotificationId &id, Moment now)
{
    m_recent.emplace_back(now, id);
    while (now - m_recent.front().first >= window || m_recent.size() > mostAlone + 1)
        m_recent.pop_front();
}

bool BannerPlan::isRepetition(const model::Notification &item, Moment now) const
{
    return std::any_of(m_singles.cbegin(), m_singles.cend(), [&](const Single &single) {
        const model::Content &content = single.shown.item.content;
        return now - single.at < pace && content.title == item.content.title &&
               content.message == item.content.message;
    });
}

void BannerPlan::makeRoom(Steps &steps)
{
    if (m_singles.size() < mostUp)
        return;
    const auto least = std::find_if(m_order.cbegin(), m_order.cend(), [this](const BannerPlace &place) {
        return !m_singles.value(place).shown.isCritical;
    });
    const BannerPlace place = least == m_order.cend() ? m_order.constFirst() : *least;
    dropSingle(place);
    steps.push_back(withdrawn(place));
}

void BannerPlan::dropSingle(const BannerPlace &place)
{
    if (m_singles.remove(place))
        m_order.removeOne(place);
}
} // namespace belfry::desktop
