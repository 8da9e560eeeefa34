#include "account/local_data.h"

#include "offline/cache_file.h"
#include "protocol/item.h"
#include "protocol/json_writer.h"

#include <QDir>
#include <QSaveFile>
#include <memory>

namespace belfry::account {
using model::ErrorCode;
using model::Result;

namespace {
/// The database, its journals, and what was set aside.
QFileInfoList filesOf(const QString &folder, const offline::Account &account)
{
    return QDir(folder).entryInfoList({offline::fileNameOf(account) + u'*'}, QDir::Files | QDir::Hidden);
}

qint64 bytesOf(const QFileInfoList &files)
{
    qint64 bytes = 0;
    for (const QFileInfo &file : files)
        bytes += file.size();
    return bytes;
}

Result<LocalData::Cleared> clearCache(const QString &folder, const offline::Account &account)
{
    LocalData::Cleared cleared;
    if (filesOf(folder, account).isEmpty())
        return cleared;
    {
        offline::CacheFile file(folder, account); // alone, or not at all
        const auto opened = file.open();
        if (!opened)
            return tl::unexpected(opened.error());
        cleared.lostOps = opened->ops.size();
    }
    for (const QFileInfo &file : filesOf(folder, account)) {
        if (!QFile::remove(file.absoluteFilePath()))
            return model::fail(ErrorCode::Unavailable, file.fileName().toUtf8() + " can't be removed");
    }
    return cleared;
}

model::Error notWritten(const QSaveFile &file)
{
    return {ErrorCode::Unavailable, "the file can't be written: " + file.errorString().toUtf8(), {}, {}};
}

void appendHead(QByteArray &out, const offline::Account &account, model::Instant at)
{
    protocol::JsonWriter json(out);
    json.beginObject().key("belfry_export").number(1).key("server").text(account.server.toString().toUtf8());
    json.key("user_id").text(account.user.text).key("exported_at").time(at);
    json.finish();
}

/// In pieces: an inbox of 20,000 is never in memory a second time.
Result<qint64> writeExport(const QString &path, const offline::Account &account,
                           const std::vector<model::Notification> &items, model::Instant at)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) ||
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return tl::unexpected(notWritten(file));
    QByteArray piece;
    appendHead(piece, account, at);
    piece += R"(,"notifications":[)";
    qint64 written = 0;
    bool isFirst = true;
    for (const model::Notification &item : items) {
        piece += std::exchange(isFirst, false) ? "\n" : ",\n";
        protocol::appendItem(piece, item);
        if (file.write(piece) != piece.size())
            return tl::unexpected(notWritten(file));
        written += piece.size();
        piece.clear();
    }
    piece += "\n]}\n";
    written += piece.size();
    if (file.write(piece) != piece.size() || !file.commit())
        return tl::unexpected(notWritten(file));
    return written;
}
} // namespace

LocalData::LocalData(QString folder, offline::Account account, QObject *parent)
    : QObject(parent)
    , m_folder(std::move(folder))
    , m_account(std::move(account))
{
    m_thread.setMaxThreadCount(1);
}

LocalData::~LocalData()
{
    m_thread.waitForDone();
}

template<typename Work, typename Reply>
void LocalData::run(Work work, Reply reply)
{
    m_thread.start([this, work = std::move(work), reply = std::move(reply)] {
        auto result = std::make_shared<std::invoke_result_t<Work>>(work());
        QMetaObject::invokeMethod(
            this, [result, reply] { reply(std::move(*result)); }, Qt::QueuedConnection);
    });
}

void LocalData::size(Answer<qint64> answer)
{
    run([folder = m_folder,
         account = m_account]() -> Result<qint64> { return bytesOf(filesOf(folder, account)); },
        std::move(answer));
}

void LocalData::clear(Answer<Cleared> answer)
{
    run([folder = m_folder, account = m_account] { return clearCache(folder, account); }, std::move(answer));
}

void LocalData::exportTo(const QString &path, std::vector<model::Notification> items, model::Instant at,
                         Answer<qint64> answer)
{
    auto kept = std::make_shared<const std::vector<model::Notification>>(std::move(items));
    run([path, account = m_account, kept, at] { return writeExport(path, account, *kept, at); },
        std::move(answer));
}
} // namespace belfry::account

#include "moc_local_data.cpp"
