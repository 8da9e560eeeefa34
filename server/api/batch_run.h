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

    struct Shape
    {
        int status;            ///< of the answer, whatever became of the elements
        QByteArrayView array;  ///< pointer to the elements in the body
        QByteArrayView inside; ///< and from an element to the notification
    };

    /// Refuses the whole where it is for more than protocol::maxBatchRecipients (Invalid), or for more than
    /// the caller may have now (RateLimited).
    static void start(CallPtr call, std::vector<Item> items, Shape shape);

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
