#include "bench/watch.h"

#include "bench/options.h"
#include "bench/watch_lines.h"

#include "client/live_session.h"
#include "model/uuid.h"

#include <QDateTime>

namespace belfry::bench {
using client::SessionState;

Watch::Watch(const client::LiveSettings &settings, quint64 count, std::FILE *out, std::FILE *remarks)
    : m_session(std::make_unique<client::LiveSession>(settings))
    , m_user(settings.user.text)
    , m_left(count)
    , m_out(out)
    , m_remarks(remarks)
{
    connect(m_session.get(), &client::LiveSession::changed, this, &Watch::show);
    connect(m_session.get(), &client::LiveSession::stateChanged, this, &Watch::showState);
    connect(m_session.get(), &client::LiveSession::problem, this,
            [this](const model::Error &error) { remark(error.detail); });
    connect(m_session.get(), &client::LiveSession::tokenNeeded, this, [this] {
        remark("the server does not accept this key: give another one with --key-file");
        Q_EMIT finished(1);
    });
}

Watch::~Watch() = default;

void Watch::start()
{
    m_session->start();
}

void Watch::show(const model::Change &change)
{
    const auto line = lineFor(change);
    if (!line || m_left == 0)
        return;
    std::fprintf(m_out, "%s\n", line->constData());
    std::fflush(m_out);
    if (--m_left == 0) {
        m_session->stop();
        Q_EMIT finished(0);
    }
}

void Watch::showState(SessionState state)
{
    if (state == SessionState::Live && !m_wasLive)
        remark("watching " + m_user + "; Ctrl+C ends");
    if (state == SessionState::Waiting && m_wasLive)
        remark("the connection is lost, trying again");
    if (state == SessionState::Ended)
        Q_EMIT finished(1);
    m_wasLive = state == SessionState::Live;
}

void Watch::remark(const model::Text &text)
{
    std::fprintf(m_remarks, "%s\n", text.constData());
    std::fflush(m_remarks);
}

model::Result<std::unique_ptr<Watch>> Watch::make(const Options &options, std::FILE *out, std::FILE *remarks)
{
    if (options.user.empty())
        return model::fail(model::ErrorCode::Malformed, "watch needs --user ID");
    const QUrl url(QString::fromStdString(options.url), QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return model::fail(model::ErrorCode::Malformed, "--url must look like http://127.0.0.1:8080");
    const qint64 now = QDateTime::currentMSecsSinceEpoch() * 1000;
    client::LiveSettings settings;
    settings.server = url;
    settings.user.text = model::Text::fromStdString(options.user);
    settings.token = model::Text::fromStdString(options.key);
    settings.trust.anyone = options.insecure;
    if (!options.caFile.empty()) {
        settings.trust.authorities = QSslCertificate::fromPath(QString::fromStdString(options.caFile));
        if (settings.trust.authorities.isEmpty())
            return model::fail(model::ErrorCode::Malformed,
                               "--ca-file: " + model::Text::fromStdString(options.caFile) +
                                   ": has no certificate in PEM form");
    }
    settings.device.text = "watch-" + model::Uuid::makeV7({now}).toText();
    return std::unique_ptr<Watch>(new Watch(settings, options.count, out, remarks));
}
} // namespace belfry::bench

#include "moc_watch.cpp"
