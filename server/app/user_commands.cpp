#include "app/user_commands.h"

#include "app/command_end.h"
#include "app/user_admin.h"
#include "auth/scope.h"
#include "model/user_id.h"
#include "service/people.h"

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

constexpr char usersUsage[] =
    "usage: belfryd users create [--email MAIL] [--name NAME] [--user ID] [--role ROLE] "
    "[--no-password]|list [--query WORDS]|role ID ROLE|password ID";

Result<model::Role> roleOf(const QByteArray &name)
{
    if (const auto role = auth::roleByName(name))
        return *role;
    return fail(ErrorCode::Invalid, "there is no role `" + name + "`; there are " + auth::roleNames());
}

VoidResult askPassword(UserWish &wish)
{
    const auto password = readPassword();
    if (!password)
        return tl::unexpected(password.error());
    if (password->isEmpty())
        return fail(ErrorCode::Invalid, "a password is needed on the standard input");
    wish.password = *password;
    return {};
}

Result<UserWish> newUser(const CommandLine &line)
{
    UserWish wish;
    if (const QByteArray id = option(line, "user"); !id.isEmpty()) {
        const auto user = model::makeUserId(id, "--user");
        if (!user)
            return tl::unexpected(user.error());
        wish.id = *user;
    }
    if (const QByteArray name = option(line, "name"); !name.isEmpty())
        wish.name = name;
    if (const QByteArray email = option(line, "email"); !email.isEmpty())
        wish.email = email;
    if (const QByteArray name = option(line, "role"); !name.isEmpty()) {
        const auto role = roleOf(name);
        if (!role)
            return tl::unexpected(role.error());
        wish.role = *role;
    }
    if (line.options.contains(QStringLiteral("no-password")))
        return wish;
    if (!wish.email)
        return fail(ErrorCode::Invalid, "users create: --email is missing: by what does the user sign in? "
                                        "(--no-password: this one does not)");
    return askPassword(wish).map([&] { return wish; });
}

/// Of `role ID ROLE` and `password ID`.
Result<UserWish> changedUser(const CommandLine &line)
{
    UserWish wish;
    const auto user = model::makeUserId(line.words.value(2).toUtf8(), "users");
    if (!user)
        return fail(ErrorCode::Invalid, usersUsage);
    wish.id = *user;
    if (line.words.value(1) == QLatin1String("password"))
        return askPassword(wish).map([&] { return wish; });
    const auto role = roleOf(line.words.value(3).toUtf8());
    if (!role)
        return tl::unexpected(role.error());
    wish.role = *role;
    return wish;
}

Result<UserWish> wishOf(const CommandLine &line)
{
    auto wish = line.words.value(1) == QLatin1String("create") ? newUser(line) : changedUser(line);
    if (!wish)
        return wish;
    service::People::Wish checked;
    checked.email = wish->email;
    checked.password = wish->password;
    if (const auto good = service::checkPerson(checked); !good)
        return tl::unexpected(good.error());
    return wish;
}
} // namespace

int users(const CommandLine &line, const Config &config)
{
    const QString verb = line.words.value(1);
    const QStringList verbs{QStringLiteral("create"), QStringLiteral("list"), QStringLiteral("role"),
                            QStringLiteral("password")};
    if (!verbs.contains(verb))
        return complain(usersUsage, ExitUsage);
    const bool lists = verb == QLatin1String("list");
    const auto wish = lists ? Result<UserWish>() : wishOf(line);
    if (!wish)
        return complain(wish.error());
    const auto admin = openUserAdmin(config);
    if (!admin)
        return complain(admin.error());
    return waitFor([&](Printed printed) {
        if (lists)
            (*admin)->list(option(line, "query"), std::move(printed));
        else if (verb == QLatin1String("create"))
            (*admin)->create(*wish, std::move(printed));
        else
            (*admin)->change(*wish, std::move(printed));
    });
}

qsizetype mostUserWords(const CommandLine &line)
{
    const QString verb = line.words.value(1);
    return verb == QLatin1String("role") ? 4 : verb == QLatin1String("password") ? 3 : 2;
}
} // namespace belfry::app
