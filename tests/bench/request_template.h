#pragma once

#include "bench/endpoint.h"

#include <string>
#include <string_view>

namespace belfry::bench {
/// Names of the bench's users: `bench-` and seven digits, always of the same length.
[[nodiscard]] std::string userName(std::uint64_t index);

/// A whole HTTP request, built once; only the digits of the marker (`bench:000000000000`) and of the user
/// (`bench-0000000`) in it change, so that composing one costs a few stores.
class RequestTemplate
{
public:
    /// `method` with `path`; `bearer` may be empty; `body` may be empty (no Content-Length then).
    RequestTemplate(std::string_view method, const Endpoint &target, std::string_view path,
                    const std::string &bearer, std::string_view body);

    /// The request number `number` for user `user`; valid until the next call.
    [[nodiscard]] std::string_view compose(std::uint64_t number, std::uint64_t user);

private:
    std::string m_text;
    std::size_t m_marker;
    std::size_t m_user;
};

/// The bodies that the runs post.
[[nodiscard]] std::string_view notificationBody();
/// About 200 bytes, `ttl` 0: only to who is connected now (decisions H81).
[[nodiscard]] std::string_view broadcastBody();
} // namespace belfry::bench
