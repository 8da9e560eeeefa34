#pragma once

#include "account/secret_store.h"

#include <QObject>
#include <QThreadPool>

namespace belfry::account {
/// Secrets as files of their own, for a computer without a keychain: plain text that this user alone may read
/// (0600 in a folder of 0700). Whoever uses it has asked the person first. The disk is waited for on another
/// thread; the destructor waits for what was asked.
class FileStore : public QObject, public SecretStore
{
    Q_OBJECT
public:
    explicit FileStore(QString folder, QObject *parent = nullptr);
    ~FileStore() override;

    void read(const QString &name, Read read) override;
    void write(const QString &name, const QByteArray &secret, Done done) override;
    void remove(const QString &name, Done done) override;

    [[nodiscard]] QString pathOf(const QString &name) const;

private:
    template<typename Work, typename Answer>
    void run(Work work, Answer answer);

    const QString m_folder;
    QThreadPool m_thread; ///< one, so that what was asked first is done first
};
} // namespace belfry::account
