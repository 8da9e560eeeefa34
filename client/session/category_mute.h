#pragma once

#include "client/rest_client.h"
#include "model/preferences.h"

#include <QHash>
#include <QObject>
#include <deque>

namespace belfry::session {
/// The channels that call for attention, off for this category; the inbox stays as it is. Pure.
void silence(model::Preferences &preferences, const model::Text &category);
/// What the row said before, or (nothing) the defaults again for those channels.
void restore(model::Preferences &preferences, const model::Text &category,
             const std::optional<model::ChannelRow<bool>> &row);

/// Mutes categories in the one document of preferences, whatever else changes in it meanwhile: reads it,
/// changes the one row, writes it back if it still is the one that was read, and begins again if not. One
/// after the other. One thread.
class CategoryMute : public QObject
{
    Q_OBJECT
public:
    using Answer = std::function<void(model::VoidResult)>;
    static constexpr int mostTries = 3;

    CategoryMute(client::RestClient &rest, model::UserId user, QObject *parent = nullptr);

    /// The answer comes once. Unavailable and the server's own errors.
    void set(const model::Text &category, bool muted, Answer answer);

private:
    struct Task
    {
        model::Text category;
        bool muted = false;
        Answer answer;
        int tries = 0;
        bool hasRemembered = false; ///< how the row was before
    };

    void read();
    void write(const client::RestClient::PreferencesDocument &document);
    void finish(const model::VoidResult &result);

    client::RestClient &m_rest;
    const model::UserId m_user;
    std::deque<Task> m_tasks; ///< the first one is under way
    /// As the rows were before they were muted here.
    QHash<model::Text, std::optional<model::ChannelRow<bool>>> m_before;
};
} // namespace belfry::session
