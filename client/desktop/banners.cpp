#include "desktop/banners.h"

namespace belfry::desktop {
using model::Alert;

namespace {
/// As long as a tray shows a balloon.
constexpr std::chrono::seconds balloonTime{10};

bool asksForAttention(const model::Notification &item)
{
    if (item.seq == 0)
        return true;
    const model::Engagement &done = item.engagement;
    const bool isAcked = !item.content.ackRequired || done.acked;
    return model::isActive(item) && !(done.read && isAcked);
}
} // namespace

Banners::Banners(const QDBusConnection &session, Clock now, QObject *parent)
    : QObject(parent)
    , m_now(now ? std::move(now) : [] { return std::chrono::steady_clock::now(); })
    , m_service(session)
    , m_quiet(session)
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, [this] { run(m_plan.pass(m_now())); });
    m_balloonsEnd.setSingleShot(true);
    connect(&m_balloonsEnd, &QTimer::timeout, this, [this] {
        for (const BannerPlace &place : std::exchange(m_balloons, {}))
            m_plan.closed(place);
        schedule();
    });
    connect(&m_service, &NotificationService::closed, this, [this](const model::NotificationId &place) {
        m_plan.closed(place);
        schedule();
    });
    connect(&m_service, &NotificationService::invoked, this, &Banners::invoked);
    connect(&m_service, &NotificationService::notShown, this, &Banners::lastResort);
    connect(&m_service, &NotificationService::capabilitiesChanged, this, &Banners::capabilitiesChanged);
    connect(&m_quiet, &DoNotDisturb::changed, this, &Banners::doNotDisturbChanged);
}

void Banners::setSettings(const BannerSettings &settings)
{
    m_settings = settings;
    if (!m_settings.isOn)
        withdrawAll();
}

bool Banners::isHidden() const
{
    return m_settings.hide == HideContent::Always ||
           (m_settings.hide == HideContent::WhenLocked && m_isLocked);
}

std::optional<Arrival> Banners::arrivalOf(const model::Notification &item, Alert alert,
                                          const QImage &icon) const
{
    if (!m_settings.isOn || !asksForAttention(item))
        return {};
    if (alert == Alert::Sound && !m_settings.hasSound)
        alert = Alert::Silent;
    return Arrival{item, alert, icon};
}

void Banners::show(const model::Notification &item, Alert alert, const QImage &icon)
{
    const auto arrival = arrivalOf(item, alert, icon);
    if (!arrival)
        return;
    run(m_plan.show(*arrival, isHidden(), m_now()));
}

void Banners::showTogether(const QList<model::Notification> &items, Alert alert)
{
    std::vector<Arrival> arrivals;
    for (const model::Notification &item : items) {
        if (auto arrival = arrivalOf(item, alert, {}))
            arrivals.push_back(std::move(*arrival));
    }
    run(m_plan.showTogether(arrivals, isHidden(), m_now()));
}

void Banners::withdraw(const model::NotificationId &id)
{
    run(m_plan.withdraw(id, m_now()));
}

void Banners::withdrawAll()
{
    run(m_plan.withdrawAll());
}

void Banners::run(const BannerPlan::Steps &steps)
{
    bool isShowing = false;
    for (const BannerStep &step : steps) {
        if (step.kind == BannerStep::Kind::Show) {
            isShowing = true;
            m_service.show(step.banner, step.insteadOf);
        } else {
            m_service.withdraw(step.banner.place);
        }
    }
    if (isShowing) // now it matters
        m_quiet.refresh();
    schedule();
}

void Banners::schedule()
{
    const auto next = m_plan.nextDue();
    if (!next)
        return m_due.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - m_now());
    m_due.start(std::max(wait, std::chrono::milliseconds(1)));
}

void Banners::invoked(const model::NotificationId &id, const QString &action, const QString &token)
{
    if (action == openKey)
        Q_EMIT opened(id, token);
    else if (action == readKey)
        Q_EMIT readWanted(id);
    else if (action == acknowledgeKey)
        Q_EMIT acknowledgeWanted(id);
    else if (action == snoozeKey)
        Q_EMIT snoozeWanted(id);
    else if (action.startsWith(senderPrefix))
        Q_EMIT actionWanted(id, action.mid(senderPrefix.size()).toUtf8());
}

void Banners::lastResort(const Banner &banner)
{
    if (!m_balloons.contains(banner.place))
        m_balloons.append(banner.place);
    m_balloonsEnd.start(balloonTime);
    const BannerWords words = wordsFor(banner, {});
    Q_EMIT notShown(words.summary, words.body);
}
} // namespace belfry::desktop

#include "moc_banners.cpp"
