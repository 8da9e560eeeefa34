#include "auth/surroundings.h"

#include <arpa/inet.h>

namespace belfry::auth {
namespace {
/// "example:80" → "example", "[::1]:80" → "::1".
QByteArrayView withoutPort(QByteArrayView host)
{
    if (host.startsWith('[')) {
        const qsizetype end = host.indexOf(']');
        return end < 0 ? QByteArrayView() : host.sliced(1, end - 1);
    }
    const qsizetype colon = host.indexOf(':');
    return colon < 0 ? host : host.first(colon);
}

/// A name that is not localhost can be rebound by whoever owns it; a number can't.
bool isLocalName(QByteArrayView host)
{
    const QByteArrayView name = withoutPort(host);
    if (name.compare("localhost", Qt::CaseInsensitive) == 0)
        return true;
    const QByteArray text = name.toByteArray();
    in6_addr number;
    return inet_pton(AF_INET, text.constData(), &number) == 1 ||
           inet_pton(AF_INET6, text.constData(), &number) == 1;
}
} // namespace

bool isOwnOrigin(QByteArrayView origin, QByteArrayView host)
{
    for (const QByteArrayView scheme : {QByteArrayView("http://"), QByteArrayView("https://")}) {
        if (origin.startsWith(scheme) && origin.sliced(scheme.size()).compare(host, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

bool opensLegacyRoutes(const Surroundings &surroundings)
{
    if (!surroundings.loopback || surroundings.forwarded || !isLocalName(surroundings.host))
        return false;
    return surroundings.origin.isEmpty() || isOwnOrigin(surroundings.origin, surroundings.host);
}
} // namespace belfry::auth
