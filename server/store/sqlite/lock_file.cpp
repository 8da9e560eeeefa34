#include "store/sqlite/lock_file.h"

#include <QDir>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace belfry::store {
using model::ErrorCode;
using model::Text;

namespace {
Text readPid(int fd)
{
    char buffer[32] = {};
    const ssize_t size = pread(fd, buffer, sizeof buffer - 1, 0);
    const Text pid = Text(buffer, std::max<ssize_t>(size, 0)).trimmed();
    return pid.isEmpty() ? Text("unknown") : pid;
}
} // namespace

LockFile::~LockFile()
{
    release();
}

model::VoidResult LockFile::take(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return model::fail(ErrorCode::Unavailable,
                           "the folder " + folder.toUtf8() + " can't be made: check its owner and rights");
    const Text path = folder.toUtf8() + "/belfry.lock";
    m_fd = open(path.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (m_fd < 0)
        return model::fail(ErrorCode::Unavailable,
                           path + " can't be written (" + strerror(errno) +
                               "): give this user the right to write to the data folder");
    if (flock(m_fd, LOCK_EX | LOCK_NB) != 0) {
        const Text pid = readPid(m_fd);
        close(m_fd);
        m_fd = -1;
        return model::fail(ErrorCode::Conflict, "process " + pid + " already works with the data in " +
                                                    folder.toUtf8() +
                                                    ": stop it first, or use another --data-dir");
    }
    const Text pid = QByteArray::number(getpid()) + '\n';
    if (ftruncate(m_fd, 0) != 0 ||
        pwrite(m_fd, pid.constData(), static_cast<size_t>(pid.size()), 0) != pid.size()) {
        release();
        return model::fail(ErrorCode::Unavailable, path + " can't be written: is the disk full?");
    }
    return {};
}

void LockFile::release()
{
    if (m_fd < 0)
        return;
    close(m_fd); // the file stays: removing it would race with the next one to lock it
    m_fd = -1;
}
} // namespace belfry::store
