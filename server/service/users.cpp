#include "service/users.h"

#include "auth/password.h"
#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;
using model::failField;
using Record = model::Result<ports::UserRecord>;

namespace {
model::VoidResult checkMember(const model::Text &value, const model::Text &pointer, qsizetype limit)
{
    if (value.isEmpty())
        return failField(ErrorCode::Malformed, pointer, "is required");
    if (value.size() > limit)
        return failField(ErrorCode::Malformed, pointer,
                         "has at most " + QByteArray::number(limit) + " bytes");
    return {};
}

model::VoidResult checkUser(const NewUser &user)
{
    auto ok = checkMember(user.name, "/name", 1024);
    if (ok)
        ok = checkMember(user.email, "/email", 254); // RFC 5321, section 4.5.3.1
    if (ok)
        ok = checkMember(user.password, "/password", 1024);
    return ok;
}
} // namespace

Users::Users(ports::Store &store, const runtime::Clock &clock, int maxWaiting)
    : m_store(store)
    , m_clock(clock)
    , m_maxWaiting(maxWaiting)
    , m_hashing(QStringLiteral("passwords"))
{
    m_hashing.start();
}

Users::~Users()
{
    m_hashing.stop();
}

void Users::create(Loop &home, const auth::Principal &who, NewUser user, Reply<Record> reply)
{
    auto ok = requireScope(who, auth::Scope::UsersWrite);
    if (ok)
        ok = checkUser(user);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    if (m_waiting.fetch_add(1) >= m_maxWaiting) {
        m_waiting.fetch_sub(1);
        return reply(tl::unexpected(model::Error{
            ErrorCode::Overloaded, "too many passwords wait to be hashed", {}, std::chrono::seconds(2)}));
    }
    m_hashing.loop().post([this, &home, user = std::move(user), reply = std::move(reply)]() mutable {
        model::Result<QByteArray> hash = auth::hashPassword(user.password);
        m_waiting.fetch_sub(1);
        home.post([this, &home, user = std::move(user), hash = std::move(hash),
                   reply = std::move(reply)]() mutable {
            if (!hash)
                return reply(tl::unexpected(std::move(hash.error())));
            store(home, std::move(user), std::move(*hash), std::move(reply));
        });
    });
}

void Users::store(Loop &home, NewUser user, QByteArray hash, Reply<Record> reply)
{
    ports::UserRecord record;
    record.name = std::move(user.name);
    // One mailbox, however it is typed.
    record.email = QString::fromUtf8(user.email).toCaseFolded().toUtf8();
    record.passwordHash = std::move(hash);
    record.createdAt = m_clock.now();
    m_store.directory().createUser(home, std::move(record), std::move(reply));
}

void Users::names(Loop &home, std::vector<model::UserId> ids,
                  Reply<model::Result<std::vector<ports::UserRecord>>> reply)
{
    auto asked = ids;
    m_store.directory().users(home, std::move(ids),
                              [asked = std::move(asked), reply = std::move(reply)](
                                  model::Result<std::vector<ports::UserRecord>> found) mutable {
                                  for (std::size_t i = 0; found && i < asked.size(); ++i)
                                      (*found)[i].id = std::move(asked[i]);
                                  reply(std::move(found));
                              });
}
} // namespace belfry::service
