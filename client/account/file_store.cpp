#include "account/file_store.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <memory>

namespace belfry::account {
using model::ErrorCode;
using model::VoidResult;

namespace {
constexpr qint64 largestSecret = 64 * 1024;
constexpr QFileDevice::Permissions ownFile = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
constexpr QFileDevice::Permissions ownFolder = ownFile | QFileDevice::ExeOwner;

model::Error fileError(const char *what, const QFileDevice &file)
{
    return {ErrorCode::Unavailable, what + file.errorString().toUtf8(), {}, {}};
}

model::Result<QByteArray> readSecretFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return model::fail(ErrorCode::NotFound, "no secret is kept in a file");
    if (!file.open(QIODevice::ReadOnly))
        return tl::unexpected(fileError("the file with the secret can't be read: ", file));
    QByteArray secret = file.read(largestSecret);
    if (file.error() != QFileDevice::NoError)
        return tl::unexpected(fileError("the file with the secret can't be read: ", file));
    return secret;
}

VoidResult writeSecretFile(const QString &folder, const QString &path, const QByteArray &secret)
{
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, ownFolder))
        return model::fail(ErrorCode::Unavailable, "the folder for the secret can't be made");
    QSaveFile file(path);
    // The modes before the content.
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.setPermissions(ownFile) &&
                           file.write(secret) == secret.size() && file.commit();
    if (!isWritten)
        return tl::unexpected(fileError("the secret can't be written: ", file));
    return {};
}

VoidResult removeSecretFile(const QString &path)
{
    QFile file(path);
    if (file.exists() && !file.remove())
        return tl::unexpected(fileError("the file with the secret can't be removed: ", file));
    return {};
}
} // namespace

FileStore::FileStore(QString folder, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
{
    m_thread.setMaxThreadCount(1);
}

FileStore::~FileStore()
{
    m_thread.waitForDone();
}

/// The name of an account may hold anything.
QString FileStore::pathOf(const QString &name) const
{
    const QByteArray hash = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha256);
    return m_folder + u'/' + QString::fromLatin1(hash.toHex().left(32)) + QStringLiteral(".secret");
}

template<typename Work, typename Answer>
void FileStore::run(Work work, Answer answer)
{
    m_thread.start([this, work = std::move(work), answer = std::move(answer)] {
        auto result = std::make_shared<std::invoke_result_t<Work>>(work());
        // The destructor waits for this thread, so the object is there; Qt drops the call if it ends before.
        QMetaObject::invokeMethod(
            this, [result, answer] { answer(std::move(*result)); }, Qt::QueuedConnection);
    });
}

void FileStore::read(const QString &name, Read read)
{
    run([path = pathOf(name)] { return readSecretFile(path); }, std::move(read));
}

void FileStore::write(const QString &name, const QByteArray &secret, Done done)
{
    run([folder = m_folder, path = pathOf(name), secret] { return writeSecretFile(folder, path, secret); },
        std::move(done));
}

void FileStore::remove(const QString &name, Done done)
{
    run([path = pathOf(name)] { return removeSecretFile(path); }, std::move(done));
}
} // namespace belfry::account

#include "moc_file_store.cpp"
