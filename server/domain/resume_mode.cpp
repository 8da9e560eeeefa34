#include "domain/resume_mode.h"

namespace belfry::domain {
ResumeMode resumeMode(const model::Epoch &given, std::optional<model::Seq> since, const model::Epoch &epoch,
                      model::Seq head, model::Seq floor)
{
    if (!given.isEmpty() && given != epoch)
        return ResumeMode::Reset;
    if (!since)
        return ResumeMode::Snapshot;
    if (*since > head || *since < floor - 1 || *since < 0)
        return ResumeMode::Reset;
    return ResumeMode::Resume;
}
} // namespace belfry::domain
