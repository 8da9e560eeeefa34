#pragma once

#include "model/result.h"

#include <QString>
#include <optional>

namespace belfry::app {
/// The folder of one installation: database, lock, `bootstrap.key` (H83), `jwt.secret` (H02) and, while a
/// server runs, `server.json`. Made with 0700, its secrets with 0600; what SQLite makes in it has 0600 by the
/// umask of belfryd, also where the folder was there before. Main thread.
class DataDir
{
public:
    explicit DataDir(QString path)
        : m_path(std::move(path))
    {
    }

    /// Makes the folder. Unavailable: says what stands in the way.
    [[nodiscard]] model::VoidResult prepare() const;

    [[nodiscard]] QString path() const { return m_path; }
    [[nodiscard]] QString bootstrapKeyFile() const { return m_path + QStringLiteral("/bootstrap.key"); }
    [[nodiscard]] QString serverFile() const { return m_path + QStringLiteral("/server.json"); }

    [[nodiscard]] std::optional<QByteArray> bootstrapKey() const;
    [[nodiscard]] model::VoidResult keepBootstrapKey(const QByteArray &key) const;
    /// The secret of user tokens, made at the first call.
    [[nodiscard]] model::Result<QByteArray> jwtSecret() const;

private:
    QString m_path;
};

/// Writes a whole file by rename, so that nobody ever reads half of it; `secret`: 0600, else 0644.
[[nodiscard]] model::VoidResult writeWhole(const QString &path, const QByteArray &content, bool secret);
} // namespace belfry::app
