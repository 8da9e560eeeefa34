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
    struct Item
    {
        model::Result<protocol::NotificationRequest> request;
        std::optional<model::Text> event; ///< of a CloudEvent: its id, empty when it could not be read
        model::Text traceparent;
    };

    /// Answers with `status`, whatever became of the elements.
    static void start(CallPtr call, std::vector<Item> items, int status);

private:
    struct Pending
    {
        std::size_t place;
        SubmitAnswer shape;
    };

    [[nodiscard]] model::Result<service::Submission> prepare(const Call &call, Item &&item,
                                                             std::size_t place);
    void finish(CallPtr call, service::Submitter::BatchResult results);

    std::vector<QByteArray> m_elements;
    std::vector<Pending> m_pending;
    int m_status = 200;
};
} // namespace belfry::api
