#include "app/data_dir.h"

#include "auth/key.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;
using model::VoidResult;

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr auto readableByAll = ownerOnly | QFileDevice::ReadGroup | QFileDevice::ReadOther;

std::optional<QByteArray> readTrimmed(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const QByteArray content = file.readAll().trimmed();
    return content.isEmpty() ? std::nullopt : std::optional(content);
}
} // namespace

VoidResult writeWhole(const QString &path, const QByteArray &content, bool secret)
{
    QSaveFile file(path);
    const bool written = file.open(QIODevice::WriteOnly) &&
                         file.setPermissions(secret ? ownerOnly : readableByAll) &&
                         file.write(content) == content.size() && file.commit();
    if (!written)
        return fail(ErrorCode::Unavailable,
                    path.toLocal8Bit() + ": cannot be written: " + file.errorString().toUtf8());
    return {};
}

VoidResult DataDir::prepare() const
{
    if (QFileInfo(m_path).isDir())
        return {};
    if (!QDir().mkpath(m_path))
        return fail(ErrorCode::Unavailable, m_path.toLocal8Bit() +
                                                ": the data folder cannot be made; make it yourself, "
                                                "or name another one with --data-dir");
    if (!QFile::setPermissions(m_path, ownerOnly | QFileDevice::ExeOwner))
        return fail(ErrorCode::Unavailable, m_path.toLocal8Bit() + ": its permissions cannot be set to 0700");
    return {};
}

std::optional<QByteArray> DataDir::bootstrapKey() const
{
    return readTrimmed(bootstrapKeyFile());
}

VoidResult DataDir::keepBootstrapKey(const QByteArray &key) const
{
    return writeWhole(bootstrapKeyFile(), key + '\n', true);
}

Result<QByteArray> DataDir::jwtSecret() const
{
    const QString path = m_path + QStringLiteral("/jwt.secret");
    if (auto secret = readTrimmed(path))
        return *secret;
    QByteArray made = auth::randomText(32);
    if (auto kept = writeWhole(path, made + '\n', true); !kept)
        return tl::unexpected(kept.error());
    return made;
}
} // namespace belfry::app
