#include "api/transport_security.h"

namespace belfry::api {
QByteArray transportSecurity(const ApiSettings &settings, const net::HttpRequest &request)
{
    if (!request.peer.secure || settings.hstsMaxAge <= 0)
        return {};
    const QByteArray host = request.header("host").toByteArray().toLower();
    const QByteArrayView name =
        QByteArrayView(host).first(host.indexOf(':') < 0 ? host.size() : host.indexOf(':'));
    if (name == "localhost" || name.endsWith(".localhost"))
        return {};
    return "max-age=" + QByteArray::number(settings.hstsMaxAge);
}
} // namespace belfry::api
