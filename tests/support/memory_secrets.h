#pragma once

#include "account/secret_store.h"

#include <QMap>
#include <QObject>

namespace belfry::test {
/// Secrets in memory, answered through the event loop as a real place does, with faults on demand.
class MemorySecrets : public QObject, public account::SecretStore
{
public:
    void read(const QString &name, Read read) override
    {
        later([this, name, read = std::move(read)] {
            if (fault)
                return read(tl::unexpected(*fault));
            if (!kept.contains(name))
                return read(model::fail(model::ErrorCode::NotFound, "nothing"));
            read(kept.value(name));
        });
    }
    void write(const QString &name, const QByteArray &secret, Done done) override
    {
        later([this, name, secret, done = std::move(done)] {
            if (fault)
                return done(tl::unexpected(*fault));
            kept.insert(name, secret);
            ++writes;
            done({});
        });
    }
    void remove(const QString &name, Done done) override
    {
        later([this, name, done = std::move(done)] {
            if (fault)
                return done(tl::unexpected(*fault));
            kept.remove(name);
            done({});
        });
    }

    QMap<QString, QByteArray> kept;
    std::optional<model::Error> fault; ///< of everything
    int writes = 0;

private:
    void later(std::function<void()> work)
    {
        QMetaObject::invokeMethod(this, std::move(work), Qt::QueuedConnection);
    }
};
} // namespace belfry::test
