#pragma once

#include "app/config.h"
#include "net/tls_context.h"

#include <memory>

namespace belfry::app {
/// The pair as the server speaks with it; null for no files. Invalid: which file, what is wrong with it and
/// how to mend it. Says in the log when the certificate is over, or will be within two weeks. Main thread.
[[nodiscard]] model::Result<std::shared_ptr<const net::TlsContext>> loadTls(const TlsFiles &files);

/// Can the pairs of all addresses be used?
[[nodiscard]] model::VoidResult checkTlsFiles(const Config &config);

/// `belfryd tls self-signed`: a certificate and a key in the data folder (`tls.crt`, `tls.key`, 0600), for
/// these names and addresses; none: those of this machine. Conflict: they are there already. What to do with
/// them, for people.
[[nodiscard]] model::Result<QByteArray> writeSelfSigned(const QString &dataDir, const QByteArrayList &names);
} // namespace belfry::app
