#pragma once

#include "app/config.h"
#include "net/tls_context.h"

#include <memory>
#include <utility>
#include <vector>

namespace belfry::app {
/// Whether the log says when a certificate is over, or will be within two weeks.
enum class TellEnd { No, Yes };

/// Pairs as the server speaks with them, each read once however many addresses share it. Main thread.
class TlsPairs
{
public:
    using Pair = model::Result<std::shared_ptr<const net::TlsContext>>;

    explicit TlsPairs(TellEnd tell)
        : m_tell(tell)
    {
    }
    /// Null for no files. Invalid: which file, what is wrong with it and how to mend it.
    [[nodiscard]] Pair of(const TlsFiles &files);

private:
    [[nodiscard]] Pair load(const TlsFiles &files) const;

    TellEnd m_tell;
    std::vector<std::pair<TlsFiles, Pair>> m_known;
};

/// Can the pairs of all addresses be used?
[[nodiscard]] model::VoidResult checkTlsFiles(const Config &config, TellEnd tell);

/// `belfryd tls self-signed`: a certificate and a key in the data folder (`tls.crt`, `tls.key`, 0600), for
/// these names and addresses; none: those of this machine. Conflict: they are there already. What to do with
/// them, for people.
[[nodiscard]] model::Result<QByteArray> writeSelfSigned(const QString &dataDir, const QByteArrayList &names);
} // namespace belfry::app
