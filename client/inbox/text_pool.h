#pragma once

#include "model/notification.h"

#include <QSet>

namespace belfry::inbox {
/// Keeps what thousands of items say alike (their app, their category, their icon) in memory once, and of the
/// rest no more than its length. Forgets what it knows now and then, so that it never grows large itself. One
/// thread.
class TextPool
{
public:
    static constexpr qsizetype mostTexts = 4'096;

    /// `item` says the same as before.
    void share(model::Notification &item);
    [[nodiscard]] qsizetype size() const { return m_texts.size(); }

private:
    void share(model::Text &text);

    QSet<model::Text> m_texts;
};
} // namespace belfry::inbox
