#pragma once

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

/// "inbox:*" gives both inbox:read and inbox:write; an unknown name is nothing.
[[nodiscard]] std::optional<Scopes> scopesByName(QByteArrayView name);
/// One name per scope, in the order of the table.
[[nodiscard]] QList<model::Text> scopeNames(Scopes scopes);
} // namespace belfry::auth
