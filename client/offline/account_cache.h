#pragma once

#include "client/op_journal.h"
#include "model/result.h"
#include "offline/cache_file.h"

#include <QObject>
#include <QThread>
#include <QTimer>
#include <chrono>
#include <functional>

namespace belfry::offline {
/// The cache of one account for the thread that shows it: no call waits for the disk, but the destructor and
/// flush(). Writes are gathered and go to a thread of their own; while one transaction runs, the next is
/// gathered. Reads see what was written before them. Answers come once each, through the event loop, not
/// after the end of this object.
///
/// A write that fails (say, a full disk) is tried again every 30 s (CacheLimits), and told by failed() once;
/// what comes meanwhile waits behind it, at most `mostWaiting`. Above that nothing is kept until the next
/// start, which then goes on from the last cursor that was kept: nothing is lost but ops, and those were told
/// as not kept.
class AccountCache : public QObject, public client::OpJournal
{
    Q_OBJECT
public:
    template<typename T>
    using Reply = std::function<void(model::Result<T>)>;
    static constexpr std::size_t mostWaiting = 50'000;
    static constexpr std::chrono::seconds closeDeadline{5};

    AccountCache(const QString &folder, const Account &account, CacheLimits limits = {},
                 QObject *parent = nullptr);
    /// Writes what waits.
    ~AccountCache() override;

    /// First of all calls. On an error the object goes on without a file: it keeps nothing, and finds
    /// nothing.
    void open(Reply<Opened> reply);
    void write(Write write);
    /// All that was told before is on disk, or could not be written. False: the deadline passed first.
    [[nodiscard]] bool flush(std::chrono::milliseconds deadline = closeDeadline);

    /// At most `limit` rows before this place, newest first.
    void older(model::Seq before, int limit, Reply<std::vector<Row>> reply);
    void search(const model::Text &query, Reply<QList<model::NotificationId>> reply);

    // OpJournal
    /// Those that open() found; until then none.
    [[nodiscard]] QList<model::Op> load() override { return m_ops; }
    void add(const model::Op &op) override { write(PutOp{op}); }
    void remove(const model::OpId &id) override { write(DropOp{id}); }

Q_SIGNALS:
    /// Once for each row of failures, and for each change of the person that comes while it lasts.
    /// `opsAtRisk`: such a change is among what is not kept yet.
    void failed(const belfry::model::Error &error, bool opsAtRisk);
    /// It goes well again.
    void mended();

private:
    template<typename T, typename Ask>
    void ask(Ask question, Reply<T> reply);
    void send();
    void sent(const model::VoidResult &result, bool isRetry);
    [[nodiscard]] model::VoidResult writeNow(const std::vector<Write> &batch);
    void giveUp();
    void tellNotKept();
    void askAll();

    QThread m_thread;
    std::unique_ptr<CacheFile> m_file; ///< the thread's
    bool m_isBlocked = false;          ///< the thread's: the last write failed
    QObject *m_worker;                 ///< lives there; ends with it
    QList<model::Op> m_ops;
    std::vector<Write> m_waiting;
    std::shared_ptr<const std::vector<Write>> m_underWay; ///< also while its next try is waited for
    std::vector<std::function<void()>> m_questions;       ///< about what waits, too
    QTimer m_retry;
    bool m_isOpen = false;
    bool m_hasFailed = false;
};
} // namespace belfry::offline
