#pragma once

#include "service/amendments.h"
#include "service/audit.h"
#include "service/categories.h"
#include "service/deliveries.h"
#include "service/devices.h"
#include "service/explain.h"
#include "service/idempotency.h"
#include "service/keys.h"
#include "service/limits.h"
#include "service/logins.h"
#include "service/operations.h"
#include "service/ops.h"
#include "service/people.h"
#include "service/preferences.h"
#include "service/reading.h"
#include "service/reminders.h"
#include "service/resume.h"
#include "service/session_admin.h"
#include "service/standings.h"
#include "service/submitter.h"
#include "service/tickets.h"
#include "service/topics.h"
#include "service/users.h"
#include "service/webhooks.h"

namespace belfry::service {
/// All use cases: one set for the process, shared by all loops. Outlives the loops; what is handed in
/// outlives it. `changes` must hear of every commit first (bus).
struct Services
{
    Services(ports::Store &store, ports::Cache &cache, ports::Fanout &fanout,
             auth::Authenticator &authenticator, const runtime::Clock &clock, Settings settings);

    const Settings settings;
    Changes changes;
    PreferenceSource preferenceSource;
    CategoryBook categoryBook;
    WebhookBook webhookBook;
    Submitter submitter;
    Explain explain;
    Amendments amendments;
    Idempotency idempotency;
    Ops ops;
    Resume resume;
    Reading reading;
    PreferencesService preferences;
    PasswordWork passwords;
    Users users;
    Standings standings;
    People people;
    SessionAdmin sessionAdmin;
    Logins logins;
    Topics topics;
    Reminders reminders;
    Tickets tickets;
    Limits limits;
    Keys keys;
    Webhooks webhooks;
    Deliveries deliveries;
    Audit audit;
    Categories categories;
    Devices devices;
    Operations operations;
};
} // namespace belfry::service
