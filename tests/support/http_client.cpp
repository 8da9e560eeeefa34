#include "support/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace belfry::test {
QByteArray HttpAnswer::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0 && line.first(colon).compare(name, Qt::CaseInsensitive) == 0)
            return line.sliced(colon + 1).trimmed();
    }
    return {};
}

HttpClient::HttpClient(quint16 port, QByteArray key)
    : m_port(port)
    , m_key(std::move(key))
{
}

HttpClient::~HttpClient()
{
    drop();
}

void HttpClient::drop()
{
    if (m_fd >= 0)
        ::close(m_fd);
    m_fd = -1;
    m_input.clear();
}

bool HttpClient::connected()
{
    if (m_fd >= 0)
        return true;
    m_fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval limit{15, 0};
    const int on = 1;
    ::setsockopt(m_fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(m_fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0)
        return true;
    drop();
    return false;
}

bool HttpClient::writeAll(const QByteArray &bytes) const
{
    for (qsizetype done = 0; done < bytes.size();) {
        const auto n =
            ::send(m_fd, bytes.constData() + done, static_cast<size_t>(bytes.size() - done), MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        done += n;
    }
    return true;
}

bool HttpClient::readMore()
{
    char buffer[16 * 1024];
    const auto n = ::recv(m_fd, buffer, sizeof buffer, 0);
    if (n <= 0)
        return false;
    m_input.append(buffer, n);
    return true;
}

HttpAnswer HttpClient::read(bool withoutBody)
{
    HttpAnswer answer;
    qsizetype end;
    while ((end = m_input.indexOf("\r\n\r\n")) < 0) {
        if (!readMore())
            return {};
    }
    answer.head = m_input.first(end);
    const qsizetype length = withoutBody ? 0 : answer.header("content-length").toLongLong();
    while (m_input.size() < end + 4 + length) {
        if (!readMore())
            return {};
    }
    answer.status = answer.head.mid(9, 3).toInt();
    answer.body = m_input.sliced(end + 4, length);
    m_input.remove(0, end + 4 + length);
    return answer;
}

HttpAnswer HttpClient::request(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                               const QByteArrayList &headers)
{
    if (!connected())
        return {};
    QByteArray bytes =
        method + ' ' + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\n";
    if (!m_key.isEmpty())
        bytes += "Authorization: Bearer " + m_key + "\r\n";
    for (const QByteArray &header : headers)
        bytes += header + "\r\n";
    if (!body.isEmpty() && !headers.join('\n').toLower().contains("content-type:"))
        bytes += "Content-Type: application/json\r\n";
    bytes += "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    HttpAnswer answer;
    if (writeAll(bytes))
        answer = read(method == "HEAD");
    if (answer.status == 0 || answer.header("connection").compare("close", Qt::CaseInsensitive) == 0)
        drop();
    return answer;
}
} // namespace belfry::test
