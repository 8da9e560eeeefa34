#pragma once

#include "model/result.h"

#include <utility>
#include <vector>

namespace belfry::store {
/// Where a PostgreSQL database is and how to get in.
struct PgTarget
{
    model::Text host;
    int port = 5432;
    model::Text user;
    model::Text password;
    model::Text database;
    std::vector<std::pair<model::Text, model::Text>> tls; ///< libpq's parameters: sslmode, sslrootcert, …

    /// For people: without user and password.
    [[nodiscard]] model::Text shown() const;
};

/// `postgresql://user:password@host:port/name`, percent-encoded where needed; `?sslmode=`, `sslrootcert=`,
/// `sslcert=` and `sslkey=` are passed on, `?host=/folder` names a unix socket. Invalid: what is wrong with
/// it, without its password.
[[nodiscard]] model::Result<PgTarget> parsePgUrl(const model::Text &url);
} // namespace belfry::store
