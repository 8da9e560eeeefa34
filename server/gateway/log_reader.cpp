#include "gateway/log_reader.h"

#include "gateway/core.h"
#include "gateway/session.h"
#include "runtime/log.h"

namespace belfry::gateway {
void LogReader::wantState(LocalUser &user)
{
    if (std::exchange(user.reading, true))
        return;
    auto reply = [core = m_core.weak_from_this(), id = user.id](const model::Result<ports::LogState> &state) {
        if (const auto alive = core.lock())
            alive->reader().takeState(id, state);
    };
    m_core.parts().resume.standing(m_core.loop(), user.id, std::move(reply));
}

void LogReader::takeState(const model::UserId &id, const model::Result<ports::LogState> &state)
{
    LocalUser *user = m_core.findUser(id);
    if (user == nullptr)
        return;
    if (state) {
        user->reading = false;
        return m_core.learnState(*user, *state);
    }
    // It stays marked as being read until it is asked again.
    qCDebug(lcGateway) << "where a log stands could not be read:" << state.error().detail;
    m_failed.push_back(id);
    m_retryAt = m_core.steady() + m_core.settings().retryAfter;
}

void LogReader::retry(runtime::SteadyTime now)
{
    if (m_failed.empty() || now < m_retryAt)
        return;
    for (const model::UserId &id : std::exchange(m_failed, {})) {
        if (LocalUser *user = m_core.findUser(id)) {
            user->reading = false;
            wantState(*user);
        }
    }
}

void LogReader::wantPage(Session &session, int limit)
{
    m_pages.push_back({session.id(), limit});
    askForPages();
}

void LogReader::askForPages()
{
    const int most = m_core.settings().readsUnderWay;
    while (!m_pages.empty() && (most <= 0 || m_pagesUnderWay < most)) {
        const PageRequest request = m_pages.front();
        m_pages.pop_front();
        const Session *session = m_core.findSession(request.session);
        if (session == nullptr || session->user() == nullptr)
            continue;
        ++m_pagesUnderWay;
        auto reply = [core = m_core.weak_from_this(),
                      id = request.session](model::Result<ports::LogPage> page) {
            if (const auto alive = core.lock())
                alive->reader().takePage(id, std::move(page));
        };
        m_core.parts().resume.page(m_core.loop(), session->user()->id, session->cursor(), std::move(reply),
                                   request.limit);
    }
}

void LogReader::takePage(net::ConnectionId id, model::Result<ports::LogPage> page)
{
    --m_pagesUnderWay;
    if (Session *session = m_core.findSession(id))
        session->takePage(std::move(page));
    askForPages();
}
} // namespace belfry::gateway
