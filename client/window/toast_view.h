#pragma once

#include "inbox/triage.h"
#include "window/clock.h"
#include "window/saved_searches.h"
#include "window/words.h"

#include <QtQml/qqmlregistration.h>
#include <functional>

namespace belfry::window {
/// The one toast at the foot of the window: the last deed with Undo, or what did not come about. Goes away by
/// itself after Triage::toastTime, an error after twice that; stays while somebody is at it. One thread.
class ToastView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("the program makes it")
    Q_PROPERTY(QString text READ text NOTIFY changed)
    Q_PROPERTY(QString requestId READ requestId NOTIFY changed)
    Q_PROPERTY(bool isShown READ isShown NOTIFY changed)
    Q_PROPERTY(bool isError READ isError NOTIFY changed)
    Q_PROPERTY(bool canUndo READ canUndo NOTIFY changed)
    Q_PROPERTY(bool isAside READ isAside NOTIFY changed)
public:
    ToastView(inbox::Triage &triage, const Teller &teller, const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] QString text() const { return m_text; }
    /// Of the request that the server refused; "": none.
    [[nodiscard]] QString requestId() const { return m_requestId; }
    [[nodiscard]] bool isShown() const { return !m_text.isEmpty(); }
    [[nodiscard]] bool isError() const { return m_isError; }
    [[nodiscard]] bool canUndo() const { return m_serial != 0 || m_undo; }
    /// What can be taken back is no deed of the inbox, so that nobody but this toast knows it.
    [[nodiscard]] bool isAside() const { return bool(m_undo); }
    /// Tells of those that are removed, and takes that back.
    void follow(SavedSearches &searches);

    Q_INVOKABLE void undo();
    Q_INVOKABLE void dismiss();
    /// True: somebody is at it, it waits.
    Q_INVOKABLE void hold(bool isHeld);
    /// Something to be said that is no deed.
    Q_INVOKABLE void tell(const QString &text, bool isError = false);
    /// The same of an error; `text` may say more than that has happened.
    void tellError(const model::Error &why, const QString &text);
    Q_INVOKABLE void copyRequestId();

Q_SIGNALS:
    void changed();
    void copyWanted(const QString &text);

private:
    void show(const QString &text, bool isError, quint64 serial, const model::Text &requestId = {});

    inbox::Triage &m_triage;
    QString m_text;
    QString m_requestId;
    bool m_isError = false;
    quint64 m_serial = 0;
    std::function<void()> m_undo; ///< of what is no deed
    QTimer m_timer;
};
} // namespace belfry::window
