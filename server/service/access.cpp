#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;
using model::fail;

model::VoidResult requireScope(const auth::Principal &who, auth::Scope scope)
{
    if (who.has(scope))
        return {};
    return fail(ErrorCode::Forbidden, "this credential lacks the scope " + auth::scopeNames(scope).value(0));
}

model::VoidResult requireReach(const auth::Principal &who, auth::Scope scope, const model::UserId &user)
{
    if (!who.has(scope))
        return requireScope(who, scope);
    if (!who.reaches(user))
        return fail(ErrorCode::Forbidden, "this credential reaches its own user only");
    return {};
}

bool readsInboxOf(const auth::Principal &who, const model::UserId &user)
{
    return who.has(auth::Scope::InboxRead) && who.reaches(user);
}

tl::unexpected<model::Error> noSuchItem()
{
    return model::fail(model::ErrorCode::NotFound, "there is no such notification");
}
} // namespace belfry::service
