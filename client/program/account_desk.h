#pragma once

#include "inbox/triage.h"
#include "session/account_session.h"
#include "window/connection_view.h"
#include "window/detail_view.h"
#include "window/inbox_view.h"
#include "window/toast_view.h"
#include "window/why_view.h"

#include <QtQmlIntegration/qqmlintegration.h>

namespace belfry::program {
/// One account on the desk: its session, and the view models of the window over it. Another account is
/// another object. One thread, that of the GUI.
class AccountDesk : public QObject, private window::RowSource, private window::WhySource
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    Q_PROPERTY(belfry::window::InboxView *inbox READ inbox CONSTANT)
    Q_PROPERTY(belfry::window::DetailView *detail READ detail CONSTANT)
    Q_PROPERTY(belfry::window::ToastView *toast READ toast CONSTANT)
    Q_PROPERTY(belfry::window::ConnectionView *connection READ connection CONSTANT)
    Q_PROPERTY(belfry::window::WhyView *why READ whyView CONSTANT)
public:
    /// The token source outlives this.
    AccountDesk(const session::SessionSettings &settings, session::TokenSource &tokens,
                const window::Teller &teller, QObject *parent = nullptr);
    ~AccountDesk() override;

    void start() { m_session.start(); }
    /// The window is on the screen: what tells time may tick.
    void setShown(bool isShown);

    [[nodiscard]] session::AccountSession &session() { return m_session; }
    [[nodiscard]] inbox::InboxModel &model() { return m_inbox; }
    [[nodiscard]] inbox::Triage &triage() { return m_triage; }
    /// All that is known of the inbox, newest first, as it is shown.
    [[nodiscard]] std::vector<model::Notification> items() const;
    [[nodiscard]] int size() const { return m_inbox.rowCount(); }

    [[nodiscard]] window::InboxView *inbox() { return &m_view; }
    [[nodiscard]] window::DetailView *detail() { return &m_detail; }
    [[nodiscard]] window::ToastView *toast() { return &m_toast; }
    [[nodiscard]] window::ConnectionView *connection() { return &m_connection; }
    [[nodiscard]] window::WhyView *whyView() { return &m_why; }

Q_SIGNALS:
    /// The person wants to sign in again.
    void signInWanted();
    /// The person wants the server now: the session tries already.
    void retryWanted();
    /// Read, archived, gone, asleep: a banner of it has nothing to say any more.
    void settled(const belfry::model::NotificationId &id);

private:
    void searchHere(const model::Text &words, RowSource::Reply reply) override;
    void searchThere(const model::Text &words, const model::Text &from, RowSource::Reply reply) override;
    [[nodiscard]] std::optional<bool> hasOlderArchived() const override;
    void olderArchived(RowSource::Reply reply) override;
    void why(const model::NotificationId &id, window::WhySource::Answer answer) override;
    void tellSettled(const QModelIndex &first, const QModelIndex &last);

    inbox::InboxModel m_inbox;
    session::AccountSession m_session;
    window::Clock m_clock;
    inbox::Triage m_triage;
    window::InboxView m_view;
    window::DetailView m_detail;
    window::ToastView m_toast;
    window::ConnectionView m_connection;
    window::WhyView m_why;
};
} // namespace belfry::program
