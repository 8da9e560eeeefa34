#pragma once

#include "api/call.h"
#include "api/submit_answer.h"
#include "protocol/batch_request.h"
#include "service/submitter.h"

namespace belfry::api {
/// One batch under way: what can't be read or is not allowed has its result at once, the rest goes to service
/// together, and the elements come back to their places.
class BatchRun
{
public:
    static void start(CallPtr call, protocol::BatchRequest batch);

private:
    struct Pending
    {
        std::size_t place;
        SubmitAnswer shape;
    };

    [[nodiscard]] model::Result<service::Submission>
    prepare(const Call &call, model::Result<protocol::NotificationRequest> request, std::size_t place);
    void finish(CallPtr call, service::Submitter::BatchResult results);

    std::vector<QByteArray> m_elements;
    std::vector<Pending> m_pending;
};
} // namespace belfry::api
