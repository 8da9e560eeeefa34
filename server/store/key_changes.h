#pragma once

#include "store/write_tx.h"

namespace belfry::store {
// Changes of API keys with their entries in the audit log: what ports::Directory promises, on one
// transaction.

[[nodiscard]] VoidResult revokeStored(WriteTx &tx, const ports::KeyRevocation &what,
                                      const ports::AuditEntry &entry);
[[nodiscard]] Result<ports::ApiKey> rotateStored(WriteTx &tx, const ports::KeyRotation &wish,
                                                 const ports::AuditEntry &entry);
} // namespace belfry::store
