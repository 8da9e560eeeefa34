#include "window/why_view.h"

#include "inbox/wall_clock.h"
#include "session/error_text.h"
#include "window/server_words.h"

namespace belfry::window {
namespace {
QString plain(const model::Text &word)
{
    return QString::fromUtf8(word).replace(QLatin1Char('_'), QLatin1Char(' '));
}

QString joined(std::initializer_list<QString> parts)
{
    QStringList list;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            list.append(part);
    }
    return list.join(QStringLiteral(" · "));
}

QString sinceBefore(model::Duration since)
{
    const qint64 ms = since.count() / 1000;
    if (ms < 1000)
        return WhyView::tr("+%1 ms").arg(ms);
    if (ms < 120'000)
        return WhyView::tr("+%L1 s").arg(double(ms) / 1000, 0, 'f', 1);
    return WhyView::tr("+%1 min").arg(ms / 60'000);
}
} // namespace

WhyView::WhyView(WhySource &source, Teller teller, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_teller(std::move(teller))
{
}

void WhyView::ask(const QString &id)
{
    const auto wanted = model::NotificationId::parse(id.toLatin1());
    if (!wanted)
        return;
    const quint64 serial = ++m_serial;
    m_isAsking = true;
    m_problem.clear();
    m_requestId.clear();
    m_answer = {};
    m_source.why(*wanted, [this, serial](const model::Result<protocol::TimelineAnswer> &answer) {
        if (serial != m_serial)
            return;
        m_isAsking = false;
        if (answer) {
            m_answer = *answer;
        } else {
            m_problem = session::errorText(answer.error());
            m_requestId = QString::fromUtf8(answer.error().requestId);
        }
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

QVariantList WhyView::ways() const
{
    QVariantList list;
    for (const protocol::TimelineAnswer::Delivery &way : m_answer.deliveries)
        list.append(
            QVariantMap{{QStringLiteral("name"), channelText(plain(way.channel))},
                        {QStringLiteral("state"), deliveryText(plain(way.state))},
                        {QStringLiteral("why"),
                         joined({way.rule.isEmpty() ? QString() : tr("by the rule “%1”").arg(plain(way.rule)),
                                 reasonText(plain(way.reason)),
                                 way.attempts > 1 ? tr("%n attempts", nullptr, way.attempts) : QString()})}});
    return list;
}

QVariantList WhyView::steps() const
{
    QVariantList list;
    model::MaybeInstant before;
    for (const protocol::TimelineAnswer::Step &step : m_answer.trace) {
        const QString time =
            m_teller.local(inbox::dateTimeOf(step.at)).toString(QStringLiteral("HH:mm:ss.zzz"));
        list.append(QVariantMap{
            {QStringLiteral("when"), time},
            {QStringLiteral("what"), joined({stepText(plain(step.step)), channelText(plain(step.channel)),
                                             plain(step.rule), reasonText(QString::fromUtf8(step.detail)),
                                             before ? sinceBefore(step.at - *before) : QString()})}});
        before = step.at;
    }
    return list;
}
} // namespace belfry::window

#include "moc_why_view.cpp"
