#include "bench/null_server.h"

#include "bench/null_peer.h"
#include "bench/options.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <csignal>
#include <cstdio>
#include <sys/socket.h>

namespace belfry::bench {
namespace {
volatile std::sig_atomic_t stopAsked = 0;

void askStop(int)
{
    stopAsked = 1;
}

// The same form as belfryd's (decisions H06), so that one driver starts both.
model::VoidResult writeReadyFile(const std::string &path, const Endpoint &endpoint)
{
    const QJsonObject content{
        {QStringLiteral("pid"), static_cast<qint64>(::getpid())},
        {QStringLiteral("addresses"), QJsonArray{QString::fromStdString(endpoint.text())}},
        {QStringLiteral("version"), QStringLiteral(BELFRY_VERSION)}};
    QSaveFile file(QString::fromStdString(path));
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(content).toJson()) < 0 || !file.commit())
        return model::fail(model::ErrorCode::Unavailable, "can't write " + QByteArray::fromStdString(path) +
                                                              ": " + file.errorString().toUtf8());
    return {};
}
} // namespace

NullServer::NullServer(Poller &poller, Manner manner)
    : m_poller(poller)
    , m_manner(manner)
{
}

NullServer::~NullServer() = default;

model::VoidResult NullServer::listen(const Endpoint &address)
{
    auto listener = listenOn(address);
    if (!listener)
        return tl::unexpected(listener.error());
    m_listener = std::move(*listener);
    m_endpoint = localEndpoint(m_listener);
    m_poller.watchListener(m_listener, *this);
    return {};
}

void NullServer::turn(Moment until)
{
    m_poller.turn(until);
    if (m_manner.gather)
        writeToAll();
    for (NullPeer *peer : m_ended)
        m_peers.erase(peer);
    m_ended.clear();
}

void NullServer::ready(std::uint32_t)
{
    for (;;) {
        Fd socket(::accept4(m_listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
        if (!socket.isOpen())
            return;
        if (m_manner.noDelay)
            sendAtOnce(socket);
        auto peer = std::make_unique<NullPeer>(m_poller, *this, std::move(socket));
        m_peers.emplace(peer.get(), std::move(peer));
    }
}

void NullServer::signedIn(NullPeer &peer, const std::string &user)
{
    peer.place = m_sockets.size();
    m_sockets.push_back(&peer);
    m_byUser[user] = &peer;
}

void NullServer::ended(NullPeer &peer)
{
    if (peer.place < m_sockets.size() && m_sockets[peer.place] == &peer) {
        m_sockets[peer.place] = m_sockets.back();
        m_sockets[peer.place]->place = peer.place;
        m_sockets.pop_back();
    }
    if (const auto found = m_byUser.find(peer.user()); found != m_byUser.end() && found->second == &peer)
        m_byUser.erase(found);
    m_ended.push_back(&peer);
}

void NullServer::broadcast(std::string_view body)
{
    appendFrame(m_frames, Opcode::Text,
                std::string(R"({"type":"ev","seq":null,"kind":"created","item":)").append(body).append("}"));
    if (!m_manner.gather)
        writeToAll();
}

void NullServer::writeToAll()
{
    if (m_frames.empty())
        return;
    for (NullPeer *peer : m_sockets)
        peer->write(m_frames);
    m_frames.clear();
}

void NullServer::deliver(std::string_view user, std::string_view body)
{
    const auto found = m_byUser.find(std::string(user));
    if (found == m_byUser.end())
        return;
    std::string frame;
    appendFrame(frame, Opcode::Text,
                std::string(R"({"type":"ev","seq":0,"kind":"created","item":)").append(body).append("}"));
    found->second->write(frame);
}

model::VoidResult runNullServer(const Options &options)
{
    std::signal(SIGTERM, askStop);
    std::signal(SIGINT, askStop);
    Poller poller;
    NullServer server(poller, {options.gather, options.noDelay});
    if (auto listening = server.listen(options.listen); !listening)
        return listening;
    std::fprintf(stderr, "null-server on %s\n", server.endpoint().text().c_str());
    if (!options.readyFile.empty()) {
        if (auto written = writeReadyFile(options.readyFile, server.endpoint()); !written)
            return written;
    }
    while (stopAsked == 0)
        server.turn(now() + std::chrono::seconds(1));
    return {};
}
} // namespace belfry::bench
