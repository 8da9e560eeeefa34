#pragma once

#include "protocol/form.h"

namespace belfry::api {
/// The parameters of a query. All errors are Malformed and name the parameter (decisions H13).
class Query
{
public:
    /// Error: a broken escape, bytes that are not UTF-8, a NUL, or more than 100 parameters.
    [[nodiscard]] static model::Result<Query> parse(QByteArrayView raw);

    [[nodiscard]] bool has(QByteArrayView name) const { return m_form.has(name); }
    /// The last value of this name; empty when there is none.
    [[nodiscard]] QByteArray text(QByteArrayView name) const { return m_form.value(name); }
    /// A decimal integer, or `fallback` when absent or empty. Error: anything else.
    [[nodiscard]] model::Result<qint64> integer(QByteArrayView name, qint64 fallback) const;
    /// A decimal integer of at least 0.
    [[nodiscard]] model::Result<qint64> natural(QByteArrayView name, qint64 fallback) const;

    [[nodiscard]] const protocol::Form &form() const { return m_form; }

private:
    protocol::Form m_form;
};
} // namespace belfry::api
