#pragma once

#include "app/data_dir.h"
#include "ports/directory.h"
#include "runtime/clock.h"

namespace belfry::app {
/// An entry of the audit log for what a command on this machine does to a key.
[[nodiscard]] ports::AuditEntry operatorEntry(const model::Text &action, const model::Text &key,
                                              model::Instant now);

/// What a first start leaves behind (decisions H83): a key with all scopes whose hash is in the database and
/// whose text is in the data folder, for this user's own tools.
class Bootstrap
{
public:
    /// The text of a key that was made now, to be shown once.
    using Made = runtime::Reply<model::Result<QByteArray>>;

    /// All of these outlive the calls.
    Bootstrap(ports::Directory &directory, const DataDir &dataDir, const runtime::Clock &clock)
        : m_directory(directory)
        , m_dataDir(dataDir)
        , m_clock(clock)
    {
    }

    /// Makes one where none stands; empty: one did.
    void makeMissing(runtime::Loop &home, Made reply);
    /// Makes a new one, then revokes the others.
    void rotate(runtime::Loop &home, Made reply);

private:
    void makeKey(runtime::Loop &home, Made reply);
    void revokeNext(runtime::Loop &home, std::vector<model::Text> ids, QByteArray made, Made reply);

    ports::Directory &m_directory;
    const DataDir &m_dataDir;
    const runtime::Clock &m_clock;
};
} // namespace belfry::app
