#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/settings.h"

namespace belfry::service {
using runtime::Loop;
using runtime::Reply;

/// Topics and who subscribed to them (semantics 11, decisions H60). Any loop. Making and removing:
/// admin:write; reading: admin:read or prefs:read; subscribing: admin:write, or prefs:write with the user
/// within reach.
class Topics
{
public:
    Topics(ports::Store &store, const runtime::Clock &clock, const Settings &settings);

    /// True: it is new; false: the title was changed.
    void put(Loop &home, const auth::Principal &who, model::TopicName name, model::Text title,
             Reply<model::Result<bool>> reply);
    void list(Loop &home, const auth::Principal &who, Reply<model::Result<std::vector<ports::Topic>>> reply);
    /// NotFound.
    void get(Loop &home, const auth::Principal &who, model::TopicName name,
             Reply<model::Result<ports::Topic>> reply);
    /// NotFound.
    void remove(Loop &home, const auth::Principal &who, model::TopicName name,
                Reply<model::VoidResult> reply);

    /// A repeat changes nothing. NotFound: no such topic, or an unknown user where none is made on first use.
    void subscribe(Loop &home, const auth::Principal &who, model::TopicName topic, model::UserId user,
                   bool on, Reply<model::VoidResult> reply);
    /// At most 500, after the opaque cursor of the page before (first: 0); the answer's second is the next
    /// cursor, 0 at the end. Scope admin:read. NotFound.
    using Page = std::pair<std::vector<model::UserId>, qint64>;
    void subscribers(Loop &home, const auth::Principal &who, model::TopicName topic, qint64 after,
                     Reply<model::Result<Page>> reply);

private:
    ports::Store &m_store;
    const runtime::Clock &m_clock;
    const Settings &m_settings;
};
} // namespace belfry::service
