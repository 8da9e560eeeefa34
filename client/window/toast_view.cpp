#include "window/toast_view.h"

namespace belfry::window {
ToastView::ToastView(inbox::Triage &triage, const Teller &teller, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_triage(triage)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &ToastView::dismiss);
    connect(&triage, &inbox::Triage::done, this, [this, &clock, teller](const inbox::Toast &toast) {
        // Read and unread show in the row itself: one of them needs no toast, and Ctrl+Z knows it all the
        // same.
        const bool isPlain = toast.action == inbox::Action::Read || toast.action == inbox::Action::Unread;
        if (isPlain && toast.count == 1)
            return;
        const quint64 serial = toast.action == inbox::Action::Ack ? 0 : toast.serial;
        show(toastText(toast, teller, clock.minute()), false, serial);
    });
    connect(&triage, &inbox::Triage::undone, this,
            [this](const inbox::Toast &toast) { show(undoneText(toast), false, 0); });
    connect(&triage, &inbox::Triage::refused, this,
            [this](const inbox::Refusal &refusal) { tellError(refusal.why, refusalText(refusal)); });
}

void ToastView::show(const QString &text, bool isError, quint64 serial, const model::Text &requestId)
{
    m_text = text;
    m_requestId = QString::fromUtf8(requestId);
    m_isError = isError;
    m_serial = serial;
    m_undo = nullptr;
    m_timer.start(isError ? 2 * inbox::Triage::toastTime : inbox::Triage::toastTime);
    Q_EMIT changed();
}

void ToastView::tell(const QString &text, bool isError)
{
    show(text, isError, 0);
}

void ToastView::tellError(const model::Error &why, const QString &text)
{
    show(text, true, 0, why.requestId);
}

void ToastView::copyRequestId()
{
    const QString id = m_requestId;
    if (!id.isEmpty())
        Q_EMIT copyWanted(id);
}

void ToastView::follow(SavedSearches &searches)
{
    connect(&searches, &SavedSearches::removed, this, [this, &searches](const QString &name) {
        show(tr("“%1” is not saved any more").arg(name), false, 0);
        m_undo = [this, &searches, name] {
            searches.takeBack();
            tell(tr("“%1” is saved again").arg(name));
        };
        Q_EMIT changed();
    });
}

void ToastView::undo()
{
    const quint64 serial = m_serial;
    const std::function<void()> aside = m_undo;
    if (!canUndo())
        return;
    dismiss();
    if (aside)
        aside();
    else
        m_triage.undo(serial);
}

void ToastView::dismiss()
{
    m_timer.stop();
    if (!isShown())
        return;
    m_text.clear();
    m_requestId.clear();
    m_serial = 0;
    m_undo = nullptr;
    Q_EMIT changed();
}

void ToastView::hold(bool isHeld)
{
    if (isHeld)
        m_timer.stop();
    else if (isShown())
        m_timer.start(inbox::Triage::toastTime);
}
} // namespace belfry::window

#include "moc_toast_view.cpp"
