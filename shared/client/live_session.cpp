#include "client/live_session.h"

#include <QDateTime>
#include <QRandomGenerator>
#include <QWebSocket>
#include <QWebSocketHandshakeOptions>
#include <limits>

namespace belfry::client {
using model::Instant;

namespace {
constexpr quint64 largestMessage = 16ULL * 1024 * 1024;
/// Of one turn of the event loop: a click or a frame waits no longer than these take.
constexpr std::size_t mostFactsInATurn = 24;

/// How far the wall clock is ahead of the one that stands still while the machine sleeps.
model::Duration ahead(const Surroundings &surroundings)
{
    const auto steady = std::chrono::steady_clock::now().time_since_epoch();
    return model::Duration(surroundings.now().us) - std::chrono::duration_cast<model::Duration>(steady);
}

Surroundings completed(Surroundings surroundings)
{
    if (!surroundings.now)
        surroundings.now = [] { return Instant{QDateTime::currentMSecsSinceEpoch() * 1000}; };
    if (!surroundings.random)
        surroundings.random = [] { return QRandomGenerator::global()->generateDouble(); };
    return surroundings;
}

SessionSettings logicSettings(const LiveSettings &settings)
{
    return {settings.device, settings.token, settings.user, settings.cursor, {}};
}

void registerTypes()
{
    qRegisterMetaType<model::Change>();
    qRegisterMetaType<protocol::Snapshot>();
    qRegisterMetaType<model::Counts>();
    qRegisterMetaType<SessionState>();
    qRegisterMetaType<model::OpApplied>();
    qRegisterMetaType<model::Error>();
    qRegisterMetaType<Cursor>();
}
} // namespace

/// Does what the logic decides; facts wait until its step is over.
class LiveSession::Host final : public SessionHost
{
public:
    explicit Host(LiveSession &session)
        : m_session(session)
    {
    }

    void discover(quint64 attempt) override
    {
        m_session.m_rest.wellKnown(
            &m_session, [this, attempt](const model::Result<protocol::WellKnown> &server) {
                m_session.step([&](Instant now) { m_session.m_logic.discovered(attempt, server, now); });
            });
    }
    void openSocket() override { m_session.openSocket(); }
    void dropSocket(protocol::CloseCode code) override { m_session.dropSocket(code); }
    void send(const protocol::ClientMessage &message) override
    {
        if (m_session.m_socket)
            m_session.m_socket->sendTextMessage(QString::fromUtf8(protocol::encode(message)));
    }
    void ping() override
    {
        if (m_session.m_socket)
            m_session.m_socket->ping();
    }
    void loadSnapshot(quint64 attempt, const model::Text &cursor) override
    {
        m_session.m_rest.snapshot(
            &m_session, m_session.m_user, cursor,
            [this, attempt](const model::Result<protocol::Snapshot> &page) {
                m_session.step([&](Instant now) { m_session.m_logic.snapshotPage(attempt, page, now); });
            });
    }
    void askToken() override
    {
        tell([](LiveSession &s) { Q_EMIT s.tokenNeeded(); });
    }

    void stateChanged(SessionState state, model::MaybeInstant retryAt) override
    {
        tell([state, retryAt](LiveSession &s) { Q_EMIT s.stateChanged(state, retryAt); });
    }
    void changed(const model::Change &change) override
    {
        tell([change](LiveSession &s) { Q_EMIT s.changed(change); });
    }
    void snapshotComes(qint64 items) override
    {
        tell([items](LiveSession &s) { Q_EMIT s.snapshotComes(items); });
    }
    void snapshotLoaded(const protocol::Snapshot &snapshot) override
    {
        tell([snapshot](LiveSession &s) { Q_EMIT s.snapshotLoaded(snapshot); });
    }
    void countsChanged(model::Seq seq, const model::Counts &counts) override
    {
        tell([seq, counts](LiveSession &s) { Q_EMIT s.countsChanged(seq, counts); });
    }
    void opApplied(const model::OpApplied &applied) override
    {
        tell([applied](LiveSession &s) { Q_EMIT s.opApplied(applied); });
    }
    void opRefused(const model::OpId &op, const model::Error &why) override
    {
        tell([op, why](LiveSession &s) { Q_EMIT s.opRefused(op, why); });
    }
    void problem(const model::Error &error) override
    {
        tell([error](LiveSession &s) { Q_EMIT s.problem(error); });
    }
    void cursorMoved(const Cursor &cursor) override
    {
        tell([cursor](LiveSession &s) { Q_EMIT s.cursorMoved(cursor); });
    }

private:
    void tell(std::function<void(LiveSession &)> fact) { m_session.m_facts.push_back(std::move(fact)); }

    LiveSession &m_session;
};

LiveSession::LiveSession(const LiveSettings &settings, OpJournal *journal, Surroundings surroundings,
                         QObject *parent)
    : QObject(parent)
    , m_surroundings(completed(std::move(surroundings)))
    , m_user(settings.user)
    , m_trust(settings.trust)
    , m_rest({settings.server, settings.token, std::chrono::seconds(30), settings.trust})
    , m_host(std::make_unique<Host>(*this))
    , m_logic(*m_host, logicSettings(settings), m_surroundings.random, journal)
    , m_suspend(ahead(m_surroundings))
{
    registerTypes();
    m_turn.setSingleShot(true);
    connect(&m_turn, &QTimer::timeout, this, &LiveSession::goOn);
    m_deadline.setSingleShot(true);
    m_deadline.setTimerType(Qt::PreciseTimer);
    connect(&m_clock, &ClockWatch::clockSet, this, &LiveSession::clockSet);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        clockSet(); // where nobody tells of it
        step([this](Instant now) { m_logic.tick(now); });
    });
}

LiveSession::~LiveSession()
{
    m_telling = true; // nobody is told any more
    m_logic.stop();
}

void LiveSession::start()
{
    step([this](Instant now) { m_logic.start(now); });
}

void LiveSession::stop()
{
    step([this](Instant) { m_logic.stop(); });
}

void LiveSession::reconnectNow()
{
    step([this](Instant now) { m_logic.reconnectNow(now); });
}

void LiveSession::clockSet()
{
    if (m_suspend.take(ahead(m_surroundings)))
        reconnectNow();
}

model::Result<model::OpId> LiveSession::applyOp(model::Op op)
{
    const Instant now = m_surroundings.now();
    op.id.text = model::Uuid::makeV7(now).toText();
    const model::OpId id = op.id;
    model::VoidResult added;
    step([&](Instant at) { added = m_logic.apply(std::move(op), at); });
    if (!added)
        return tl::unexpected(added.error());
    return id;
}

model::Result<model::OpId> LiveSession::apply(model::OpSet set, const QList<model::NotificationId> &ids,
                                              model::MaybeInstant until)
{
    return applyOp({{}, set, ids, {}, until});
}

model::Result<model::OpId> LiveSession::applyUpTo(model::OpSet set, model::Seq seq)
{
    return applyOp({{}, set, model::UpTo{seq}, {}, {}});
}

void LiveSession::setPresence(protocol::Presence::State state)
{
    step([&](Instant now) { m_logic.setPresence(state, now); });
}

void LiveSession::setToken(const model::Text &token)
{
    m_rest.setToken(token);
    step([&](Instant now) { m_logic.setToken(token, now); });
}

void LiveSession::step(const std::function<void(Instant)> &what)
{
    what(m_surroundings.now());
    armTimers();
    tellFacts();
}

void LiveSession::tellFacts()
{
    if (m_telling) // a slot called back in: the outer round goes on
        return;
    m_telling = true;
    for (std::size_t told = 0; told < mostFactsInATurn && !m_facts.empty(); ++told) {
        const auto fact = std::move(m_facts.front());
        m_facts.pop_front();
        fact(*this);
    }
    m_telling = false;
    if (!m_facts.empty() || !m_texts.empty())
        m_turn.start();
}

/// A timer, not a posted event: those are delivered before anything else has its turn.
void LiveSession::goOn()
{
    step([this](Instant now) { takeTexts(mostFactsInATurn, now); });
}

void LiveSession::takeTexts(std::size_t mostFacts, Instant now)
{
    while (!m_texts.empty() && m_facts.size() < mostFacts) {
        const QString text = std::move(m_texts.front());
        m_texts.pop_front();
        m_logic.socketText(text.toUtf8(), now);
    }
}

void LiveSession::armTimers()
{
    const model::MaybeInstant next = m_logic.nextDeadline();
    if (!next)
        return m_deadline.stop();
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - m_surroundings.now());
    m_deadline.start(std::max(wait, std::chrono::milliseconds(1)));
}

void LiveSession::openSocket()
{
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingMessageSize(largestMessage);
    m_socket->setSslConfiguration(sslConfiguration(m_trust));
    listenTo(m_socket, ++m_socketSerial);
    QWebSocketHandshakeOptions options;
    options.setSubprotocols({QStringLiteral("belfry.v1")});
    m_socket->open(socketAddress(m_rest.server()), options);
}

void LiveSession::listenTo(QWebSocket *socket, quint64 serial)
{
    const auto closed = [this, socket, serial] {
        if (serial != m_socketSerial || socket != m_socket)
            return;
        const int code = socket->closeCode();
        const model::Text why = socket->errorString().toUtf8();
        step([&](Instant now) {
            takeTexts(std::numeric_limits<std::size_t>::max(), now); // it said them before
            if (socket != m_socket)
                return; // one of them ended it
            dropSocket(protocol::CloseCode::Normal);
            m_logic.socketClosed(code, "the connection ended: " + why, now);
        });
    };
    connect(socket, &QWebSocket::connected, this,
            [this] { step([this](Instant now) { m_logic.socketOpened(now); }); });
    connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString &text) {
        m_texts.push_back(text);
        m_turn.start();
    });
    connect(socket, &QWebSocket::pong, this, [this] { step([this](Instant now) { m_logic.heard(now); }); });
    // Queued: open() may fail before it returns, and both signals may come.
    connect(socket, &QWebSocket::disconnected, this, closed, Qt::QueuedConnection);
    connect(socket, qOverload<QAbstractSocket::SocketError>(&QWebSocket::error), this, closed,
            Qt::QueuedConnection);
}

void LiveSession::dropSocket(protocol::CloseCode code)
{
    if (!m_socket)
        return;
    QWebSocket *socket = std::exchange(m_socket, nullptr);
    m_texts.clear();
    socket->disconnect(this);
    socket->close(static_cast<QWebSocketProtocol::CloseCode>(code));
    socket->deleteLater();
}
} // namespace belfry::client

#include "moc_live_session.cpp"
