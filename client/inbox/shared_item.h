#pragma once

#include "model/notification.h"

#include <memory>

namespace belfry::inbox {
/// A notification that several may hold at the price of one: who changes it gets a copy of their own first.
/// Of ten thousand rows nearly all are shown just as they were told. One thread.
class SharedItem
{
public:
    SharedItem()
        : m_item(nobody())
    {
    }
    SharedItem(model::Notification item)
        : m_item(std::make_shared<model::Notification>(std::move(item)))
    {
    }

    [[nodiscard]] const model::Notification &operator*() const { return *m_item; }
    [[nodiscard]] const model::Notification *operator->() const { return m_item.get(); }
    operator const model::Notification &() const { return *m_item; }

    /// To be changed; valid until this is copied.
    [[nodiscard]] model::Notification &edit()
    {
        if (m_item.use_count() > 1)
            m_item = std::make_shared<model::Notification>(*m_item);
        return *m_item;
    }

    friend bool operator==(const SharedItem &a, const SharedItem &b)
    {
        return a.m_item == b.m_item || *a.m_item == *b.m_item;
    }

private:
    static const std::shared_ptr<model::Notification> &nobody()
    {
        static const auto item = std::make_shared<model::Notification>();
        return item;
    }

    std::shared_ptr<model::Notification> m_item;
};
} // namespace belfry::inbox
