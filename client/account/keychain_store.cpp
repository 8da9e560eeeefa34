#include "account/keychain_store.h"

#include <QTimer>
#include <memory>
#include <qt6keychain/keychain.h>

namespace belfry::account {
using model::ErrorCode;
using QKeychain::Job;

namespace {
/// Null stands for a job that did not end in time.
model::Error errorOf(const Job *job)
{
    if (!job)
        return {ErrorCode::Timeout, "the keychain does not answer", {}, {}};
    switch (job->error()) {
    case QKeychain::EntryNotFound:
        return {ErrorCode::NotFound, "the keychain has no entry for this account", {}, {}};
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
        return {ErrorCode::Forbidden, "the keychain was not opened", {}, {}};
    // Without a Secret Service libsecret's own complaint comes as "other" (desktop.md 4).
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
    case QKeychain::OtherError:
        return {ErrorCode::Unavailable, "no keychain: " + job->errorString().toUtf8(), {}, {}};
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
        break;
    }
    return {ErrorCode::Internal, "the keychain failed: " + job->errorString().toUtf8(), {}, {}};
}

bool isGood(const Job *job)
{
    return job && job->error() == QKeychain::NoError;
}
} // namespace

KeychainStore::KeychainStore(QString service, std::chrono::milliseconds patience, QObject *parent)
    : QObject(parent)
    , m_service(std::move(service))
    , m_patience(patience)
{
}

/// Jobs delete themselves, some time: `end` is called once, with the job or, when it takes too long, with
/// null.
void KeychainStore::start(Job *job, const QString &name, const std::function<void(const Job *)> &end)
{
    auto *deadline = new QTimer(this);
    deadline->setSingleShot(true);
    connect(deadline, &QTimer::timeout, this, [job, deadline, end] {
        job->disconnect(deadline);
        deadline->deleteLater();
        end(nullptr);
    });
    // By the deadline, which ends with this object: a late answer finds nobody.
    connect(job, &Job::finished, deadline, [deadline, end](const Job *done) {
        deadline->stop();
        deadline->deleteLater();
        end(done);
    });
    job->setKey(name);
    deadline->start(m_patience);
    job->start();
}

void KeychainStore::read(const QString &name, Read read)
{
    auto *job = new QKeychain::ReadPasswordJob(m_service);
    start(job, name, [read = std::move(read)](const Job *done) {
        if (isGood(done))
            read(static_cast<const QKeychain::ReadPasswordJob *>(done)->binaryData());
        else
            read(tl::unexpected(errorOf(done)));
    });
}

void KeychainStore::write(const QString &name, const QByteArray &secret, Done done)
{
    auto *job = new QKeychain::WritePasswordJob(m_service);
    job->setBinaryData(secret);
    start(job, name, [done = std::move(done)](const Job *end) {
        done(isGood(end) ? model::VoidResult() : tl::unexpected(errorOf(end)));
    });
}

void KeychainStore::remove(const QString &name, Done done)
{
    auto *job = new QKeychain::DeletePasswordJob(m_service);
    start(job, name, [done = std::move(done)](const Job *end) {
        const bool isGone = isGood(end) || (end && end->error() == QKeychain::EntryNotFound);
        done(isGone ? model::VoidResult() : tl::unexpected(errorOf(end)));
    });
}
} // namespace belfry::account

#include "moc_keychain_store.cpp"
