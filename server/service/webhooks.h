#pragma once

#include "auth/principal.h"
#include "ports/store.h"
#include "runtime/clock.h"
#include "service/webhook_book.h"

namespace belfry::service {
/// The registry of webhooks (decisions H47, H60). Any loop; after each change this server decides by it
/// before the reply comes. Scopes admin:read, admin:write.
class Webhooks
{
public:
    Webhooks(ports::Store &store, WebhookBook &book, const runtime::Clock &clock);

    struct Wish
    {
        model::Text url;
        model::Text secret; ///< empty: made
        model::UserId user;
        QList<model::Text> types;
        bool enabled = true;
    };
    /// The answer has the secret. Invalid: a URL that is not http or https, has a user, a fragment or no
    /// host; a secret that is not `whsec_` and the base64 of 24 to 64 bytes. Conflict: there are 100.
    void create(Loop &home, const auth::Principal &who, Wish wish,
                Reply<model::Result<ports::Webhook>> reply);
    void list(Loop &home, const auth::Principal &who,
              Reply<model::Result<std::vector<ports::Webhook>>> reply);
    /// NotFound.
    void get(Loop &home, const auth::Principal &who, ports::WebhookId id,
             Reply<model::Result<ports::Webhook>> reply);
    /// Everything but the secret. NotFound, Invalid.
    void replace(Loop &home, const auth::Principal &who, ports::WebhookId id, Wish wish,
                 Reply<model::Result<ports::Webhook>> reply);
    /// The secret becomes another; the old one signs beside it for `overlap`. NotFound, Invalid.
    void rotate(Loop &home, const auth::Principal &who, ports::WebhookId id, model::Text secret,
                std::chrono::seconds overlap, Reply<model::Result<ports::Webhook>> reply);
    /// NotFound.
    void remove(Loop &home, const auth::Principal &who, ports::WebhookId id, Reply<model::VoidResult> reply);

private:
    void load(Loop &home, runtime::Task then);
    [[nodiscard]] Reply<model::Result<ports::Webhook>> thenLoad(Loop &home,
                                                                Reply<model::Result<ports::Webhook>> reply);

    ports::Store &m_store;
    WebhookBook &m_book;
    const runtime::Clock &m_clock;
};
} // namespace belfry::service
