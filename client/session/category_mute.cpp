#include "session/category_mute.h"

namespace belfry::session {
using client::RestClient;
using model::Channel;

namespace {
constexpr Channel loud[] = {Channel::Toast, Channel::Email, Channel::Sms, Channel::Push};
} // namespace

void silence(model::Preferences &preferences, const model::Text &category)
{
    model::ChannelRow<bool> &row = preferences.matrix[category];
    for (const Channel channel : loud)
        row.byChannel[std::size_t(channel)] = false;
}

void restore(model::Preferences &preferences, const model::Text &category,
             const std::optional<model::ChannelRow<bool>> &row)
{
    model::ChannelRow<bool> &now = preferences.matrix[category];
    for (const Channel channel : loud) {
        const auto index = std::size_t(channel);
        now.byChannel[index] = row ? row->byChannel[index] : std::nullopt;
    }
    if (now == model::ChannelRow<bool>())
        preferences.matrix.remove(category);
}

CategoryMute::CategoryMute(RestClient &rest, model::UserId user, QObject *parent)
    : QObject(parent)
    , m_rest(rest)
    , m_user(std::move(user))
{
}

void CategoryMute::set(const model::Text &category, bool muted, Answer answer)
{
    m_tasks.push_back({category.isEmpty() ? model::Text("general") : category, muted, std::move(answer)});
    if (m_tasks.size() == 1)
        read();
}

void CategoryMute::read()
{
    ++m_tasks.front().tries;
    m_rest.preferences(this, m_user, [this](const model::Result<RestClient::PreferencesDocument> &document) {
        if (document)
            write(*document);
        else
            finish(tl::unexpected(document.error()));
    });
}

void CategoryMute::write(const RestClient::PreferencesDocument &document)
{
    Task &task = m_tasks.front();
    model::Preferences wanted = document.document;
    if (task.muted) {
        if (!m_before.contains(task.category)) {
            task.hasRemembered = true;
            const auto row = wanted.matrix.constFind(task.category);
            m_before.insert(task.category,
                            row == wanted.matrix.constEnd() ? std::nullopt : std::optional(*row));
        }
        silence(wanted, task.category);
    } else {
        restore(wanted, task.category, m_before.value(task.category));
    }
    m_rest.putPreferences(this, m_user, wanted, document.etag,
                          [this](const model::Result<RestClient::PreferencesDocument> &written) {
                              const bool changedMeanwhile =
                                  !written && written.error().code == model::ErrorCode::Precondition;
                              if (changedMeanwhile && m_tasks.front().tries < mostTries)
                                  return read();
                              finish(written ? model::VoidResult() : tl::unexpected(written.error()));
                          });
}

void CategoryMute::finish(const model::VoidResult &result)
{
    Task task = std::move(m_tasks.front());
    m_tasks.pop_front();
    if (result ? !task.muted : task.hasRemembered)
        m_before.remove(task.category);
    if (!m_tasks.empty())
        read();
    task.answer(result);
}
} // namespace belfry::session

#include "moc_category_mute.cpp"
