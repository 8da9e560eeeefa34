#include "session/list_loader.h"

#include "protocol/answers.h"

namespace belfry::session {
using client::RestClient;

namespace {
constexpr int noLimit = 100'000;
constexpr char archived[] = "archived";
} // namespace

ListLoader::ListLoader(RestClient &rest, model::UserId user, QObject *parent)
    : QObject(parent)
    , m_rest(rest)
    , m_user(std::move(user))
{
}

void ListLoader::load(offline::ListsDue what)
{
    if (what == offline::ListsDue::None)
        return;
    m_lists = std::max(m_lists, what);
    if (what == offline::ListsDue::All)
        loadActive();
    begin(Page{"snoozed", {}, noLimit});
    begin(Page{archived, {}, mostArchived});
}

void ListLoader::loadActive()
{
    begin(Page{"active", {}, noLimit});
}

void ListLoader::fetch(const QList<model::NotificationId> &ids)
{
    if (ids.size() > mostSingle)
        return loadActive();
    for (const model::NotificationId &id : ids)
        begin(Single{id});
}

void ListLoader::stop()
{
    ++m_generation;
    m_tasks.clear();
    m_isBusy = false;
    m_lists = offline::ListsDue::None;
}

void ListLoader::begin(Task task)
{
    m_tasks.push_back(std::move(task));
    if (!m_isBusy)
        next();
}

void ListLoader::next()
{
    m_isBusy = !m_tasks.empty();
    if (!m_isBusy) {
        Q_EMIT finished(std::exchange(m_lists, offline::ListsDue::None));
        return;
    }
    const Task task = m_tasks.front();
    std::visit([this](const auto &one) { load(one); }, task);
}

void ListLoader::load(const Page &page)
{
    RestClient::ListQuery query{m_user, page.state, {}, {}, page.cursor, std::min(pageSize, page.left)};
    m_rest.list(this, query,
                [this, page, asked = m_generation](const model::Result<protocol::ListAnswer> &list) {
                    if (asked != m_generation)
                        return;
                    if (!list)
                        return fail(list.error());
                    const int left = page.left - int(list->items.size());
                    const bool isOver = list->nextCursor.isEmpty() || left <= 0;
                    if (isOver)
                        m_tasks.pop_front();
                    else
                        m_tasks.front() = Page{page.state, list->nextCursor, left};
                    Q_EMIT loaded(list->items);
                    if (asked == m_generation && isOver && page.state == archived)
                        Q_EMIT archiveLoaded(list->nextCursor);
                    if (asked == m_generation)
                        next();
                });
}

void ListLoader::load(const Single &single)
{
    const QByteArray path = "/api/v1/users/" + QUrl::toPercentEncoding(QString::fromUtf8(m_user.text)) +
                            "/inbox/" + single.id.toText();
    m_rest.send(this, "GET", path, {},
                [this, asked = m_generation](const model::Result<RestClient::Response> &response) {
                    if (asked != m_generation)
                        return;
                    const bool isGone = !response && response.error().code == model::ErrorCode::NotFound;
                    if (!response && !isGone)
                        return fail(response.error());
                    m_tasks.pop_front();
                    if (response) {
                        const auto item = protocol::parseItemAnswer(response->body);
                        if (!item)
                            return fail(item.error());
                        Q_EMIT loaded({*item});
                    }
                    if (asked == m_generation)
                        next();
                });
}

void ListLoader::fail(const model::Error &error)
{
    stop();
    Q_EMIT failed(error);
}
} // namespace belfry::session

#include "moc_list_loader.cpp"
