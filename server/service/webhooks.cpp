#include "service/webhooks.h"

#include "service/access.h"

#include <QRandomGenerator>
#include <QUrl>
#include <algorithm>
#include <array>

namespace belfry::service {
using auth::Scope;
using model::ErrorCode;
using model::Result;
using model::Text;
using model::VoidResult;
using ports::Webhook;

namespace {
constexpr qsizetype maxUrl = 2048;
constexpr int madeSecretBytes = 32;
constexpr QByteArrayView secretPrefix = "whsec_";

Text makeSecret()
{
    std::array<quint32, madeSecretBytes / 4> random{};
    QRandomGenerator::system()->fillRange(random.data(), std::ssize(random));
    const QByteArray bytes(reinterpret_cast<const char *>(random.data()), madeSecretBytes);
    return secretPrefix.toByteArray() + bytes.toBase64();
}

/// As Standard Webhooks wants it; the value itself is never repeated.
VoidResult checkSecret(const Text &secret)
{
    const auto decoded = QByteArray::fromBase64Encoding(secret.mid(secretPrefix.size()),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (secret.startsWith(secretPrefix) && decoded && (*decoded).size() >= 24 && (*decoded).size() <= 64)
        return {};
    return model::failField(ErrorCode::Invalid, "/secret",
                            "must be whsec_ and the base64 of 24 to 64 random bytes; left out, one is made");
}

bool isPlainAscii(const Text &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f && c != '\\'; });
}

VoidResult checkUrl(const Text &url)
{
    const auto bad = [](const char *how) { return model::failField(ErrorCode::Invalid, "/url", how); };
    if (url.size() > maxUrl || !isPlainAscii(url))
        return bad("must have at most 2048 characters, all of them printable ASCII; escape the others");
    const QUrl parsed = QUrl::fromEncoded(url, QUrl::StrictMode);
    const QString scheme = parsed.scheme();
    if (!parsed.isValid() || (scheme != QLatin1String("http") && scheme != QLatin1String("https")))
        return bad("must be a URL that begins with https:// or http://");
    if (parsed.host().isEmpty())
        return bad("names no host");
    if (parsed.authority().contains(QLatin1Char('@')))
        return bad("must not hold a user or a password: what is sent is signed");
    if (parsed.hasFragment())
        return bad("must not have a fragment (#…)");
    return {};
}

VoidResult checkWish(const Webhooks::Wish &wish)
{
    if (auto ok = checkUrl(wish.url); !ok)
        return ok;
    return wish.secret.isEmpty() ? VoidResult{} : checkSecret(wish.secret);
}

/// What a webhook hears of it gets whole: so it is for who may read that anyway (H98).
VoidResult mayHear(const auth::Principal &who, const model::UserId &user)
{
    if (readsInboxOf(who, user))
        return {};
    return model::failField(
        ErrorCode::Forbidden, "/user_id",
        who.kind == auth::Principal::Kind::User
            ? "must be your own id: what a webhook hears is a person's own inbox at most; "
              "a key with inbox:read makes others"
            : "this key lacks inbox:read, and a webhook gets whole notifications");
}
} // namespace

Webhooks::Webhooks(ports::Store &store, WebhookBook &book, const runtime::Clock &clock)
    : m_store(store)
    , m_book(book)
    , m_clock(clock)
{
}

Reply<Result<Webhook>> Webhooks::thenLoad(Loop &home, Reply<Result<Webhook>> reply)
{
    return [this, &home, reply = std::move(reply)](Result<Webhook> changed) mutable {
        if (!changed)
            return reply(std::move(changed));
        load(home, [changed = std::move(changed), reply = std::move(reply)]() mutable {
            reply(std::move(changed));
        });
    };
}

/// Changed it is, also where reading fails: then it counts as soon as it can be read.
void Webhooks::load(Loop &home, runtime::Task then)
{
    m_book.load(home, [this, &home, then = std::move(then)](const VoidResult &loaded) mutable {
        if (!loaded)
            m_book.refresh(home);
        then();
    });
}

void Webhooks::create(Loop &home, const auth::Principal &who, Wish wish, Reply<Result<Webhook>> reply)
{
    auto ok = requireScope(who, Scope::AdminWrite);
    if (ok)
        ok = checkWish(wish);
    if (ok)
        ok = mayHear(who, wish.user);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    Webhook webhook;
    webhook.createdAt = webhook.updatedAt = m_clock.now();
    webhook.id = ports::WebhookId::makeV7(webhook.createdAt);
    webhook.url = std::move(wish.url);
    webhook.secret = wish.secret.isEmpty() ? makeSecret() : std::move(wish.secret);
    webhook.user = std::move(wish.user);
    webhook.types = std::move(wish.types);
    webhook.enabled = wish.enabled;
    if (!wish.enabled) {
        webhook.disabledReason = "by an administrator";
        webhook.disabledAt = webhook.createdAt;
    }
    Webhook made = webhook;
    m_store.webhooks().addWebhook(
        home, std::move(webhook),
        [made = std::move(made), reply = thenLoad(home, std::move(reply))](VoidResult added) mutable {
            if (!added)
                return reply(tl::unexpected(std::move(added.error())));
            reply(std::move(made));
        });
}

void Webhooks::list(Loop &home, const auth::Principal &who, Reply<Result<std::vector<Webhook>>> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.webhooks().webhooks(home, std::move(reply));
}

void Webhooks::get(Loop &home, const auth::Principal &who, ports::WebhookId id, Reply<Result<Webhook>> reply)
{
    list(home, who, [id, reply = std::move(reply)](Result<std::vector<Webhook>> all) mutable {
        if (!all)
            return reply(tl::unexpected(std::move(all.error())));
        const auto it =
            std::find_if(all->begin(), all->end(), [&id](const Webhook &w) { return w.id == id; });
        if (it == all->end())
            return reply(model::fail(ErrorCode::NotFound, "there is no such webhook"));
        reply(std::move(*it));
    });
}

void Webhooks::replace(Loop &home, const auth::Principal &who, ports::WebhookId id, Wish wish,
                       Reply<Result<Webhook>> reply)
{
    auto ok = requireScope(who, Scope::AdminWrite);
    if (ok)
        ok = checkWish(wish);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    ports::WebhookChange change;
    change.id = id;
    change.url = std::move(wish.url);
    change.user = std::move(wish.user);
    change.types = std::move(wish.types);
    change.enabled = wish.enabled;
    change.disabledReason = "by an administrator";
    if (!readsInboxOf(who, {}))
        change.onlyOf = who.has(Scope::InboxRead) ? who.user : model::UserId();
    m_store.webhooks().changeWebhook(home, std::move(change), m_clock.now(),
                                     thenLoad(home, std::move(reply)));
}

void Webhooks::rotate(Loop &home, const auth::Principal &who, ports::WebhookId id, Text secret,
                      std::chrono::seconds overlap, Reply<Result<Webhook>> reply)
{
    auto ok = requireScope(who, Scope::AdminWrite);
    if (ok && !secret.isEmpty())
        ok = checkSecret(secret);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    const model::Instant now = m_clock.now();
    ports::WebhookChange change;
    change.id = id;
    change.rotation = {secret.isEmpty() ? makeSecret() : std::move(secret), now + overlap};
    m_store.webhooks().changeWebhook(home, std::move(change), now, thenLoad(home, std::move(reply)));
}

void Webhooks::remove(Loop &home, const auth::Principal &who, ports::WebhookId id, Reply<VoidResult> reply)
{
    if (auto allowed = requireScope(who, Scope::AdminWrite); !allowed)
        return reply(std::move(allowed));
    m_store.webhooks().removeWebhook(home, id, m_clock.now(),
                                     [this, &home, reply = std::move(reply)](VoidResult removed) mutable {
                                         if (!removed)
                                             return reply(std::move(removed));
                                         load(home, [reply = std::move(reply)]() mutable { reply({}); });
                                     });
}
} // namespace belfry::service
