#include "app/user_admin.h"

#include "app/data_dir.h"
#include "app/own_data.h"
#include "app/server_call.h"
#include "app/server_info.h"
#include "auth/password.h"
#include "auth/scope.h"
#include "service/users.h"
#include "store/open_store.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::Result;
using model::VoidResult;

constexpr int usersPerRead = 500;

QJsonValue textOrNull(const model::Text &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(QString::fromUtf8(text));
}

/// As the server's own answer has it.
QJsonObject userJson(const ports::Person &person)
{
    return {{QStringLiteral("id"), QString::fromUtf8(person.id.text)},
            {QStringLiteral("name"), textOrNull(person.name)},
            {QStringLiteral("email"), textOrNull(person.email)},
            {QStringLiteral("role"), QString::fromUtf8(auth::roleName(person.role))},
            {QStringLiteral("has_password"), person.hasPassword},
            {QStringLiteral("disabled"), person.disabledAt.has_value()}};
}

QByteArray inData(const QJsonValue &value)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("data"), value}}).toJson(QJsonDocument::Compact);
}

ports::AuditEntry userEntry(const model::Text &action, const model::UserId &user, const UserWish &wish)
{
    ports::AuditEntry entry;
    entry.at = runtime::SystemClock().now();
    entry.actor = "operator";
    entry.action = action;
    entry.target = user.isEmpty() ? model::Text() : "user:" + user.text;
    QByteArrayList what;
    if (wish.role)
        what.append("role=" + auth::roleName(*wish.role));
    if (wish.password)
        what.append("password");
    entry.detail = what.join(' ');
    return entry;
}

Result<QByteArray> hashOf(const UserWish &wish)
{
    if (!wish.password)
        return QByteArray();
    return auth::hashPassword(*wish.password);
}

/// On the database itself: nobody else has it. Whoever has the machine may give every role.
class DirectUserAdmin final : public UserAdmin
{
public:
    explicit DirectUserAdmin(const Config &config)
        : m_dataDir(config.dataDir)
        , m_store(store::openStore(dataAsItIs(config), m_clock))
    {
    }
    ~DirectUserAdmin() override { m_store->stop(); }

    VoidResult start()
    {
        if (auto prepared = m_dataDir.prepare(); !prepared)
            return prepared;
        return m_store->start();
    }

    void create(const UserWish &wish, Printed printed) override
    {
        const auto hash = hashOf(wish);
        if (!hash)
            return printed(tl::unexpected(hash.error()));
        ports::NewPerson made;
        made.person.id = wish.id;
        made.person.name = wish.name.value_or(model::Text());
        made.person.email = service::foldedEmail(wish.email.value_or(model::Text()));
        made.person.role = wish.role.value_or(model::Role::User);
        made.passwordHash = *hash;
        made.upTo = model::Role::Owner;
        m_store->people().add(m_loop, std::move(made), userEntry("user.create", wish.id, wish),
                              tellUser(std::move(printed)));
    }

    void change(const UserWish &wish, Printed printed) override
    {
        const auto hash = hashOf(wish);
        if (!hash)
            return printed(tl::unexpected(hash.error()));
        ports::PersonChange change;
        change.id = wish.id;
        change.role = wish.role;
        if (wish.password)
            change.passwordHash = *hash;
        change.upTo = model::Role::Owner;
        m_store->people().change(m_loop, std::move(change), userEntry("user.change", wish.id, wish),
                                 tellUser(std::move(printed)));
    }

    void list(const model::Text &search, Printed printed) override
    {
        m_people = {};
        more({0, usersPerRead, search}, std::move(printed));
    }

private:
    static runtime::Reply<Result<ports::Person>> tellUser(Printed printed)
    {
        return [printed = std::move(printed)](const Result<ports::Person> &person) {
            printed(person.map([](const ports::Person &known) { return inData(userJson(known)); }));
        };
    }

    void more(const ports::PeopleQuery &query, Printed printed)
    {
        m_store->people().page(
            m_loop, query,
            [this, query, printed = std::move(printed)](const Result<ports::PeoplePage> &page) {
                if (!page)
                    return printed(tl::unexpected(page.error()));
                for (const ports::Person &person : page->people)
                    m_people.append(userJson(person));
                if (page->next == 0)
                    return printed(inData(m_people));
                more({page->next, query.limit, query.search}, printed);
            });
    }

    runtime::SystemClock m_clock;
    DataDir m_dataDir;
    runtime::Loop m_loop;
    std::unique_ptr<ports::Store> m_store;
    QJsonArray m_people;
};

/// Through the server that has the data.
class RemoteUserAdmin final : public UserAdmin
{
public:
    explicit RemoteUserAdmin(RunningServer server)
        : m_server(std::move(server))
    {
    }

    void create(const UserWish &wish, Printed printed) override
    {
        QJsonObject body = bodyOf(wish);
        if (!wish.id.isEmpty())
            body.insert(QStringLiteral("user_id"), QString::fromUtf8(wish.id.text));
        m_server.request("POST", path(), QJsonDocument(body).toJson(QJsonDocument::Compact),
                         std::move(printed));
    }

    void change(const UserWish &wish, Printed printed) override
    {
        m_server.request("PATCH", path() + '/' + wish.id.text.toPercentEncoding(),
                         QJsonDocument(bodyOf(wish)).toJson(QJsonDocument::Compact), std::move(printed));
    }

    void list(const model::Text &search, Printed printed) override
    {
        m_people = {};
        more(search, {}, std::move(printed));
    }

private:
    static QByteArray path() { return "/api/v1/admin/users"; }

    static QJsonObject bodyOf(const UserWish &wish)
    {
        QJsonObject body;
        const std::pair<const char *, const std::optional<model::Text> &> members[] = {
            {"name", wish.name}, {"email", wish.email}, {"password", wish.password}};
        for (const auto &[name, value] : members) {
            if (value)
                body.insert(QLatin1String(name), QString::fromUtf8(*value));
        }
        if (wish.role)
            body.insert(QStringLiteral("role"), QString::fromUtf8(auth::roleName(*wish.role)));
        return body;
    }

    void more(const model::Text &search, const QByteArray &cursor, Printed printed)
    {
        const QByteArray asked = path() + "?limit=" + QByteArray::number(usersPerRead) +
                                 "&q=" + search.toPercentEncoding() + "&cursor=" + cursor;
        m_server.request("GET", asked, {},
                         [this, search, printed = std::move(printed)](const Result<QByteArray> &answer) {
                             if (!answer)
                                 return printed(tl::unexpected(answer.error()));
                             const QJsonObject page = QJsonDocument::fromJson(*answer).object();
                             for (const QJsonValue user : page.value(QStringLiteral("data")).toArray())
                                 m_people.append(user);
                             const QByteArray next = page.value(QStringLiteral("meta"))
                                                         .toObject()
                                                         .value(QStringLiteral("next_cursor"))
                                                         .toString()
                                                         .toUtf8();
                             if (next.isEmpty())
                                 return printed(inData(m_people));
                             more(search, next, printed);
                         });
    }

    ServerCall m_server;
    QJsonArray m_people;
};
} // namespace

Result<std::unique_ptr<UserAdmin>> openUserAdmin(const Config &config)
{
    if (isServerAlive(DataDir(config.dataDir).serverFile())) {
        auto server = findRunningServer(config, {});
        if (!server)
            return tl::unexpected(server.error());
        return std::make_unique<RemoteUserAdmin>(std::move(*server));
    }
    if (const auto there = checkDataIsThere(config); !there)
        return tl::unexpected(there.error());
    auto direct = std::make_unique<DirectUserAdmin>(config);
    return direct->start().map([&]() -> std::unique_ptr<UserAdmin> { return std::move(direct); });
}
} // namespace belfry::app
