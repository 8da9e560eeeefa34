#pragma once

#include "model/instant.h"
#include "model/text.h"

#include <QtGlobal>

namespace belfry::ports {
/// One line of the audit log (semantics 19): who did what to what, from where, and what became of it. The
/// database itself refuses to change or remove one before its year is over (semantics 20).
struct AuditEntry
{
    qint64 place = 0; ///< ascending in the order of writing; the store gives it
    model::Instant at;
    model::Text actor;   ///< "key:<id>", "user:<id>", "operator" (a command on the machine), "nobody"
    model::Text action;  ///< "login", "key.create" …
    model::Text target;  ///< "user:<id>", "key:<id>", "session:<id>"; empty: nothing that is known
    model::Text address; ///< the peer's; empty: on the machine itself
    bool done = true;    ///< false: it was refused
    model::Text detail;  ///< for people; never a secret, nor what might be one
    friend bool operator==(const AuditEntry &, const AuditEntry &) = default;
};
} // namespace belfry::ports
