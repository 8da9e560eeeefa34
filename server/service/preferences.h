#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/settings.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// The one document of a user (decisions H30, H34, H88). Any loop. Scopes prefs:read, prefs:write, the user
/// within reach.
class PreferencesService
{
public:
    PreferencesService(ports::Store &store, const runtime::Clock &clock, const Settings &settings);

    /// Of a user whom nobody knows: the defaults and their ETag.
    void get(Loop &home, const auth::Principal &who, model::UserId user,
             Reply<model::Result<ports::StoredPreferences>> reply);
    /// Replaces all of it. `ifMatch`: ETags without quotes, one of which is the current one; absent:
    /// whatever is there.
    /// Precondition (412); Invalid, naming every bad member; NotFound: an unknown user where none is made
    /// on first use.
    void put(Loop &home, const auth::Principal &who, model::UserId user, model::Preferences document,
             std::optional<QList<model::Text>> ifMatch, Reply<model::Result<ports::StoredPreferences>> reply);

    /// Zone known to this machine, ranges within the day, at least one day each, no absurd sizes. Pure.
    [[nodiscard]] static model::VoidResult check(const model::Preferences &document);

private:
    ports::Store &m_store;
    const runtime::Clock &m_clock;
    const Settings &m_settings;
};
} // namespace belfry::service
