#include "app/key_admin.h"

#include "app/bootstrap.h"
#include "app/own_data.h"
#include "app/server_call.h"
#include "app/server_info.h"
#include "auth/key.h"
#include "store/open_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

QJsonValue timeOrNull(const model::MaybeInstant &at)
{
    if (!at)
        return QJsonValue::Null;
    return QDateTime::fromMSecsSinceEpoch(at->us / 1000, Qt::UTC).toString(Qt::ISODateWithMs);
}

QJsonObject asJson(const ports::ApiKey &key)
{
    QJsonArray scopes;
    for (const model::Text &name : auth::scopeNames(auth::Scopes::fromInt(key.scopes)))
        scopes.append(QString::fromLatin1(name));
    return {{QStringLiteral("id"), QString::fromUtf8(key.id)},
            {QStringLiteral("name"), QString::fromUtf8(key.name)},
            {QStringLiteral("scopes"), scopes},
            {QStringLiteral("created_at"), timeOrNull(key.createdAt)},
            {QStringLiteral("expires_at"), timeOrNull(key.expiresAt)},
            {QStringLiteral("revoked_at"), timeOrNull(key.revokedAt)},
            {QStringLiteral("last_used_at"), timeOrNull(key.usedAt)}};
}

/// What is shown this once.
QJsonObject withKey(const ports::ApiKey &row, const QByteArray &text)
{
    QJsonObject object = asJson(row);
    object.insert(QStringLiteral("key"), QString::fromLatin1(text));
    return object;
}

QByteArray data(const QJsonValue &value)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("data"), value}}).toJson(QJsonDocument::Compact);
}

/// On the database itself: nobody else has it.
class DirectKeyAdmin final : public KeyAdmin
{
public:
    explicit DirectKeyAdmin(const Config &config)
        : m_dataDir(config.dataDir)
        , m_store(store::openStore(dataAsItIs(config), m_clock))
    {
    }
    ~DirectKeyAdmin() override { m_store->stop(); }

    VoidResult start()
    {
        if (auto prepared = m_dataDir.prepare(); !prepared)
            return prepared;
        return m_store->start();
    }

    void create(const NewKey &key, Printed printed) override
    {
        const QByteArray text = auth::makeKey();
        ports::ApiKey row;
        row.name = key.name;
        row.hash = auth::hashKey(text);
        row.scopes = static_cast<quint32>(key.scopes.toInt());
        row.createdAt = m_clock.now();
        row.id = model::Uuid::makeV7(row.createdAt).toText();
        row.expiresAt = key.expiresAt;
        ports::AuditEntry entry = operatorEntry("key.create", row.id, row.createdAt);
        entry.detail = auth::scopeNames(key.scopes).join(' ');
        m_store->directory().addKey(m_loop, row, std::move(entry),
                                    [row, text, printed = std::move(printed)](VoidResult added) {
                                        printed(added.map([&] { return data(withKey(row, text)); }));
                                    });
    }

    void list(Printed printed) override
    {
        m_store->directory().keys(m_loop,
                                  [printed = std::move(printed)](Result<std::vector<ports::ApiKey>> keys) {
                                      printed(keys.map([](const std::vector<ports::ApiKey> &rows) {
                                          QJsonArray array;
                                          for (const ports::ApiKey &row : rows)
                                              array.append(asJson(row));
                                          return data(array);
                                      }));
                                  });
    }

    void revoke(const model::Text &id, Printed printed) override
    {
        m_store->directory().revokeKey(
            m_loop, ports::KeyRevocation{id, auth::allScopes.toInt(), true},
            operatorEntry("key.revoke", id, m_clock.now()), [printed = std::move(printed)](VoidResult done) {
                printed(done.map([] { return QByteArray(R"({"message":"Key revoked"})"); }));
            });
    }

    void rotate(const model::Text &id, std::chrono::seconds overlap, Printed printed) override
    {
        const QByteArray text = auth::makeKey();
        const model::Instant now = m_clock.now();
        const ports::KeyRotation rotation{id,
                                          model::Uuid::makeV7(now).toText(),
                                          auth::hashKey(text),
                                          static_cast<quint32>(auth::allScopes.toInt()),
                                          overlap,
                                          now};
        ports::AuditEntry entry = operatorEntry("key.rotate", id, now);
        entry.detail = "replaced by key:" + rotation.nextId;
        m_store->directory().rotateKey(
            m_loop, rotation, std::move(entry),
            [text, printed = std::move(printed)](Result<ports::ApiKey> next) {
                printed(next.map([&](const ports::ApiKey &row) { return data(withKey(row, text)); }));
            });
    }

    void rotateBootstrap(Printed printed) override
    {
        m_bootstrap.rotate(m_loop, [printed = std::move(printed)](const Result<QByteArray> &made) {
            printed(made.map([](const QByteArray &key) {
                return data(QJsonObject{{QStringLiteral("key"), QString::fromLatin1(key)}});
            }));
        });
    }

private:
    runtime::SystemClock m_clock;
    DataDir m_dataDir;
    runtime::Loop m_loop;
    std::unique_ptr<ports::Store> m_store;
    Bootstrap m_bootstrap{m_store->directory(), m_dataDir, m_clock};
};

/// Through the server that has the data.
class RemoteKeyAdmin final : public KeyAdmin
{
public:
    explicit RemoteKeyAdmin(RunningServer server)
        : m_server(std::move(server))
    {
    }

    void create(const NewKey &key, Printed printed) override
    {
        QJsonArray scopes;
        for (const model::Text &name : auth::scopeNames(key.scopes))
            scopes.append(QString::fromLatin1(name));
        QJsonObject body{{QStringLiteral("name"), QString::fromUtf8(key.name)},
                         {QStringLiteral("scopes"), scopes}};
        if (key.expiresAt)
            body.insert(QStringLiteral("expires_at"), timeOrNull(key.expiresAt));
        request("POST", {}, QJsonDocument(body).toJson(QJsonDocument::Compact), std::move(printed));
    }
    void list(Printed printed) override { request("GET", {}, {}, std::move(printed)); }
    void revoke(const model::Text &id, Printed printed) override
    {
        request("DELETE", pathOf(id), {}, std::move(printed));
    }
    void rotate(const model::Text &id, std::chrono::seconds overlap, Printed printed) override
    {
        request("POST", pathOf(id) + "/rotate",
                R"({"overlap":)" + QByteArray::number(qlonglong(overlap.count())) + '}', std::move(printed));
    }
    void rotateBootstrap(Printed printed) override
    {
        printed(
            fail(ErrorCode::Conflict, "a server runs on this data folder: stop it, rotate, start it again"));
    }

private:
    static QByteArray pathOf(const model::Text &id) { return '/' + id.toPercentEncoding(); }

    /// `rest`: of the path behind the keys' own.
    void request(const QByteArray &method, const QByteArray &rest, const QByteArray &body, Printed printed)
    {
        m_server.request(method, "/api/v1/admin/api-keys" + rest, body, std::move(printed));
    }

    ServerCall m_server;
};
} // namespace

std::optional<model::Duration> parseLifetime(QByteArrayView text)
{
    if (text.size() < 2)
        return std::nullopt;
    bool ok = false;
    const int count = text.chopped(1).toInt(&ok);
    if (!ok || count < 1 || count > 10 * 365 * 24 * 60)
        return std::nullopt;
    std::optional<model::Duration> life;
    if (text.back() == 'd')
        life = std::chrono::hours(24) * count;
    else if (text.back() == 'h')
        life = std::chrono::hours(count);
    else if (text.back() == 'm')
        life = std::chrono::minutes(count);
    return life && *life <= model::days(3650) ? life : std::nullopt;
}

Result<std::unique_ptr<KeyAdmin>> openKeyAdmin(const Config &config)
{
    if (isServerAlive(DataDir(config.dataDir).serverFile())) {
        auto server = findRunningServer(config, {});
        if (!server)
            return tl::unexpected(server.error());
        return std::make_unique<RemoteKeyAdmin>(std::move(*server));
    }
    if (const auto there = checkDataIsThere(config); !there)
        return tl::unexpected(there.error());
    auto direct = std::make_unique<DirectKeyAdmin>(config);
    return direct->start().map([&]() -> std::unique_ptr<KeyAdmin> { return std::move(direct); });
}
} // namespace belfry::app
