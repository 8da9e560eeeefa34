#include "offline/account_cache.h"

#include <QSemaphore>

namespace belfry::offline {
using model::VoidResult;

namespace {
bool hasOp(const std::vector<Write> &writes)
{
    return std::any_of(writes.begin(), writes.end(),
                       [](const Write &write) { return std::holds_alternative<PutOp>(write); });
}
} // namespace

AccountCache::AccountCache(const QString &folder, const Account &account, CacheLimits limits, QObject *parent)
    : QObject(parent)
    , m_file(std::make_unique<CacheFile>(folder, account, limits))
    , m_worker(new QObject)
{
    qRegisterMetaType<model::Error>();
    m_retry.setSingleShot(true);
    m_retry.setInterval(limits.retryAfter);
    connect(&m_retry, &QTimer::timeout, this, &AccountCache::send);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_thread.setObjectName(QStringLiteral("cache"));
    m_thread.start();
}

AccountCache::~AccountCache()
{
    static_cast<void>(flush());
    QMetaObject::invokeMethod(m_worker, [file = m_file.get()] { file->close(); });
    m_thread.quit();
    m_thread.wait();
}

template<typename T, typename Ask>
void AccountCache::ask(Ask question, Reply<T> reply)
{
    std::function<void()> work = [this, question = std::move(question), reply = std::move(reply)] {
        auto answer = std::make_shared<model::Result<T>>(question(*m_file));
        // Dropped by Qt when this object is gone: the thread ends before it does.
        QMetaObject::invokeMethod(
            this, [answer, reply] { reply(std::move(*answer)); }, Qt::QueuedConnection);
    };
    send();
    if (m_underWay && !m_waiting.empty() && !m_hasFailed)
        m_questions.push_back(std::move(work)); // behind what waits
    else
        QMetaObject::invokeMethod(m_worker, std::move(work));
}

void AccountCache::open(Reply<Opened> reply)
{
    ask<Opened>([](CacheFile &file) { return file.open(); },
                [this, reply = std::move(reply)](model::Result<Opened> opened) {
                    m_isOpen = opened.has_value();
                    if (opened)
                        m_ops = opened->ops;
                    else
                        giveUp();
                    reply(std::move(opened));
                });
}

void AccountCache::older(model::Seq before, int limit, Reply<std::vector<Row>> reply)
{
    ask<std::vector<Row>>(
        [before, limit](CacheFile &file) -> model::Result<std::vector<Row>> {
            return file.isOpen() ? file.older(before, limit) : std::vector<Row>();
        },
        std::move(reply));
}

void AccountCache::search(const model::Text &query, Reply<QList<model::NotificationId>> reply)
{
    ask<QList<model::NotificationId>>(
        [query](CacheFile &file) -> model::Result<QList<model::NotificationId>> {
            return file.isOpen() ? file.search(query) : QList<model::NotificationId>();
        },
        std::move(reply));
}

void AccountCache::write(Write write)
{
    const bool isOp = std::holds_alternative<PutOp>(write);
    if (!m_isOpen) {
        if (isOp)
            tellNotKept();
        return;
    }
    if (m_waiting.size() >= mostWaiting)
        return giveUp();
    m_waiting.push_back(std::move(write));
    if (m_waiting.size() == 1 && !m_underWay) // what comes in this turn of the loop goes with it
        QMetaObject::invokeMethod(this, &AccountCache::send, Qt::QueuedConnection);
    else if (m_hasFailed && isOp)
        tellNotKept();
}

void AccountCache::tellNotKept()
{
    Q_EMIT failed({model::ErrorCode::Unavailable, "changes are not kept on this computer now", {}, {}}, true);
}

/// Sends what waits when nothing is under way, or once more what failed.
void AccountCache::send()
{
    const bool isRetry = m_underWay && m_hasFailed;
    if (!m_isOpen || (m_underWay && !isRetry) || (isRetry && m_retry.isActive()))
        return;
    if (!isRetry) {
        if (m_waiting.empty())
            return;
        m_underWay = std::make_shared<const std::vector<Write>>(std::exchange(m_waiting, {}));
    }
    m_hasFailed = false;
    QMetaObject::invokeMethod(m_worker, [this, batch = m_underWay, isRetry] {
        const VoidResult result = writeNow(*batch);
        QMetaObject::invokeMethod(
            this, [this, result, isRetry] { sent(result, isRetry); }, Qt::QueuedConnection);
    });
    if (!isRetry)
        askAll();
}

void AccountCache::askAll()
{
    for (auto &question : std::exchange(m_questions, {}))
        QMetaObject::invokeMethod(m_worker, std::move(question));
}

/// On the thread. Nothing is written before what failed earlier: it would be overwritten by the older one.
VoidResult AccountCache::writeNow(const std::vector<Write> &batch)
{
    if (!m_file->isOpen())
        return model::fail(model::ErrorCode::Unavailable, "the local copy of the inbox is closed");
    auto written = m_file->write(batch);
    m_isBlocked = !written;
    return written;
}

void AccountCache::sent(const VoidResult &result, bool isRetry)
{
    if (!m_underWay) // flush() wrote it, or nothing is kept any more
        return;
    if (!result) {
        m_hasFailed = true;
        m_retry.start();
        askAll(); // of what is there
        if (!isRetry)
            Q_EMIT failed(result.error(), hasOp(*m_underWay) || hasOp(m_waiting));
        return;
    }
    m_underWay.reset();
    if (isRetry)
        Q_EMIT mended();
    send();
}

/// From here on nothing is kept: the file stays as it is, with a cursor that fits what it holds.
void AccountCache::giveUp()
{
    const bool opsAtRisk = hasOp(m_waiting) || (m_underWay && hasOp(*m_underWay));
    m_isOpen = false;
    m_retry.stop();
    m_waiting.clear();
    m_underWay.reset();
    askAll();
    Q_EMIT failed(
        {model::ErrorCode::Unavailable, "nothing is kept on this computer until the next start", {}, {}},
        opsAtRisk);
}

bool AccountCache::flush(std::chrono::milliseconds deadline)
{
    if (!m_isOpen)
        return true;
    struct Rest
    {
        std::shared_ptr<const std::vector<Write>> failed;
        std::vector<Write> waiting;
        VoidResult result;
        QSemaphore done;
    };
    // What is under way is first in the thread's queue.
    auto rest = std::make_shared<Rest>();
    rest->failed = m_hasFailed ? m_underWay : nullptr;
    rest->waiting = m_waiting;
    QMetaObject::invokeMethod(m_worker, [this, rest] {
        if (rest->failed)
            rest->result = writeNow(*rest->failed);
        if (m_isBlocked && rest->result)
            rest->result =
                model::fail(model::ErrorCode::Unavailable, "what was told before could not be written");
        if (rest->result && !rest->waiting.empty())
            rest->result = writeNow(rest->waiting);
        rest->done.release();
    });
    if (!rest->done.tryAcquire(1, static_cast<int>(deadline.count())))
        return false;
    if (!rest->result)
        return true; // waits on for its next try
    m_waiting.clear();
    m_underWay.reset();
    m_hasFailed = false;
    m_retry.stop();
    return true;
}
} // namespace belfry::offline

#include "moc_account_cache.cpp"
