#include "inbox/day_groups.h"

#include <QHash>
#include <algorithm>

namespace belfry::inbox {
namespace {
using Iterator = std::vector<Groupable>::const_iterator;

struct Stack
{
    std::vector<const Groupable *> items;
    int unread = 0;
};

void appendStack(std::vector<GroupRow> &rows, const StackKey &key, const Stack &stack, bool isOpen)
{
    const int count = int(stack.items.size());
    const bool shownOpen = isOpen && count > 1;
    rows.push_back({key, stack.items.front()->id, count, stack.unread, true, shownOpen});
    if (!shownOpen)
        return;
    for (auto item = stack.items.begin() + 1; item != stack.items.end(); ++item)
        rows.push_back({key, (*item)->id, 1, (*item)->isUnread ? 1 : 0, false, false});
}

void appendDay(std::vector<GroupRow> &rows, Iterator begin, Iterator end, const QSet<StackKey> &open)
{
    std::vector<Stack> stacks; // by their newest, which comes first
    QHash<model::Text, std::size_t> byApp;
    int unread = 0;
    for (auto item = begin; item != end; ++item) {
        const auto at = byApp.constFind(item->app);
        const std::size_t index = at == byApp.constEnd() ? stacks.size() : *at;
        if (index == stacks.size()) {
            byApp.insert(item->app, index);
            stacks.emplace_back();
        }
        stacks[index].items.push_back(&*item);
        stacks[index].unread += item->isUnread ? 1 : 0;
        unread += item->isUnread ? 1 : 0;
    }
    rows.push_back({{begin->day, {}}, {}, int(end - begin), unread, false, false});
    for (const Stack &stack : stacks) {
        const StackKey key{begin->day, stack.items.front()->app};
        appendStack(rows, key, stack, open.contains(key));
    }
}
} // namespace

std::vector<GroupRow> groupRows(std::vector<Groupable> items, const QSet<StackKey> &open)
{
    for (std::size_t i = items.size(); i-- > 1;)
        items[i - 1].day = std::max(items[i - 1].day, items[i].day);
    std::vector<GroupRow> rows;
    rows.reserve(items.size());
    for (auto begin = items.cbegin(); begin != items.cend();) {
        const auto end =
            std::find_if(begin, items.cend(), [&](const Groupable &item) { return item.day != begin->day; });
        appendDay(rows, begin, end, open);
        begin = end;
    }
    return rows;
}
} // namespace belfry::inbox
