#include "net/http_message.h"

#include <algorithm>

namespace belfry::net {
QByteArrayView HttpRequest::header(QByteArrayView name) const
{
    const auto it = std::ranges::find_if(headers, [&](const Header &h) { return h.name == name; });
    return it == headers.end() ? QByteArrayView() : QByteArrayView(it->value);
}

bool HttpRequest::has(QByteArrayView name) const
{
    return std::ranges::any_of(headers, [&](const Header &h) { return h.name == name; });
}
} // namespace belfry::net
