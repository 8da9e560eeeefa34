#include "program/account_desk.h"

#include "program/system_now.h"
#include "session/error_text.h"

namespace belfry::program {
using model::NotificationId;
using session::AccountSession;

AccountDesk::AccountDesk(const session::SessionSettings &settings, session::TokenSource &tokens,
                         const window::Teller &teller, QObject *parent)
    : QObject(parent)
    , m_session(settings, m_inbox, tokens)
    , m_clock(systemNow)
    , m_triage(m_inbox, m_session, systemNow)
    , m_view({m_inbox, m_triage, *this, m_clock}, teller)
    , m_detail(m_inbox, m_triage, m_clock, teller)
    , m_toast(m_triage, teller, m_clock)
    , m_connection(teller, m_clock)
    , m_why(*this, teller)
{
    m_toast.follow(*m_view.saved());
    connect(&m_session, &AccountSession::opApplied, &m_triage, &inbox::Triage::opApplied);
    connect(&m_session, &AccountSession::opRefused, &m_triage, &inbox::Triage::opRefused);
    connect(&m_session, &AccountSession::opened, &m_view, &window::InboxView::setCacheRead);
    connect(&m_session, &AccountSession::countsChanged, this, [this](const model::Counts &counts) {
        m_view.setUnreadCount(counts.unread);
        m_connection.setWaitingOps(m_session.waitingOps());
    });
    connect(&m_session, &AccountSession::connectionChanged, this,
            [this](const session::Connection &connection) {
                m_connection.setConnection(connection);
                m_connection.setWaitingOps(m_session.waitingOps());
            });
    connect(&m_session, &AccountSession::notKept, this, [this](const model::Error &why, bool opsAtRisk) {
        const QString words = session::errorText(why);
        m_toast.tell(opsAtRisk ? tr("What you do now may be lost when Belfry ends: %1").arg(words)
                               : tr("The inbox can't be kept on this computer: %1").arg(words),
                     true);
    });
    connect(&m_session, &AccountSession::cacheSetAside, this, [this](const offline::SetAside &what) {
        if (what.mayLackOps)
            m_toast.tell(tr("The inbox on this computer was damaged and begun anew; changes that were not "
                            "sent may be lost"),
                         true);
    });
    connect(&m_connection, &window::ConnectionView::retryWanted, this, [this] {
        m_session.retry();
        Q_EMIT retryWanted();
    });
    connect(&m_connection, &window::ConnectionView::signInWanted, this, &AccountDesk::signInWanted);
    connect(&m_inbox, &QAbstractItemModel::dataChanged, this, &AccountDesk::tellSettled);
    connect(&m_inbox, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) {
                for (int row = first; row <= last; ++row)
                    Q_EMIT settled(m_inbox.idAt(row));
            });
    m_connection.setConnection(m_session.connection());
}

AccountDesk::~AccountDesk() = default;

void AccountDesk::setShown(bool isShown)
{
    m_clock.setTicking(isShown);
    m_connection.setShown(isShown);
}

std::vector<model::Notification> AccountDesk::items() const
{
    std::vector<model::Notification> items;
    items.reserve(std::size_t(size()));
    for (int row = 0; row < size(); ++row)
        items.push_back(m_inbox.entryAt(row)->shown);
    return items;
}

void AccountDesk::tellSettled(const QModelIndex &first, const QModelIndex &last)
{
    for (int row = first.row(); row <= last.row(); ++row) {
        const inbox::Entry *entry = m_inbox.entryAt(row);
        if (entry && (entry->shown->engagement.read || !model::isActive(entry->shown)))
            Q_EMIT settled(entry->shown->id);
    }
}

void AccountDesk::searchHere(const model::Text &words, RowSource::Reply reply)
{
    m_session.search(words, [reply = std::move(reply)](const model::Result<QList<NotificationId>> &found) {
        reply(found.map([](const auto &ids) { return session::RowPage{ids}; }));
    });
}

void AccountDesk::searchThere(const model::Text &words, const model::Text &from, RowSource::Reply reply)
{
    m_session.searchServer(words, from, std::move(reply));
}

std::optional<bool> AccountDesk::hasOlderArchived() const
{
    return m_session.hasOlderArchived();
}

void AccountDesk::olderArchived(RowSource::Reply reply)
{
    m_session.olderArchived(std::move(reply));
}

void AccountDesk::why(const NotificationId &id, window::WhySource::Answer answer)
{
    client::RestClient *rest = m_session.rest();
    if (!rest)
        return answer(
            model::fail(model::ErrorCode::Unavailable, "the inbox is being opened: try again in a moment"));
    rest->timeline(this, id, std::move(answer));
}
} // namespace belfry::program

#include "moc_account_desk.cpp"
