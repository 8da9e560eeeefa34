#include "store/answer_rules.h"

namespace belfry::store {
model::Result<std::optional<ports::StoredAnswer>>
standingAnswer(const AnswerRow *row, const ports::IdempotencyKey &key, model::Instant now)
{
    if (!row || now - row->at >= answerWindow)
        return std::nullopt;
    if (row->key.bodyHash != key.bodyHash)
        return model::fail(model::ErrorCode::IdempotencyReuse,
                           "this Idempotency-Key was used for another request: send a new key");
    return row->answer;
}
} // namespace belfry::store
