#pragma once

#include "auth/principal.h"
#include "model/result.h"

namespace belfry::service {
/// Every use case asks these itself, so that no way in can forget it: callers only authenticate.

/// Forbidden, naming the missing scope.
[[nodiscard]] model::VoidResult requireScope(const auth::Principal &who, auth::Scope scope);
/// The scope, and this user within reach (semantics 19).
[[nodiscard]] model::VoidResult requireReach(const auth::Principal &who, auth::Scope scope,
                                             const model::UserId &user);
/// Whether it is told what notifications of this user say, beside which there are (H98, H103).
[[nodiscard]] bool readsInboxOf(const auth::Principal &who, const model::UserId &user);
/// NotFound: an item that is not there, or that the caller may not know of.
[[nodiscard]] tl::unexpected<model::Error> noSuchItem();
} // namespace belfry::service
