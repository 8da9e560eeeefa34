#pragma once

#include "model/change.h"
#include "model/result.h"

#include <QObject>
#include <cstdio>
#include <memory>

namespace belfry::client {
class LiveSession;
struct LiveSettings;
enum class SessionState;
} // namespace belfry::client

namespace belfry::bench {
struct Options;

/// Prints a user's notifications as they arrive: one line each to `out`, the state of the connection to
/// `remarks`. Keeps itself connected until it has shown `count` of them, or until the server refuses the key
/// for good.
class Watch : public QObject
{
    Q_OBJECT
public:
    /// `out` and `remarks` outlive it. Malformed: the options name no user, or a URL that is none.
    [[nodiscard]] static model::Result<std::unique_ptr<Watch>> make(const Options &options, std::FILE *out,
                                                                    std::FILE *remarks);
    ~Watch() override;
    /// Needs an event loop.
    void start();

Q_SIGNALS:
    /// 0: all were shown; 1: it can't go on.
    void finished(int exitCode);

private:
    Watch(const client::LiveSettings &settings, quint64 count, std::FILE *out, std::FILE *remarks);
    void show(const model::Change &change);
    void remark(const model::Text &text);
    void showState(client::SessionState state);

    std::unique_ptr<client::LiveSession> m_session;
    model::Text m_user;
    quint64 m_left;
    std::FILE *m_out;
    std::FILE *m_remarks;
    bool m_wasLive = false;
};
} // namespace belfry::bench
