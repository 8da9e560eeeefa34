#pragma once

#include "model/result.h"
#include "session/row_page.h"

#include <functional>
#include <optional>

namespace belfry::window {
/// Where rows come from that are not in sight: this computer's copy of the inbox, and the server. What it
/// finds is in the model before it answers. Each answer at most once, perhaps at once. One thread.
class RowSource
{
public:
    using Reply = std::function<void(model::Result<session::RowPage>)>;

    virtual ~RowSource() = default;
    virtual void searchHere(const model::Text &words, Reply reply) = 0;
    /// The page that begins there; empty: the newest.
    virtual void searchThere(const model::Text &words, const model::Text &from, Reply reply) = 0;
    /// Nothing: nobody has looked yet.
    [[nodiscard]] virtual std::optional<bool> hasOlderArchived() const = 0;
    virtual void olderArchived(Reply reply) = 0;
};
} // namespace belfry::window
