#include "gateway/page_size.h"

#include "protocol/server_messages.h"

#include <algorithm>

namespace belfry::gateway {
namespace {
/// Names of members, ids and times of one item.
constexpr qsizetype fixedPart = 1000;

qsizetype weight(const model::Change &change)
{
    const auto *item = std::get_if<model::Notification>(&change.what);
    if (item == nullptr)
        return fixedPart;
    const model::Content &content = item->content;
    return fixedPart + content.title.size() + content.message.size() + content.data.size();
}
} // namespace

void PageSize::learn(const std::vector<model::Change> &page)
{
    if (page.empty())
        return;
    qsizetype sum = 0;
    for (const model::Change &change : page)
        sum += weight(change);
    const qsizetype each = sum / static_cast<qsizetype>(page.size());
    m_limit =
        static_cast<int>(std::clamp<qsizetype>(protocol::maxBatchBytes / each, 1, protocol::maxBatchItems));
}
} // namespace belfry::gateway
