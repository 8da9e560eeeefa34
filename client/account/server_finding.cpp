#include "account/server_address.h"
#include "account/server_check.h"

#include <QCryptographicHash>

namespace belfry::account {
bool ServerFinding::isPlain() const
{
    return server.scheme() == u"http" && !isThisComputer(server);
}

QString ServerFinding::fingerprint() const
{
    if (certificate.isNull())
        return {};
    return QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
}

QString ServerFinding::words() const
{
    const QString host = server.host();
    const QString address = leadsTo.toString(QUrl::RemoveUserInfo);
    switch (what) {
    case What::Nothing:
        return {};
    case What::Checking:
        return tr("Looking for the server…");
    case What::Belfry:
        return tr("Belfry %1 is there.").arg(QString::fromUtf8(version));
    case What::BadAddress:
        return tr(
            "This is not an address of a server. Write it as notify.example or https://notify.example.");
    case What::NoSuchHost:
        return tr("There is no computer of the name %1. Check how it is written, and whether you are online.")
            .arg(host);
    case What::Refused:
        return tr("%1 is there, but no server answers on this port. Check the port, or ask whether it runs.")
            .arg(host);
    case What::Timeout:
        return tr("%1 did not answer in time. Check the address, the network, and whether a firewall stands "
                  "between.")
            .arg(host);
    case What::Unreachable:
        return tr("%1 can't be reached: %2").arg(host, QString::fromUtf8(detail));
    case What::OwnAuthority:
        return tr("Nobody vouches for the certificate of %1: it is self-signed. Compare its fingerprint "
                  "with "
                  "the one that your administrator tells you before you trust it.")
            .arg(host);
    case What::NoAuthority:
        return tr("The certificate of %1 comes from an authority that this computer does not know. Ask your "
                  "administrator to install that authority.")
            .arg(host);
    case What::Expired:
        return tr("The certificate of %1 is not valid today. If the clock of this computer is right, the "
                  "server "
                  "needs a new one.")
            .arg(host);
    case What::OtherName:
        return tr("The certificate was not issued for %1. Check the address: somebody may be in between.")
            .arg(host);
    case What::Unsafe:
        return tr("No safe connection to %1: %2").arg(host, QString::fromUtf8(detail));
    case What::NeedsTls:
    case What::Elsewhere:
        return tr("The server is at another address: %1").arg(address);
    case What::NotBelfry:
        return tr("Something answers at %1, but it is not Belfry.").arg(host);
    case What::TooOld:
        return tr("The server is too old for this program (version %1). Ask your administrator to update it.")
            .arg(QString::fromUtf8(version));
    case What::TooNew:
        return tr("The server is too new for this program (version %1). Update this program.")
            .arg(QString::fromUtf8(version));
    case What::NotReady:
        return tr("Belfry is there, but can't work now. Try again in a moment.");
    case What::Busy:
        return tr("The server had too many requests from here. Try again in a moment.");
    }
    return {};
}
} // namespace belfry::account
