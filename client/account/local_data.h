#pragma once

#include "model/notification.h"
#include "model/result.h"
#include "offline/account.h"

#include <QObject>
#include <QThreadPool>
#include <functional>
#include <vector>

namespace belfry::account {
/// What of an account stands on this computer's disk: how much it is, out of it as JSON, away with it
/// (desktop.md 5, C9). The disk is waited for on another thread; answers come once each through the event
/// loop, none after the end of this object. One thread.
class LocalData : public QObject
{
    Q_OBJECT
public:
    template<typename T>
    using Answer = std::function<void(model::Result<T>)>;

    /// `folder` is that of the caches.
    LocalData(QString folder, offline::Account account, QObject *parent = nullptr);
    ~LocalData() override;

    /// Bytes of the account's cache, with what was set aside of it.
    void size(Answer<qint64> answer);

    /// What would go with the cache and exists nowhere else.
    struct Cleared
    {
        qsizetype lostOps = 0; ///< changes of the person that the server has not answered for
    };
    /// Removes the cache. Unavailable while an AccountSession has it (end that first), or when the disk says
    /// no.
    void clear(Answer<Cleared> answer);

    /// Writes `items` (those of the inbox model) to `path`, in place of what stands there, whole or not at
    /// all: `{"belfry_export": 1, "server", "user_id", "exported_at", "notifications": [item, …]}`, items as
    /// the API has them (H11). The file is this user's alone. Answers its size.
    void exportTo(const QString &path, std::vector<model::Notification> items, model::Instant at,
                  Answer<qint64> answer);

private:
    template<typename Work, typename Reply>
    void run(Work work, Reply reply);

    const QString m_folder;
    const offline::Account m_account;
    QThreadPool m_thread;
};
} // namespace belfry::account
