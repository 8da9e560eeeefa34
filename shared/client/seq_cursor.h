#pragma once

#include "model/notification.h"

namespace belfry::client {
/// The highest seq up to which everything has been applied: what is acked, and from where a session resumes
/// (semantics 4). Pure.
class SeqCursor
{
public:
    enum class Verdict {
        Next,   ///< apply it; the cursor moved on
        Repeat, ///< applied before: skip it
        Gap,    ///< something before it is missing: resume from here, apply nothing
    };

    [[nodiscard]] Verdict take(model::Seq seq)
    {
        if (seq <= m_contiguous)
            return Verdict::Repeat;
        if (seq > m_contiguous + 1)
            return Verdict::Gap;
        m_contiguous = seq;
        return Verdict::Next;
    }
    [[nodiscard]] model::Seq contiguous() const { return m_contiguous; }
    void moveTo(model::Seq seq) { m_contiguous = seq; }

private:
    model::Seq m_contiguous = 0;
};
} // namespace belfry::client
