#pragma once

#include "inbox/ledger.h"

#include <QStringList>
#include <QTimeZone>

namespace belfry::inbox {
/// What a person asks for: `is:unread app:ci cat:billing from:7d "text"` (C3). Of one kind of word any may
/// fit, of different kinds all must; `is:` words all must. Names are compared without case.
struct SearchQuery
{
    enum class Is { Unread, Read, Archived, Snoozed, Critical, Pending };

    QList<Is> is;
    QStringList apps;
    QStringList categories;
    model::MaybeInstant from; ///< not before it
    QString text;             ///< the words without a key, quotes kept: for the index
    /// What was not understood, for people; such a word looks for nothing.
    QStringList faults;

    [[nodiscard]] bool isEmpty() const
    {
        return is.isEmpty() && apps.isEmpty() && categories.isEmpty() && !from && text.isEmpty();
    }
    friend bool operator==(const SearchQuery &, const SearchQuery &) = default;
};

/// Keys are `is: app: cat: from:` in any case, values may stand in quotes; a word with another colon is text.
/// `from:` takes `12h`, `7d`, `2w`, or a day `2026-03-29` of this zone. A fault names the word and what fits.
[[nodiscard]] SearchQuery parseSearch(const QString &text, model::Instant now, const QTimeZone &zone);

/// All but the text.
[[nodiscard]] bool matches(const SearchQuery &query, const Entry &entry);
} // namespace belfry::inbox
