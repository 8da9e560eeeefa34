#pragma once

#include <QImage>

namespace belfry::test {
/// What two pictures of one thing say of each other. A value.
struct Comparison
{
    QString difference; ///< in words; "": they are alike
    QImage marked;      ///< the stored one, pale, with what differs in red; null where the sizes differ
};

/// Alike are pictures that an eye takes for the same. Every pixel may be as any of those around it is in the
/// other picture, and a little lighter or darker: so letters may be smoothed in another way. Where more than
/// a few pixels of a place as big as a letter, or of the whole, are of no such colour, something moved, or is
/// missing.
[[nodiscard]] Comparison compare(const QImage &stored, const QImage &seen);
} // namespace belfry::test
