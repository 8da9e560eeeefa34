#pragma once

#include "model/role.h"
#include "model/text.h"

#include <QFlags>
#include <QList>
#include <optional>

namespace belfry::auth {
/// What a credential may do (semantics 19, decisions H09). Stored as bits: never renumber.
enum class Scope : quint32 {
    NotifyWrite = 1 << 0,
    NotifyCritical = 1 << 1,
    InboxRead = 1 << 2,
    InboxWrite = 1 << 3,
    PrefsRead = 1 << 4,
    PrefsWrite = 1 << 5,
    UsersWrite = 1 << 6,
    AdminRead = 1 << 7,
    AdminWrite = 1 << 8,
    MetricsRead = 1 << 9,
};
Q_DECLARE_FLAGS(Scopes, Scope)
Q_DECLARE_OPERATORS_FOR_FLAGS(Scopes)

inline constexpr Scopes allScopes = Scopes::fromInt((1 << 10) - 1);
/// What every user's token may do, and only to that user's own things (semantics 19).
inline constexpr Scopes personalScopes =
    Scopes(Scope::InboxRead) | Scope::InboxWrite | Scope::PrefsRead | Scope::PrefsWrite;

/// "inbox:*" gives both inbox:read and inbox:write; an unknown name is nothing.
[[nodiscard]] std::optional<Scopes> scopesByName(QByteArrayView name);
/// One name per scope, in the order of the table.
[[nodiscard]] QList<model::Text> scopeNames(Scopes scopes);

/// The table role -> scopes (decisions H09): what a person with this role may do who has signed in.
[[nodiscard]] Scopes scopesOf(model::Role role);
[[nodiscard]] model::Text roleName(model::Role role);
[[nodiscard]] std::optional<model::Role> roleByName(QByteArrayView name);
/// "user, auditor, …": for messages that say how to mend it.
[[nodiscard]] model::Text roleNames();
/// The highest role that gives nothing beyond these scopes, the personal ones aside: who has them may give
/// that role to others, and no higher one.
[[nodiscard]] model::Role highestRoleWithin(Scopes scopes);
} // namespace belfry::auth
