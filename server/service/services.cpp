#include "service/services.h"

namespace belfry::service {
Services::Services(ports::Store &store, ports::Cache &cache, ports::Fanout &fanout,
                   auth::Authenticator &authenticator, const runtime::Clock &clock, Settings wanted)
    : settings(wanted)
    , changes(store, cache)
    , preferenceSource(store, cache, changes)
    , categoryBook(store)
    , webhookBook(store, categoryBook)
    , submitter(store, fanout, preferenceSource, webhookBook, clock, settings)
    , explain(preferenceSource, webhookBook, clock, settings)
    , amendments(store, clock, submitter.alarms())
    , idempotency(store, clock)
    , ops(store, clock)
    , resume(store, changes)
    , reading(store, resume, settings, clock)
    , preferences(store, clock, settings)
    , users(store, passwords, clock)
    , standings(store, authenticator, clock)
    , people(store, passwords, standings, clock)
    , sessionAdmin(store, standings, clock)
    , logins(store, cache, passwords, standings, authenticator, clock)
    , topics(store, clock, settings)
    , reminders(store, preferenceSource, submitter, clock)
    , tickets(authenticator)
    , limits(cache, settings.limits)
    , keys(store, authenticator, clock)
    , webhooks(store, webhookBook, clock)
    , deliveries(store, clock)
    , audit(store)
    , categories(store, categoryBook, clock)
    , devices(store, clock, settings)
    , operations(store, submitter)
{
}
} // namespace belfry::service
