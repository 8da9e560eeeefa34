#include "app/key_set_source.h"

#include "runtime/log.h"

#include <QFile>
#include <QHostAddress>
#include <QNetworkReply>
#include <QUrl>

namespace belfry::app {
using namespace std::chrono_literals;
using model::ErrorCode;
using model::fail;
using model::Result;
using Keys = std::vector<auth::VerifyKey>;

namespace {
constexpr auto period = 5min;
constexpr auto periodWithoutKeys = 10s;
constexpr auto restAfterUnknownKey = 10s;
constexpr auto timeOut = 10s;

bool isUrl(const QByteArray &location)
{
    return location.startsWith("https://") || location.startsWith("http://");
}

bool isThisMachine(const QString &host)
{
    return host == QStringLiteral("localhost") || QHostAddress(host).isLoopback();
}

model::VoidResult checkUrl(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return fail(ErrorCode::Invalid, "must be a URL with a host and without a password");
    if (url.scheme() != QStringLiteral("https") && !isThisMachine(url.host()))
        return fail(ErrorCode::Invalid, "must be https: over http anybody on the way could choose the keys");
    return {};
}

Result<Keys> readFile(const QByteArray &path)
{
    QFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Invalid, "can't read it: " + file.errorString().toUtf8());
    return auth::readKeySet(file.read(auth::largestKeySet + 1));
}

/// A query may hold a token, which is nobody's but its server's.
QByteArray withoutQuery(QByteArray text, const QUrl &url)
{
    return url.hasQuery() ? text.replace('?' + url.query(QUrl::FullyEncoded).toUtf8(), "") : text;
}

Result<Keys> keysOf(QNetworkReply &reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 0 && status != 200) // Qt's own words repeat the whole URL
        return fail(ErrorCode::Unavailable, "was answered with status " + QByteArray::number(status));
    if (reply.error() != QNetworkReply::NoError)
        return fail(ErrorCode::Unavailable, withoutQuery(reply.errorString().toUtf8(), reply.url()));
    return auth::readKeySet(reply.read(auth::largestKeySet + 1));
}
} // namespace

model::VoidResult KeySetSource::check(const QByteArray &location)
{
    if (isUrl(location))
        return checkUrl(QUrl(QString::fromUtf8(location), QUrl::StrictMode));
    const auto keys = readFile(location);
    if (!keys)
        return tl::unexpected(keys.error());
    return {};
}

KeySetSource::KeySetSource(QByteArray location, Taken taken, QObject *parent)
    : QObject(parent)
    , m_location(std::move(location))
    , m_taken(std::move(taken))
{
    m_rest.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &KeySetSource::reload);
}

KeySetSource::~KeySetSource()
{
    if (m_reply)
        m_reply->disconnect(this); // it goes with m_network
}

void KeySetSource::start()
{
    if (!m_location.isEmpty())
        reload();
}

void KeySetSource::unknownKey()
{
    if (m_rest.isActive())
        return;
    m_rest.start(restAfterUnknownKey);
    reload();
}

void KeySetSource::reload()
{
    if (m_location.isEmpty())
        return;
    if (isUrl(m_location))
        fetch();
    else
        take(readFile(m_location));
}

void KeySetSource::fetch()
{
    if (m_reply)
        return; // its answer is as new as another one's
    QNetworkRequest request(QUrl(QString::fromUtf8(m_location), QUrl::StrictMode));
    request.setTransferTimeout(std::chrono::milliseconds(timeOut).count());
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setRawHeader("Accept", "application/jwk-set+json, application/json");
    QNetworkReply *reply = m_network.get(request);
    m_reply = reply;
    connect(reply, &QNetworkReply::downloadProgress, reply, [reply](qint64 received, qint64) {
        if (received > auth::largestKeySet)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply] { fetched(*reply); });
}

void KeySetSource::fetched(QNetworkReply &reply)
{
    m_reply = nullptr;
    reply.deleteLater();
    take(keysOf(reply));
}

void KeySetSource::take(const Result<Keys> &keys)
{
    const QByteArray shown = isUrl(m_location) ? m_location.left(m_location.indexOf('?')) : m_location;
    if (keys) {
        qCInfo(lcApp, "%zu keys of user tokens read from %s", keys->size(), shown.constData());
        m_hasKeys = true;
        m_taken(*keys);
    } else {
        qCWarning(lcApp, "the key set %s is not usable, %s: %s", shown.constData(),
                  m_hasKeys ? "the last one goes on" : "EdDSA tokens are refused",
                  keys.error().detail.constData());
    }
    m_again.start(m_hasKeys ? std::chrono::milliseconds(period)
                            : std::chrono::milliseconds(periodWithoutKeys));
}
} // namespace belfry::app

#include "moc_key_set_source.cpp"
