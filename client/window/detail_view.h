#pragma once

#include "inbox/inbox_model.h"
#include "inbox/triage.h"
#include "offline/found_words.h"
#include "window/clock.h"
#include "window/words.h"

#include <QColor>
#include <QVariantList>
#include <QtQml/qqmlregistration.h>

namespace belfry::window {
/// The notification that is open (C4), as it is now: what the server or another device makes of it shows at
/// once. One thread.
class DetailView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the program makes it")
    Q_PROPERTY(QString notificationId READ notificationId WRITE setNotificationId NOTIFY changed)
    Q_PROPERTY(QString searched READ searched WRITE setSearched NOTIFY changed)
    Q_PROPERTY(bool isOpen READ isOpen NOTIFY changed)
    Q_PROPERTY(QString title READ title NOTIFY changed)
    Q_PROPERTY(QString message READ message NOTIFY changed)
    Q_PROPERTY(QString plainMessage READ plainMessage NOTIFY changed)
    Q_PROPERTY(QString source READ source NOTIFY changed)
    Q_PROPERTY(QString category READ category NOTIFY changed)
    Q_PROPERTY(QString link READ link NOTIFY changed)
    Q_PROPERTY(QVariantList actions READ actions NOTIFY changed)
    Q_PROPERTY(QVariantList facts READ facts NOTIFY changed)
    Q_PROPERTY(QVariantList thread READ thread NOTIFY changed)
    Q_PROPERTY(double progress READ progress NOTIFY changed)
    Q_PROPERTY(bool isUnread READ isUnread NOTIFY changed)
    Q_PROPERTY(bool isUrgent READ isUrgent NOTIFY changed)
    Q_PROPERTY(bool isArchived READ isArchived NOTIFY changed)
    Q_PROPERTY(bool isSnoozed READ isSnoozed NOTIFY changed)
    Q_PROPERTY(bool isPending READ isPending NOTIFY changed)
    Q_PROPERTY(bool needsAck READ needsAck NOTIFY changed)
public:
    DetailView(inbox::InboxModel &inbox, inbox::Triage &triage, const Clock &clock, Teller teller,
               QObject *parent = nullptr);

    /// "" closes it. One that is not there (any more) is closed.
    [[nodiscard]] QString notificationId() const;
    void setNotificationId(const QString &id);
    /// The words of a search, to be marked in title and message; "": none.
    [[nodiscard]] QString searched() const { return m_searched; }
    void setSearched(const QString &words);
    [[nodiscard]] bool isOpen() const { return entry() != nullptr; }

    [[nodiscard]] QString title() const;
    [[nodiscard]] QString message() const;
    [[nodiscard]] QString plainMessage() const; ///< for those who listen: without marks, in one line
    /// Title and message as rich text that is safe (marked_text.h, safe_markdown.h).
    Q_INVOKABLE [[nodiscard]] QString titleHtml(const QColor &mark, const QColor &markPlane) const;
    Q_INVOKABLE [[nodiscard]] QString html(const QColor &link, const QColor &code, const QColor &mark,
                                           const QColor &markPlane) const;
    [[nodiscard]] QString source() const;
    [[nodiscard]] QString category() const;
    [[nodiscard]] QString link() const;         ///< "" when there is none that may be opened
    [[nodiscard]] QVariantList actions() const; ///< {id, title, url} each
    [[nodiscard]] QVariantList facts() const;   ///< {name, value} each: what else is known of it
    [[nodiscard]] QVariantList thread() const;  ///< {notificationId, title, when, unread} of the same thread
    [[nodiscard]] double progress() const;      ///< −1: none
    [[nodiscard]] bool isUnread() const;
    [[nodiscard]] bool isUrgent() const;
    [[nodiscard]] bool isArchived() const;
    [[nodiscard]] bool isSnoozed() const;
    [[nodiscard]] bool isPending() const;
    [[nodiscard]] bool needsAck() const;

    Q_INVOKABLE void markRead();
    Q_INVOKABLE void toggleRead();
    Q_INVOKABLE void acknowledge();
    Q_INVOKABLE void archive();
    Q_INVOKABLE void remove();
    Q_INVOKABLE void bringBack();
    Q_INVOKABLE void snooze(const QDateTime &until);
    Q_INVOKABLE void mute();
    /// One of `actions`: tells the server, and opens its link.
    Q_INVOKABLE void perform(const QString &actionId);
    Q_INVOKABLE void openLink(const QString &link);
    Q_INVOKABLE void copyLink();

Q_SIGNALS:
    void changed();
    /// To be opened by the desktop; a safe one.
    void linkWanted(const QString &link);
    void copyWanted(const QString &text);

private:
    [[nodiscard]] const inbox::Entry *entry() const;
    void modelChanged(const QModelIndex &first, const QModelIndex &last);

    inbox::InboxModel &m_inbox;
    inbox::Triage &m_triage;
    const Clock &m_clock;
    const Teller m_teller;
    model::NotificationId m_id;
    QString m_searched;
    offline::FoundWords m_found;
};
} // namespace belfry::window
