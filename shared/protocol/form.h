#pragma once

#include "model/result.h"

#include <QByteArrayView>
#include <span>

namespace belfry::protocol {
/// A body of application/x-www-form-urlencoded, decoded, in its order.
struct Form
{
    QList<std::pair<model::Text, model::Text>> fields;

    /// The last value of this name; empty when there is none.
    [[nodiscard]] model::Text value(QByteArrayView name) const;
    [[nodiscard]] bool has(QByteArrayView name) const;
    friend bool operator==(const Form &, const Form &) = default;
};

/// Malformed: a bad percent escape or not UTF-8. Invalid: NUL in a text (H55), or over 100 fields. Also reads
/// query strings.
[[nodiscard]] model::Result<Form> parseForm(QByteArrayView body);

/// A JSON object of the same members: those in `typed` stand as numbers, true/false or JSON when their text
/// is that, those in `lists` become arrays, all others strings; of repeated ones the last counts.
[[nodiscard]] model::Result<QByteArray> formToJson(const Form &form, std::span<const QByteArrayView> typed,
                                                   std::span<const QByteArrayView> lists);
} // namespace belfry::protocol
