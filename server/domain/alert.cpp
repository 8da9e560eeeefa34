#include "domain/alert.h"

namespace belfry::domain {
using model::Alert;

namespace {
/// An old entry stands in the log with its item as it is now: recalled, expired, put away, or not there.
bool isGoneMeanwhile(const model::Change &change)
{
    if (std::holds_alternative<model::Gone>(change.what))
        return true;
    const auto *item = std::get_if<model::Notification>(&change.what);
    return item && !model::isActive(*item);
}
} // namespace

Alert alertOf(const model::Notification &item)
{
    if (item.content.critical)
        return Alert::Sound;
    return item.toast ? model::alertFor(item.content.urgency) : Alert::None;
}

Alert alertAtDelivery(const model::Change &change, bool replayed, model::Instant now)
{
    if (!replayed || change.alert == Alert::None)
        return change.alert;
    if (isGoneMeanwhile(change))
        return Alert::None;
    if (const auto *item = std::get_if<model::Notification>(&change.what)) {
        if (item->content.critical)
            return item->engagement.acked ? Alert::None : change.alert;
        if (item->engagement.seen)
            return Alert::None;
    }
    return now - change.at < alertLife ? change.alert : Alert::None;
}
} // namespace belfry::domain
