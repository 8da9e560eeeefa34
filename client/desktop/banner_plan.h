#pragma once

#include "desktop/banner.h"
#include "model/urgency.h"

#include <QHash>
#include <QSet>
#include <chrono>
#include <deque>
#include <vector>

namespace belfry::desktop {
/// Only what lies between two of them counts, so that a clock that is set does not matter.
using Moment = std::chrono::steady_clock::time_point;

/// Something to be told, and how loud (H31).
struct Arrival
{
    model::Notification item;
    model::Alert alert = model::Alert::Sound;
    QImage icon;
};

/// Something for the notification service to do.
struct BannerStep
{
    enum class Kind { Show, Withdraw };
    Kind kind = Kind::Show;
    Banner banner; ///< of a withdrawal only its place counts
    /// The place whose banner this one replaces, so that nothing jumps.
    std::optional<BannerPlace> insteadOf;
    friend bool operator==(const BannerStep &, const BannerStep &) = default;
};

/// What is on the screen, and what comes next. Pure; time comes in as a value.
///
/// - One banner for one notification, which its updates replace: once a second at most.
/// - More than three within 5 s, and such as say the same within a second, are told together, in one banner
///   that counts (desktop.md 4: services refuse repetitions). What of them was on the screen goes into it.
/// - What is hidden is always told together: its banners would all say the same.
/// - A critical one keeps a banner of its own (semantics 10), unless it is hidden.
/// - What is told together rings once in 5 s.
class BannerPlan
{
public:
    static constexpr std::size_t mostAlone = 3; ///< within `window`
    static constexpr std::chrono::seconds window{5};
    static constexpr std::chrono::seconds pace{1};
    /// The oldest goes; services keep what was not looked at for good.
    static constexpr qsizetype mostUp = 50;
    /// More are not counted: nobody reads that number.
    static constexpr qsizetype mostTogether = 10'000;

    using Steps = std::vector<BannerStep>;

    /// With `Alert::None` nothing is shown; what is on the screen is kept up to date all the same.
    [[nodiscard]] Steps show(const Arrival &arrival, bool isHidden, Moment now);
    /// In one banner, however many: a digest (semantics 13).
    [[nodiscard]] Steps showTogether(const std::vector<Arrival> &arrivals, bool isHidden, Moment now);
    /// Read elsewhere, recalled, over. Unknown ones are none.
    [[nodiscard]] Steps withdraw(const model::NotificationId &id, Moment now);
    [[nodiscard]] Steps withdrawAll();
    /// The banner in this place has gone by itself.
    void closed(const BannerPlace &place);

    /// What has waited for its time.
    [[nodiscard]] Steps pass(Moment now);
    /// When pass() next has something to do.
    [[nodiscard]] std::optional<Moment> nextDue() const;

private:
    struct Single
    {
        Banner shown;
        Moment at;
        std::optional<Banner> waiting;
    };
    struct Together
    {
        QHash<model::NotificationId, model::Text> sources; ///< of its members
        QSet<model::NotificationId> untold;                ///< of them
        bool isUp = false;
        bool isStale = false; ///< says something else than it should
        bool isHidden = false;
        bool isCritical = false;
        bool hasSound = false;
        Moment at;
    };

    void showAlone(const Arrival &arrival, Moment now, Steps &steps);
    void showAgain(Single &single, const Arrival &arrival, Moment now, Steps &steps);
    void gather(const Arrival &arrival, bool isHidden, Moment now);
    /// What of the last arrivals has a banner of its own joins the others; the place to go to, if any.
    std::optional<BannerPlace> takeInSingles(Steps &steps);
    void tellTogether(std::optional<BannerPlace> insteadOf, Moment now, Steps &steps);
    void remember(const model::NotificationId &id, Moment now);
    [[nodiscard]] bool isRepetition(const model::Notification &item, Moment now) const;
    void makeRoom(Steps &steps);
    void dropSingle(const BannerPlace &place);

    QHash<BannerPlace, Single> m_singles;
    QList<BannerPlace> m_order; ///< of m_singles, oldest first
    Together m_together;
    std::deque<std::pair<Moment, model::NotificationId>> m_recent;
    std::optional<Moment> m_lastSound;
};
} // namespace belfry::desktop
