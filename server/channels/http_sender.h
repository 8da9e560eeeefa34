#pragma once

#include "model/text.h"
#include "runtime/loop.h"

#include <chrono>
#include <optional>
#include <vector>

namespace belfry::channels {
/// A POST to a place outside.
struct HttpPost
{
    model::Text url;
    std::vector<std::pair<QByteArray, QByteArray>> headers;
    QByteArray body;
};

/// What came of it. The body of the answer is of no interest.
struct HttpReply
{
    int status = 0; ///< 0: there was no answer
    std::optional<std::chrono::seconds> retryAfter;
    bool blocked = false; ///< the address guard let nothing through
    model::Text problem;  ///< status 0: why, for people; never with the URL
};

/// Sends over HTTP. One loop's thread; `reply` comes on it, once, in a later turn.
class HttpSender
{
public:
    virtual ~HttpSender() = default;
    virtual void post(HttpPost what, runtime::Reply<HttpReply> reply) = 0;
};
} // namespace belfry::channels
