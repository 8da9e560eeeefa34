#include "app/tls_files.h"

#include "app/data_dir.h"
#include "runtime/log.h"

#include <QDateTime>
#include <QFile>
#include <QSysInfo>
#include <algorithm>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

constexpr qint64 fileAtMost = 1024 * 1024;
constexpr qint64 warnBefore = 14 * 86'400;
constexpr int selfSignedDays = 365;

Result<QByteArray> contentOf(const QString &path, const char *setting)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Invalid, QByteArray(setting) + ": " + path.toLocal8Bit() +
                                            ": cannot be read: " + file.errorString().toUtf8());
    return file.read(fileAtMost);
}

void warnOfEnd(const QString &path, qint64 end)
{
    const QDateTime at = QDateTime::fromSecsSinceEpoch(end, Qt::UTC);
    const qint64 left = QDateTime::currentDateTimeUtc().secsTo(at);
    if (left >= warnBefore)
        return;
    qCWarning(lcApp, "%s: the certificate %s on %s: renew it, then send SIGHUP", qPrintable(path),
              left < 0 ? "ended" : "ends", qPrintable(at.toString(Qt::ISODate)));
}

QByteArrayList ownNames()
{
    QByteArrayList names{"localhost", "127.0.0.1", "::1"};
    if (const QByteArray host = QSysInfo::machineHostName().toLatin1(); !host.isEmpty() && host != names[0])
        names.prepend(host);
    return names;
}
} // namespace

TlsPairs::Pair TlsPairs::of(const TlsFiles &files)
{
    if (files.isEmpty())
        return std::shared_ptr<const net::TlsContext>();
    const auto known = std::ranges::find(m_known, files, &std::pair<TlsFiles, Pair>::first);
    return known != m_known.end() ? known->second : m_known.emplace_back(files, load(files)).second;
}

TlsPairs::Pair TlsPairs::load(const TlsFiles &files) const
{
    const auto certificate = contentOf(files.certificate, "tls_certificate");
    if (!certificate)
        return tl::unexpected(certificate.error());
    const auto key = contentOf(files.key, "tls_key");
    if (!key)
        return tl::unexpected(key.error());
    auto context = net::TlsContext::make(*certificate, *key);
    if (!context)
        return fail(ErrorCode::Invalid, "tls_certificate " + files.certificate.toLocal8Bit() + ", tls_key " +
                                            files.key.toLocal8Bit() + ": " + context.error().detail);
    if (m_tell == TellEnd::Yes)
        warnOfEnd(files.certificate, (*context)->expiresAt());
    return context;
}

VoidResult checkTlsFiles(const Config &config, TellEnd tell)
{
    TlsPairs pairs(tell);
    for (const Listen &listen : config.listen) {
        if (const auto usable = pairs.of(config.tlsOf(listen)); !usable)
            return tl::unexpected(usable.error());
    }
    return {};
}

Result<QByteArray> writeSelfSigned(const QString &dataDir, const QByteArrayList &names)
{
    const QString certificate = dataDir + QStringLiteral("/tls.crt");
    const QString key = dataDir + QStringLiteral("/tls.key");
    for (const QString &path : {certificate, key}) {
        if (QFile::exists(path))
            return fail(ErrorCode::Conflict,
                        path.toLocal8Bit() + ": is there already: take it away first to make another");
    }
    const auto pair = net::makeSelfSigned(names.isEmpty() ? ownNames() : names, selfSignedDays);
    if (!pair)
        return fail(ErrorCode::Invalid, "tls self-signed: --host: " + pair.error().detail);
    if (auto prepared = DataDir(dataDir).prepare(); !prepared)
        return tl::unexpected(prepared.error());
    if (auto written = writeWhole(key, pair->key, true); !written)
        return tl::unexpected(written.error());
    if (auto written = writeWhole(certificate, pair->certificate, false); !written)
        return tl::unexpected(written.error());
    return "Made for " + (names.isEmpty() ? ownNames() : names).join(", ") +
           ", good for a year. Start with\n" + "  belfryd --tls-certificate " + certificate.toLocal8Bit() +
           " --tls-key " + key.toLocal8Bit() +
           "\nand let clients trust the certificate, such as\n  curl --cacert " + certificate.toLocal8Bit() +
           " https://localhost:8080/health";
}
} // namespace belfry::app
