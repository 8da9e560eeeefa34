#pragma once

#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// POST /admin/users `{user_id?, name?, email?, phone?, locale?, password?, role?, disabled?}`, and PATCH of
/// one (decisions H48, H62), where null takes away and what is absent stays. What a mail looks like is
/// service's to say, which roles there are auth's.
struct PersonRequest
{
    model::UserId user; ///< POST: empty when absent
    std::optional<model::Text> name, email, phone, locale, password;
    std::optional<model::Text> role;
    std::optional<bool> disabled;
    friend bool operator==(const PersonRequest &, const PersonRequest &) = default;
};
[[nodiscard]] model::Result<PersonRequest> parsePerson(QByteArrayView json);
/// A body that names another user than the path is Invalid.
[[nodiscard]] model::Result<PersonRequest> parsePersonPatch(QByteArrayView json, const model::UserId &user);
} // namespace belfry::protocol
