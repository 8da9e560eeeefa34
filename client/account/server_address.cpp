#include "account/server_address.h"

#include <QHostAddress>
#include <array>

namespace belfry::account {
namespace {
constexpr std::array<QStringView, 5> belowServer{u"/api/v1", u"/api", u"/health", u"/ws",
                                                 u"/.well-known/belfry"};

auto notAnAddress(const char *why)
{
    return model::fail(model::ErrorCode::Invalid, why);
}

/// "nas:8080" alone would be an address of the scheme "nas".
QUrl withScheme(const QString &text)
{
    if (text.contains(u"://"))
        return QUrl(text, QUrl::StrictMode);
    QUrl secure(QStringLiteral("https://") + text, QUrl::StrictMode);
    if (!isThisComputer(secure))
        return secure;
    return QUrl(QStringLiteral("http://") + text, QUrl::StrictMode);
}

QString serverPath(QString path)
{
    const auto chopSlashes = [&path] {
        while (path.endsWith(u'/'))
            path.chop(1);
    };
    chopSlashes();
    for (const QStringView known : belowServer) {
        if (path.endsWith(known)) {
            path.chop(known.size());
            break;
        }
    }
    chopSlashes();
    return path;
}
} // namespace

bool isThisComputer(const QUrl &server)
{
    const QString host = server.host();
    return host == u"localhost" || host.endsWith(u".localhost") || QHostAddress(host).isLoopback();
}

model::Result<QUrl> serverAddress(const QString &typed)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return notAnAddress("write the address of your server");
    QUrl url = withScheme(text);
    if (!url.isValid() || url.host().isEmpty())
        return notAnAddress("this is not an address: write it as notify.example or https://notify.example");
    if (url.scheme() == u"ws" || url.scheme() == u"wss")
        url.setScheme(url.scheme() == u"ws" ? QStringLiteral("http") : QStringLiteral("https"));
    const bool isSecure = url.scheme() == u"https";
    if (!isSecure && url.scheme() != u"http")
        return notAnAddress("an address of a server begins with https://");
    if (!url.userInfo().isEmpty())
        return notAnAddress("no user or password belongs into the address");
    url.setQuery(QString());
    url.setFragment(QString());
    url.setPath(serverPath(url.path(QUrl::FullyEncoded)), QUrl::TolerantMode);
    if (url.port() == (isSecure ? 443 : 80))
        url.setPort(-1);
    return url;
}
} // namespace belfry::account
