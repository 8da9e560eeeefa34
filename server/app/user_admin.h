#pragma once

#include "app/config.h"
#include "model/role.h"
#include "model/strong_id.h"

#include <functional>
#include <memory>
#include <optional>

namespace belfry::app {
/// Of a new user, or of what changes of one: absent stays as it is.
struct UserWish
{
    model::UserId id; ///< of a new one: empty, the next number
    std::optional<model::Text> name, email, password;
    std::optional<model::Role> role;
};

/// The `users` commands on whatever has the data, as KeyAdmin.
class UserAdmin
{
public:
    using Printed = std::function<void(model::Result<QByteArray>)>;

    virtual ~UserAdmin() = default;
    virtual void create(const UserWish &wish, Printed printed) = 0;
    virtual void change(const UserWish &wish, Printed printed) = 0;
    /// All of them, or those that the words find.
    virtual void list(const model::Text &search, Printed printed) = 0;
};

/// Errors: as openKeyAdmin.
[[nodiscard]] model::Result<std::unique_ptr<UserAdmin>> openUserAdmin(const Config &config);

/// The next line of the standard input; asked for twice, without showing it, where a person sits there.
/// Invalid: the two differ.
[[nodiscard]] model::Result<model::Text> readPassword();
} // namespace belfry::app
