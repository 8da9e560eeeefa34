#pragma once

#include "model/op.h"
#include "model/result.h"

#include <functional>

namespace belfry::inbox {
/// Where what a person does goes: shown at once, sent when the server is there (session/ has the one that
/// does so). One thread.
class OpSink
{
public:
    virtual ~OpSink() = default;

    /// At most 500 ids. The id with which opApplied or opRefused comes. Overloaded: 10,000 wait already.
    [[nodiscard]] virtual model::Result<model::OpId>
    send(model::OpSet set, const QList<model::NotificationId> &ids, model::MaybeInstant until) = 0;
    [[nodiscard]] virtual model::Result<model::OpId> sendUpTo(model::OpSet set, model::Seq seq) = 0;

    using Muted = std::function<void(model::VoidResult)>;
    /// No alerts of this category any more, only the inbox; or again. A preference, so it needs the server.
    virtual void setMuted(const model::Text &category, bool muted, Muted answer) = 0;
};
} // namespace belfry::inbox
