#pragma once

#include "model/instant.h"
#include "session/connection.h"

#include <QList>
#include <QString>
#include <deque>
#include <utility>

namespace belfry::account {
/// What the connection did lately, for people who look for a fault: the newest `mostEntries`, one for each
/// change. Holds no text of notifications and no secret. Pure; one thread.
class ConnectionLog
{
public:
    static constexpr std::size_t mostEntries = 200;

    struct Entry
    {
        model::Instant at;
        session::Connection::State state;
        model::Text reason;
        model::Text requestId; ///< of the first that was refused for it
        friend bool operator==(const Entry &, const Entry &) = default;
    };

    void note(const session::Connection &connection, model::Instant at);
    [[nodiscard]] const std::deque<Entry> &entries() const { return m_entries; }

private:
    std::deque<Entry> m_entries; ///< oldest first
};

/// A name and what it is on this computer: "Banners", "actions, body-markup".
using Facts = QList<std::pair<QString, QString>>;

/// Of this program and computer: versions, desktop, language, drawing. `more` stands behind them: what the
/// program found out, such as capabilities of the notification service.
[[nodiscard]] Facts systemFacts();

/// The report that "Copy" takes along, in English, whatever the program's language, for those who help. What
/// looks like a secret (tokens, keys, passwords in addresses) is blacked out wherever it stands.
[[nodiscard]] QString diagnosticsReport(const Facts &facts, const ConnectionLog &log);
/// The same for any text.
[[nodiscard]] QString withoutSecrets(QString text);
} // namespace belfry::account
