#pragma once

#include "account/secret_store.h"

#include <QObject>
#include <chrono>

namespace QKeychain {
class Job;
}

namespace belfry::account {
/// The keychain of the desktop: the Secret Service, or KWallet on Plasma (desktop.md 4). It is asked anew
/// each time, so one that comes later is found. It may ask the person for its password before it answers;
/// what comes after `patience` is not heard any more.
class KeychainStore : public QObject, public SecretStore
{
    Q_OBJECT
public:
    /// Under `service` the person finds the entries in the desktop's own program.
    explicit KeychainStore(QString service = QStringLiteral("Belfry"),
                           std::chrono::milliseconds patience = std::chrono::minutes(1),
                           QObject *parent = nullptr);

    void read(const QString &name, Read read) override;
    void write(const QString &name, const QByteArray &secret, Done done) override;
    void remove(const QString &name, Done done) override;

private:
    void start(QKeychain::Job *job, const QString &name,
               const std::function<void(const QKeychain::Job *)> &end);

    const QString m_service;
    const std::chrono::milliseconds m_patience;
};
} // namespace belfry::account
