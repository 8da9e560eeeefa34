#include "window/more_rows.h"

#include "session/error_text.h"

#include <QPointer>

namespace belfry::window {
MoreRows::MoreRows(QObject *parent)
    : QObject(parent)
{
}

void MoreRows::offer(Ask ask)
{
    ++m_serial;
    m_ask = std::move(ask);
    m_from.clear();
    set(Some);
}

void MoreRows::clear()
{
    ++m_serial;
    m_ask = {};
    set(Nothing);
}

void MoreRows::fail(const model::Error &error, Ask ask)
{
    ++m_serial;
    m_ask = std::move(ask);
    m_from.clear();
    set(Failed, session::errorText(error), error.requestId);
}

void MoreRows::load()
{
    if (m_state != Some)
        return;
    set(Loading);
    m_ask(m_from, [self = QPointer(this), serial = ++m_serial](const model::Result<session::RowPage> &page) {
        if (self && serial == self->m_serial)
            self->take(page);
    });
}

void MoreRows::retry()
{
    if (m_state != Failed)
        return;
    set(Some);
    load();
}

void MoreRows::take(const model::Result<session::RowPage> &page)
{
    ++m_serial;
    if (!page)
        return set(Failed, session::errorText(page.error()), page.error().requestId);
    m_from = page->next;
    set(page->isFull ? Full : page->next.isEmpty() ? Nothing : Some);
    if (!page->ids.isEmpty())
        Q_EMIT found(page->ids);
}

void MoreRows::set(State state, const QString &problem, const model::Text &requestId)
{
    m_state = state;
    m_problem = problem;
    m_requestId = QString::fromUtf8(requestId);
    Q_EMIT changed();
}
} // namespace belfry::window

#include "moc_more_rows.cpp"
