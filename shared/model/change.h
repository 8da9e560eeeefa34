#pragma once

#include "model/op.h"

namespace belfry::model {
/// Kind of a log entry (decisions H21). Stored as the number: never renumber.
enum class ChangeKind : quint8 {
    Created = 0,
    Updated = 1,
    State = 2,
    Expired = 3,
    Recalled = 4,
    Preferences = 5,
    Alert = 6
};

/// Payload of a State entry: the op as it was applied.
struct StateChange
{
    Op op;
    friend bool operator==(const StateChange &, const StateChange &) = default;
};

/// An item that is no more: only its id is ever shown again.
struct Gone
{
    NotificationId id;
    friend bool operator==(const Gone &, const Gone &) = default;
};

/// The document changed; clients load it again.
struct PreferencesChange
{
    Text etag;
    friend bool operator==(const PreferencesChange &, const PreferencesChange &) = default;
};

/// Held toasts are released (H31).
struct AlertChange
{
    QList<NotificationId> ids;
    bool digest = false;
    friend bool operator==(const AlertChange &, const AlertChange &) = default;
};

/// One entry of the user log. Created and Updated carry the item as it is *now*, or Gone.
struct Change
{
    Seq seq = 0;
    ChangeKind kind = ChangeKind::Created;
    Instant at;
    std::variant<Notification, Gone, StateChange, PreferencesChange, AlertChange> what;
    /// What this entry asks a client to do at its first delivery.
    Alert alert = Alert::None;
    friend bool operator==(const Change &, const Change &) = default;
};
} // namespace belfry::model
