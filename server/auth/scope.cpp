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

/// Which scopes each role has. A row has all that the one above it has: the order of the roles is theirs.
struct RoleRow
{
    const char *name;
    model::Role role;
    Scopes scopes;
};

const std::array<RoleRow, 5> &roleTable()
{
    constexpr Scopes auditor = personalScopes | Scope::AdminRead | Scope::MetricsRead;
    constexpr Scopes operates = auditor | Scope::NotifyWrite | Scope::AdminWrite;
    static const std::array<RoleRow, 5> rows{{
        {"user", model::Role::User, personalScopes},
        {"auditor", model::Role::Auditor, auditor},
        {"operator", model::Role::Operator, operates},
        {"admin", model::Role::Admin, allScopes},
        {"owner", model::Role::Owner, allScopes},
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

Scopes scopesOf(model::Role role)
{
    return roleTable()[static_cast<std::size_t>(role)].scopes;
}

model::Text roleName(model::Role role)
{
    return roleTable()[static_cast<std::size_t>(role)].name;
}

std::optional<model::Role> roleByName(QByteArrayView name)
{
    for (const RoleRow &row : roleTable()) {
        if (name == row.name)
            return row.role;
    }
    return std::nullopt;
}

model::Text roleNames()
{
    QList<model::Text> names;
    for (const RoleRow &row : roleTable())
        names.append(row.name);
    return names.join(", ");
}

model::Role highestRoleWithin(Scopes scopes)
{
    model::Role highest = model::Role::User;
    for (const RoleRow &row : roleTable()) {
        if (!(row.scopes & ~scopes & ~personalScopes))
            highest = row.role;
    }
    return highest;
}
} // namespace belfry::auth
