#pragma once

#include <QByteArray>

namespace belfry::net {
/// The Date header's value (RFC 9110 section 5.6.7), made anew at most once a second. One per loop.
class DateText
{
public:
    [[nodiscard]] const QByteArray &now();

private:
    qint64 m_second = -1;
    QByteArray m_text;
};
} // namespace belfry::net
