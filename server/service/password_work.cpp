#include "service/password_work.h"

#include "auth/password.h"

namespace belfry::service {
using model::Result;

PasswordWork::PasswordWork(int maxWaiting)
    : m_maxWaiting(maxWaiting)
    , m_hashing(QStringLiteral("passwords"))
{
    m_hashing.start();
}

PasswordWork::~PasswordWork()
{
    m_hashing.stop();
}

template<typename T, typename Work>
void PasswordWork::run(runtime::Loop &home, runtime::Reply<Result<T>> reply, Work work)
{
    if (m_waiting.fetch_add(1) >= m_maxWaiting) {
        m_waiting.fetch_sub(1);
        return reply(tl::unexpected(model::Error{model::ErrorCode::Overloaded,
                                                 "too many passwords wait to be hashed; try again in 2 s",
                                                 {},
                                                 std::chrono::seconds(2)}));
    }
    m_hashing.loop().post([this, &home, work = std::move(work), reply = std::move(reply)]() mutable {
        Result<T> result = work();
        m_waiting.fetch_sub(1);
        home.post(
            [result = std::move(result), reply = std::move(reply)]() mutable { reply(std::move(result)); });
    });
}

void PasswordWork::hash(runtime::Loop &home, model::Text password, runtime::Reply<Result<QByteArray>> reply)
{
    run<QByteArray>(home, std::move(reply),
                    [password = std::move(password)] { return auth::hashPassword(password); });
}

void PasswordWork::check(runtime::Loop &home, QByteArray hash, model::Text password,
                         runtime::Reply<Result<bool>> reply)
{
    if (hash.isEmpty())
        hash = auth::nobodysHash();
    run<bool>(home, std::move(reply), [hash = std::move(hash), password = std::move(password)] {
        return Result<bool>(auth::fitsPassword(hash, password));
    });
}
} // namespace belfry::service
