#pragma once

#include "model/result.h"

#include <QString>
#include <functional>

namespace belfry::account {
/// A place that keeps secrets by name. One thread, that of the caller; nothing waits: answers come once each,
/// through the event loop, and not after the end of the store. What was asked first is done first.
class SecretStore
{
public:
    using Read = std::function<void(model::Result<QByteArray>)>;
    using Done = std::function<void(model::VoidResult)>;

    virtual ~SecretStore() = default;
    /// NotFound: nothing is kept under the name. Unavailable: the place is not there. Forbidden: the person,
    /// or the place, said no. Timeout: it does not answer. Internal: all else.
    virtual void read(const QString &name, Read read) = 0;
    /// In place of what stands there, whole or not at all.
    virtual void write(const QString &name, const QByteArray &secret, Done done) = 0;
    /// Also good when there is nothing.
    virtual void remove(const QString &name, Done done) = 0;
};
} // namespace belfry::account
