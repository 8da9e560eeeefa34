#pragma once

#include "channels/address_guard.h"
#include "channels/http_sender.h"

#include <memory>

namespace belfry::channels {
/// HttpSender by libcurl's multi interface on a loop's own event dispatcher; names are resolved on curl's
/// threads. http and https only, no redirect, no proxy of the environment, certificates checked. An answer's
/// body and headers are read up to 64 KiB each and thrown away; more of a body is cut off, its status counts.
/// Made, used and destroyed on the loop's thread; what is under way then is dropped without a reply.
class CurlSender final : public HttpSender
{
public:
    struct Options
    {
        std::chrono::milliseconds timeout{20'000}; ///< of a whole exchange (semantics 17)
        int connectionsPerHost = 16;
        int connections = 128;
    };

    CurlSender(AddressGuard guard, Options options);
    ~CurlSender() override;

    void post(HttpPost what, runtime::Reply<HttpReply> reply) override;

private:
    class Multi;
    std::unique_ptr<Multi> m_multi;
};
} // namespace belfry::channels
