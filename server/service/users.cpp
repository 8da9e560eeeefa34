#include "service/users.h"

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

model::Text foldedEmail(const model::Text &email)
{
    return QString::fromUtf8(email).trimmed().toCaseFolded().toUtf8();
}

Users::Users(ports::Store &store, PasswordWork &passwords, const runtime::Clock &clock)
    : m_store(store)
    , m_passwords(passwords)
    , m_clock(clock)
{
}

void Users::create(Loop &home, const auth::Principal &who, NewUser user, Reply<Record> reply)
{
    auto ok = requireScope(who, auth::Scope::UsersWrite);
    if (ok)
        ok = checkUser(user);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    model::Text password = std::move(user.password);
    m_passwords.hash(home, std::move(password),
                     [this, &home, user = std::move(user),
                      reply = std::move(reply)](model::Result<QByteArray> hash) mutable {
                         if (!hash)
                             return reply(tl::unexpected(std::move(hash.error())));
                         store(home, std::move(user), std::move(*hash), std::move(reply));
                     });
}

void Users::store(Loop &home, NewUser user, QByteArray hash, Reply<Record> reply)
{
    ports::UserRecord record;
    record.name = std::move(user.name);
    record.email = foldedEmail(user.email);
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
