#include "offline/account.h"

#include <QCryptographicHash>

namespace belfry::offline {
QString fileNameOf(const Account &account)
{
    QUrl server = account.server.adjusted(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment |
                                          QUrl::StripTrailingSlash | QUrl::NormalizePathSegments);
    const int usual = server.scheme() == u"https" ? 443 : 80;
    server.setPort(server.port(usual));
    if (server.path() == u"/")
        server.setPath({});
    const QByteArray name = server.toEncoded() + '\n' + account.user.text;
    const QByteArray hash = QCryptographicHash::hash(name, QCryptographicHash::Sha256).toHex().left(32);
    return QString::fromLatin1(hash) + QStringLiteral(".sqlite");
}
} // namespace belfry::offline
