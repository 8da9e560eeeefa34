#include "bench/ws_session.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <functional>
#include <sys/socket.h>

using namespace belfry::bench;
using namespace std::chrono_literals;

namespace {
const std::string switching =
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Protocol: belfry.v1\r\n"
    "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";

std::string frame(std::string_view payload, Opcode opcode = Opcode::Text)
{
    std::string text;
    appendFrame(text, opcode, payload);
    return text;
}

std::string welcome()
{
    return frame(R"({"type":"welcome","epoch":"e-1","head":17,"mode":"snapshot","ping_s":25})");
}

class Recorder final : public SessionListener
{
public:
    void live(WsSession &) override { ++lives; }
    void text(WsSession &, std::string_view payload) override { texts.emplace_back(payload); }
    void lost(WsSession &, const std::string &reason) override { losses.push_back(reason); }

    int lives = 0;
    std::vector<std::string> texts;
    std::vector<std::string> losses;
};
} // namespace

/// A session against a server that is played by hand.
class WsSessionTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void signsInHoweverTheBytesAreCut_data();
    void signsInHoweverTheBytesAreCut();
    void comesBackWhereItWas();
    void answersPings();
    void saysWhyItWasLost_data();
    void saysWhyItWasLost();
    void aCutIsNoLoss();

private:
    void turnUntil(const std::function<bool()> &condition);
    void accept();
    void send(const std::string &bytes);
    /// The next bytes of the session that make `isThere` true.
    std::string receive(const std::function<bool(const std::string &)> &isThere);
    /// The payload of the next frame.
    std::string receiveFrame();
    void signIn();

    std::unique_ptr<Poller> m_poller;
    Fd m_listener;
    Fd m_peer;
    Recorder m_seen;
    std::unique_ptr<WsSession> m_session;
};

void WsSessionTest::init()
{
    m_session.reset();
    m_seen = {};
    m_poller = std::make_unique<Poller>();
    m_listener = std::move(*listenOn({0x7f000001, 0}));
    m_session = std::make_unique<WsSession>(
        *m_poller, 3, SessionOrder{localEndpoint(m_listener), "u-7", "d-7", "blf_key"}, m_seen);
    QVERIFY(m_session->start().has_value());
    accept();
}

void WsSessionTest::turnUntil(const std::function<bool()> &condition)
{
    for (int i = 0; i < 1000; ++i) {
        if (condition())
            return;
        m_poller->turn(now() + 5ms);
    }
    QFAIL("what was awaited did not come within five seconds");
}

void WsSessionTest::accept()
{
    turnUntil([&] {
        m_peer = Fd(::accept4(m_listener.get(), nullptr, nullptr, SOCK_NONBLOCK));
        return m_peer.isOpen();
    });
    sendAtOnce(m_peer);
    const std::string request = receive([](const std::string &text) { return text.ends_with("\r\n\r\n"); });
    QVERIFY(request.starts_with("GET /ws HTTP/1.1\r\n"));
    QVERIFY(request.find("Authorization: Bearer blf_key\r\n") != std::string::npos);
}

void WsSessionTest::send(const std::string &bytes)
{
    QCOMPARE(::send(m_peer.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL),
             static_cast<ssize_t>(bytes.size()));
}

std::string WsSessionTest::receive(const std::function<bool(const std::string &)> &isThere)
{
    std::string text;
    turnUntil([&] {
        char buffer[2000];
        const ssize_t size = ::recv(m_peer.get(), buffer, sizeof buffer, 0);
        if (size > 0)
            text.append(buffer, static_cast<std::size_t>(size));
        return isThere(text);
    });
    return text;
}

std::string WsSessionTest::receiveFrame()
{
    std::string bytes = receive([](const std::string &text) {
        const auto head = readFrameHead(text);
        return head && text.size() >= head->headSize + head->payloadSize;
    });
    FrameParser parser;
    std::string content;
    parser.feed(bytes.data(), bytes.size(), [&](const FrameHead &head, std::string_view payload) {
        content = (head.masked ? "" : "not masked ") + std::string(payload);
        return true;
    });
    return content;
}

void WsSessionTest::signIn()
{
    send(switching);
    receiveFrame();
    send(welcome() + frame(R"({"type":"live"})"));
    turnUntil([&] { return m_session->isLive(); });
}

void WsSessionTest::signsInHoweverTheBytesAreCut_data()
{
    QTest::addColumn<int>("step");
    for (const int step : {1, 2, 50, 130, 100'000})
        QTest::addRow("%d", step) << step;
}

void WsSessionTest::signsInHoweverTheBytesAreCut()
{
    QFETCH(int, step);
    // The frames may come right behind the 101, before the hello was even read.
    const std::string text(70'000, 'x');
    const std::string stream =
        switching + welcome() + frame(R"({"type":"live"})") + frame("after") + frame(text);
    for (std::size_t at = 0; at < stream.size();) {
        const std::size_t size = at < 400 ? static_cast<std::size_t>(step) : 30'000;
        send(stream.substr(at, size));
        m_poller->turn(now() + 5ms);
        at += size;
    }
    turnUntil([&] { return m_seen.texts.size() == 2; });
    QCOMPARE(m_seen.lives, 1);
    QCOMPARE(m_seen.texts.front(), std::string("after"));
    QVERIFY(m_seen.texts.back() == text);
    QCOMPARE(m_session->mode(), std::string("snapshot"));
}

void WsSessionTest::comesBackWhereItWas()
{
    send(switching);
    const auto hello = [this] {
        return QJsonDocument::fromJson(QByteArray::fromStdString(receiveFrame())).object();
    };
    const QJsonObject first = hello();
    QCOMPARE(first[u"type"].toString(), QStringLiteral("hello"));
    QCOMPARE(first[u"user"].toString(), QStringLiteral("u-7"));
    QCOMPARE(first[u"device_id"].toString(), QStringLiteral("d-7"));
    QVERIFY(!first.contains(u"epoch"));
    send(welcome() + frame(R"({"type":"live"})"));
    turnUntil([&] { return m_session->isLive(); });

    m_session->cut();
    QVERIFY(m_session->start().has_value());
    accept();
    send(switching);
    const QJsonObject second = hello();
    QCOMPARE(second[u"epoch"].toString(), QStringLiteral("e-1"));
    QCOMPARE(second[u"since"].toInt(), 17);
}

void WsSessionTest::answersPings()
{
    signIn();
    send(frame("are you there", Opcode::Ping));
    QCOMPARE(receiveFrame(), std::string("are you there"));
    QCOMPARE(m_session->pingsAnswered(), 1U);
}

void WsSessionTest::saysWhyItWasLost_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("reason");
    const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    QTest::newRow("refused") << QByteArray("HTTP/1.1 429 Too Many Requests\r\nContent-Length: 4\r\n\r\nslow")
                             << QByteArray("upgrade: HTTP/1.1 429 Too Many Requests slow");
    QTest::newRow("other subprotocol") << bytes("HTTP/1.1 101 Switching Protocols\r\n\r\n")
                                       << QByteArray("upgrade: HTTP/1.1 101 Switching Protocols ");
    QTest::newRow("error and close")
        << bytes(switching + frame(R"({"type":"error","problem":{"title":"no"}})") +
                 frame(std::string("\x0f\xa1", 2), Opcode::Close))
        << QByteArray(R"(welcome: closed with 4001 {"type":"error","problem":{"title":"no"}})");
    QTest::newRow("bad welcome") << bytes(switching + frame(R"({"type":"welcome"})"))
                                 << QByteArray("catching up: a welcome without epoch or head");
    QTest::newRow("lost while live") << bytes(switching + welcome() + frame(R"({"type":"live"})") +
                                              frame(std::string("\x0f\xa8", 2), Opcode::Close))
                                     << QByteArray("live: closed with 4008");
}

void WsSessionTest::saysWhyItWasLost()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, reason);
    send(bytes.toStdString());
    turnUntil([&] { return !m_seen.losses.empty(); });
    QCOMPARE(m_seen.losses.size(), 1U);
    QCOMPARE(QByteArray::fromStdString(m_seen.losses.front()), reason);
    QVERIFY(!m_session->isOpen());
}

void WsSessionTest::aCutIsNoLoss()
{
    signIn();
    m_session->cut();
    m_poller->turn(now() + 5ms);
    QVERIFY(m_seen.losses.empty());
    QVERIFY(!m_session->isLive());
}

QTEST_APPLESS_MAIN(WsSessionTest)
#include "tst_ws_session.moc"
