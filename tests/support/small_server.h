#pragma once

#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>
#include <functional>
#include <vector>

namespace belfry::test {
/// An HTTP server of few lines on a free port of loopback: what is asked is noted, what is answered the test
/// says.
class SmallServer : public QObject
{
public:
    struct Request
    {
        QByteArray method;
        QByteArray target;
        QByteArrayList headers;
        QByteArray body;
    };
    struct Answer
    {
        int status = 200;
        QByteArray body;
        QByteArrayList headers;
        bool isNone = false; ///< never answered
    };

    SmallServer()
    {
        connect(&m_tcp, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *socket = m_tcp.nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(socket); });
                connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            }
        });
        open();
    }

    [[nodiscard]] QUrl url() const { return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port)); }
    void open()
    {
        if (!m_tcp.listen(QHostAddress::LocalHost, m_port))
            qFatal("no port: %s", qPrintable(m_tcp.errorString()));
        m_port = m_tcp.serverPort();
    }
    void close()
    {
        m_tcp.close();
        for (QTcpSocket *socket : m_tcp.findChildren<QTcpSocket *>())
            socket->abort();
    }

    std::function<Answer(const Request &)> answer = [](const Request &) { return Answer{404, {}, {}}; };
    std::vector<Request> requests;

    /// As belfryd says it.
    [[nodiscard]] static Answer problem(int status, const QByteArray &slug, const QByteArray &members = {})
    {
        return {status,
                R"({"type":"urn:belfry:problem:)" + slug + R"(","title":"t","status":)" +
                    QByteArray::number(status) + R"(,"detail":"the server's own words","instance":"req-7")" +
                    members + "}",
                {"X-Request-Id: req-7"}};
    }

private:
    void read(QTcpSocket *socket)
    {
        const QByteArray seen = socket->peek(64 * 1024);
        const qsizetype end = seen.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        QByteArrayList lines = seen.left(end).split('\n');
        qsizetype length = 0;
        for (QByteArray &line : lines) {
            line = line.trimmed();
            if (line.toLower().startsWith("content-length:"))
                length = line.mid(15).trimmed().toLongLong();
        }
        if (seen.size() < end + 4 + length)
            return;
        const QByteArrayList first = lines.takeFirst().split(' ');
        const Request request{first.value(0), first.value(1), lines, seen.mid(end + 4, length)};
        socket->skip(end + 4 + length);
        requests.push_back(request);
        const Answer said = answer(request);
        if (said.isNone)
            return;
        QByteArray out = "HTTP/1.1 " + QByteArray::number(said.status) +
                         " Answer\r\nContent-Length: " + QByteArray::number(said.body.size()) + "\r\n";
        for (const QByteArray &header : said.headers)
            out += header + "\r\n";
        socket->write(out + "\r\n" + said.body);
    }

    QTcpServer m_tcp;
    quint16 m_port = 0;
};
} // namespace belfry::test
