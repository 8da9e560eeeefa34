#include "api/route_table.h"

#include "api/admin_event_routes.h"
#include "api/admin_routes.h"
#include "api/audit_routes.h"
#include "api/category_routes.h"
#include "api/delivery_routes.h"
#include "api/device_routes.h"
#include "api/document_routes.h"
#include "api/event_routes.h"
#include "api/explain_routes.h"
#include "api/inbox_routes.h"
#include "api/legacy_routes.h"
#include "api/live_page.h"
#include "api/live_routes.h"
#include "api/notification_routes.h"
#include "api/operation_routes.h"
#include "api/people_routes.h"
#include "api/preferences_routes.h"
#include "api/reminder_routes.h"
#include "api/session_admin_routes.h"
#include "api/session_routes.h"
#include "api/topic_routes.h"
#include "api/webhook_routes.h"

namespace belfry::api {
namespace {
using enum net::Method;
using enum Entry;
using enum auth::Scope;
using enum BodyKind;

constexpr auth::Scopes inboxBoth = auth::Scopes(InboxRead) | InboxWrite;
constexpr auth::Scopes usersAdmin = auth::Scopes(UsersWrite) | AdminWrite;

// Lines that belong together stand together: method, pattern, who gets in with which scopes, whose manners,
// body.
// clang-format off
const Route routes[] = {
    {Post,   "/api/v1/notifications",               Legacy,     NotifyWrite, Dialect::S1, Lenient, bodyLimit, postNotification},
    {Post,   "/api/v1/notifications:batch",         Credential, NotifyWrite, Dialect::Native, Json, batchBodyLimit, postBatch},
    {Post,   "/api/v1/notifications:explain",       Credential, NotifyWrite, Dialect::Native, Json, bodyLimit, explainNotification, false, true, AdminRead},
    {Get,    "/api/v1/notifications/:user",         Legacy,     InboxRead,   Dialect::S1, None, bodyLimit, getList},
    {Patch,  "/api/v1/notifications/:id",           Credential, NotifyWrite, Dialect::Native, Json, bodyLimit, patchNotification},
    {Delete, "/api/v1/notifications/:id",           Credential, NotifyWrite, Dialect::Native, None, bodyLimit, deleteNotification},
    {Post,   "/api/v1/notifications/:id/cancel",    Credential, NotifyWrite, Dialect::Native, None, bodyLimit, cancelNotification},
    {Put,    "/api/v1/notifications/:id/read",      Legacy,     InboxWrite,  Dialect::S1, None, bodyLimit, readNotification},
    {Get,    "/api/v1/notifications/:id/timeline",  Credential, InboxRead,   Dialect::Native, None, bodyLimit, getTimeline},

    {Get,    "/api/v1/users/:user/inbox/counts",    Credential, InboxRead,   Dialect::Native, None, bodyLimit, getCounts},
    {Get,    "/api/v1/users/:user/inbox/snapshot",  Credential, InboxRead,   Dialect::Native, None, bodyLimit, getSnapshot},
    {Get,    "/api/v1/users/:user/inbox/:id",       Credential, InboxRead,   Dialect::Native, None, bodyLimit, getItem},
    {Post,   "/api/v1/users/:user/inbox/ops",       Credential, InboxWrite,  Dialect::Native, Json, bodyLimit, postOps},
    {Get,    "/api/v1/users/:user/log",             Credential, InboxRead,   Dialect::Native, None, bodyLimit, getLog},
    {Get,    "/api/v1/users/:user/stream",          Credential, InboxRead,   Dialect::Native, None, bodyLimit, openStream, true},
    {Post,   "/api/v1/users/:user/tickets",         Credential, inboxBoth,   Dialect::Native, None, bodyLimit, postTicket},

    {Get,    "/api/v1/preferences/:user",           Legacy,     PrefsRead,   Dialect::S1, None, bodyLimit, getPreferences},
    {Put,    "/api/v1/preferences/:user",           Legacy,     PrefsWrite,  Dialect::S1, Lenient, bodyLimit, putPreferences},
    {Post,   "/api/v1/reminders/daily",             Legacy,     NotifyWrite, Dialect::S1, Lenient, bodyLimit, postDailyReminder},
    {Post,   "/api/v1/reminders/streak",            Legacy,     NotifyWrite, Dialect::S1, Lenient, bodyLimit, postStreakReminder},

    {Post,   "/api/v1/events",                      Credential, NotifyWrite, Dialect::Native, Json, batchBodyLimit, postEvents},

    {Post,   "/api/v1/topics",                      Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, postTopic, false, true, {}, "topic.create"},
    {Get,    "/api/v1/topics",                      Credential, AdminRead,   Dialect::Native, None, bodyLimit, getTopics},
    {Get,    "/api/v1/topics/:topic",               Credential, AdminRead,   Dialect::Native, None, bodyLimit, getTopic},
    {Put,    "/api/v1/topics/:topic",               Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, putTopic, false, true, {}, "topic.change"},
    {Delete, "/api/v1/topics/:topic",               Credential, AdminWrite,  Dialect::Native, None, bodyLimit, deleteTopic, false, true, {}, "topic.remove"},
    {Get,    "/api/v1/topics/:topic/subscribers",   Credential, AdminRead,   Dialect::Native, None, bodyLimit, getSubscribers},
    {Post,   "/api/v1/topics/:topic/subscribers",   Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, postSubscribers, false, true, {}, "topic.subscribe"},
    {Put,    "/api/v1/topics/:topic/subscribers/:user",    Credential, AdminWrite, Dialect::Native, None, bodyLimit, putSubscriber, false, true, {}, "topic.subscribe"},
    {Delete, "/api/v1/topics/:topic/subscribers/:user",    Credential, AdminWrite, Dialect::Native, None, bodyLimit, deleteSubscriber, false, true, {}, "topic.unsubscribe"},

    {Post,   "/api/v1/categories",                  Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, postCategory, false, true, {}, "category.create"},
    {Get,    "/api/v1/categories",                  Credential, PrefsRead,   Dialect::Native, None, bodyLimit, getCategories, false, true, AdminRead},
    {Get,    "/api/v1/categories/:category",        Credential, PrefsRead,   Dialect::Native, None, bodyLimit, getCategory, false, true, AdminRead},
    {Put,    "/api/v1/categories/:category",        Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, putCategory, false, true, {}, "category.change"},
    {Delete, "/api/v1/categories/:category",        Credential, AdminWrite,  Dialect::Native, None, bodyLimit, deleteCategory, false, true, {}, "category.remove"},

    {Post,   "/api/v1/devices",                     Credential, PrefsWrite,  Dialect::Native, Json, bodyLimit, postDevice},
    {Get,    "/api/v1/devices",                     Credential, PrefsRead,   Dialect::Native, None, bodyLimit, getDevices},
    {Get,    "/api/v1/devices/:id",                 Credential, PrefsRead,   Dialect::Native, None, bodyLimit, getDevice},
    {Put,    "/api/v1/devices/:id",                 Credential, PrefsWrite,  Dialect::Native, Json, bodyLimit, putDevice},
    {Delete, "/api/v1/devices/:id",                 Credential, PrefsWrite,  Dialect::Native, None, bodyLimit, deleteDevice, false, true, {}, "device.remove"},

    {Post,   "/api/v1/webhooks",                    Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, postWebhook, false, true, {}, "webhook.create"},
    {Get,    "/api/v1/webhooks",                    Credential, AdminRead,   Dialect::Native, None, bodyLimit, getWebhooks},
    {Get,    "/api/v1/webhooks/:id",                Credential, AdminRead,   Dialect::Native, None, bodyLimit, getWebhook},
    {Put,    "/api/v1/webhooks/:id",                Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, putWebhook, false, true, {}, "webhook.change"},
    {Post,   "/api/v1/webhooks/:id/rotate",         Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, rotateWebhook, false, true, {}, "webhook.rotate"},
    {Delete, "/api/v1/webhooks/:id",                Credential, AdminWrite,  Dialect::Native, None, bodyLimit, deleteWebhook, false, true, {}, "webhook.remove"},

    {Post,   "/api/v1/admin/api-keys",              Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, postApiKey},
    {Get,    "/api/v1/admin/api-keys",              Credential, AdminRead,   Dialect::Native, None, bodyLimit, getApiKeys},
    {Post,   "/api/v1/admin/api-keys/:id/rotate",   Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, rotateApiKey},
    {Delete, "/api/v1/admin/api-keys/:id",          Credential, AdminWrite,  Dialect::Native, None, bodyLimit, deleteApiKey},
    {Get,    "/api/v1/admin/audit",                 Credential, AdminRead,   Dialect::Native, None, bodyLimit, getAudit},

    {Post,   "/api/v1/admin/users",                 Credential, usersAdmin,  Dialect::Native, Json, bodyLimit, postPerson, false, true, {}, {}, true},
    {Get,    "/api/v1/admin/users",                 Credential, AdminRead,   Dialect::Native, None, bodyLimit, getPeople},
    {Get,    "/api/v1/admin/users/:user",           Credential, AdminRead,   Dialect::Native, None, bodyLimit, getPerson},
    {Patch,  "/api/v1/admin/users/:user",           Credential, usersAdmin,  Dialect::Native, Json, bodyLimit, patchPerson},
    {Delete, "/api/v1/admin/users/:user",           Credential, usersAdmin,  Dialect::Native, None, bodyLimit, deletePerson},

    {Get,    "/api/v1/admin/sessions",              Credential, AdminRead,   Dialect::Native, None, bodyLimit, getSessions},
    {Delete, "/api/v1/admin/sessions",              Credential, AdminWrite,  Dialect::Native, None, bodyLimit, deleteSessions},
    {Delete, "/api/v1/admin/sessions/:id",          Credential, AdminWrite,  Dialect::Native, None, bodyLimit, deleteSession},

    {Post,   "/api/v1/login",                       Public,     {},          Dialect::Native, Json, bodyLimit, postLogin},
    {Post,   "/login",                              Public,     {},          Dialect::Native, Json, bodyLimit, postLogin},
    {Post,   "/api/v1/token/refresh",               Public,     {},          Dialect::Native, Json, bodyLimit, postRefresh},
    {Post,   "/api/v1/logout",                      Public,     {},          Dialect::Native, Json, bodyLimit, postLogout},

    {Get,    "/api/v1/admin/deliveries",            Credential, AdminRead,   Dialect::Native, None, bodyLimit, getDeliveries},
    {Get,    "/api/v1/admin/dead-letters",          Credential, AdminRead,   Dialect::Native, None, bodyLimit, getDeadLetters},
    {Post,   "/api/v1/admin/dead-letters:redrive",  Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, redriveDeadLetters, false, true, {}, "delivery.redrive"},

    {Get,    "/api/v1/admin/events",                Credential, AdminRead,   Dialect::Native, None, bodyLimit, getEvents},
    {Get,    "/api/v1/admin/outbox",                Credential, AdminRead,   Dialect::Native, None, bodyLimit, getOutbox},
    {Post,   "/api/v1/admin/selftest",              Credential, AdminWrite,  Dialect::Native, None, bodyLimit, postSelfTest, false, true, {}, "selftest.run"},
    {Post,   "/api/v1/admin/test-event",            Credential, AdminWrite,  Dialect::Native, Json, bodyLimit, postTestEvent, false, true, {}, "test-event.send"},

    {Post,   "/createUser",                         Legacy,     UsersWrite,  Dialect::S2, Lenient, bodyLimit, createUser, false, true, {}, "user.create", true},
    {Post,   "/createNotification",                 Legacy,     NotifyWrite, Dialect::S2, Lenient, bodyLimit, createNotification},
    {Get,    "/notifications/:user",                Legacy,     InboxRead,   Dialect::S2, None, bodyLimit, getLegacyList},
    {Patch,  "/notifications/:user/:id/read",       Legacy,     InboxWrite,  Dialect::S2, None, bodyLimit, readLegacy},
    {Post,   "/send",                               Legacy,     NotifyWrite, Dialect::S4, Lenient, bodyLimit, sendMessage},
    {Get,    "/ws/:user",                           Legacy,     inboxBoth,   Dialect::S2, None, bodyLimit, openPlainSocket, true},
    {Get,    "/ws",                                 Hello,      {},          Dialect::Native, None, bodyLimit, openSocket, true},

    {Get,    "/",                                   Public,     {},          Dialect::Native, None, bodyLimit, getLivePage},
    {Get,    "/live/:name",                         Public,     {},          Dialect::Native, None, bodyLimit, getLiveFile},
    {Get,    "/health",                             Public,     {},          Dialect::S1, None, bodyLimit, getHealth},
    {Get,    "/health/live",                        Public,     {},          Dialect::Native, None, bodyLimit, getLiveness},
    {Get,    "/health/ready",                       Public,     {},          Dialect::Native, None, bodyLimit, getHealth},
    {Get,    "/metrics",                            Loopback,   MetricsRead, Dialect::Native, None, bodyLimit, getMetrics, false, false},
    {Get,    "/.well-known/belfry",                 Public,     {},          Dialect::Native, None, bodyLimit, getSelfDescription},
    {Get,    "/openapi.json",                       Public,     {},          Dialect::Native, None, bodyLimit, getOpenApi},
    {Get,    "/asyncapi.json",                      Public,     {},          Dialect::Native, None, bodyLimit, getAsyncApi},
};
// clang-format on
} // namespace

std::span<const Route> routeTable()
{
    return routes;
}
} // namespace belfry::api
