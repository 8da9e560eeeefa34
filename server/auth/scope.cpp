#include "auth/scope.h"

#include <array>

namespace belfry::auth {
namespace {
struct Row
{
    const char *name;
    Scopes scopes;
};

/// The table of names; the first ten are one scope each and give scopeNames its order.
constexpr int singleScopes = 10;
const std::array<Row, 13> &table()
{
    static const std::array<Row, 13> rows{{
        {"notify:write", Scope::NotifyWrite},
        {"notify:critical", Scope::NotifyCritical},
        {"inbox:read", Scope::InboxRead},
        {"inbox:write", Scope::InboxWrite},
        {"prefs:read", Scope::PrefsRead},
        {"prefs:write", Scope::PrefsWrite},
        {"users:write", Scope::UsersWrite},
        {"admin:read", Scope::AdminRead},
        {"admin:write", Scope::AdminWrite},
        {"metrics:read", Scope::MetricsRead},
        {"inbox:*", Scope::InboxRead | Scope::InboxWrite},
        {"prefs:*", Scope::PrefsRead | Scope::PrefsWrite},
        {"*", allScopes},
    }};
    return rows;
}
} // namespace

std::optional<Scopes> scopesByName(QByteArrayView name)
{
    for (const Row &row : table()) {
        if (name == row.name)
            return row.scopes;
    }
    return std::nullopt;
}

QList<model::Text> scopeNames(Scopes scopes)
{
    QList<model::Text> names;
    for (int i = 0; i < singleScopes; ++i) {
        const Row &row = table()[static_cast<std::size_t>(i)];
        if ((scopes & row.scopes) == row.scopes)
            names.append(row.name);
    }
    return names;
}
} // namespace belfry::auth
