#pragma once

#include <QByteArray>
#include <QByteArrayList>

namespace belfry::test {
struct HttpAnswer
{
    int status = 0; ///< 0: no answer came; nobody knows what became of the request
    QByteArray head;
    QByteArray body;

    /// Value of the first header with this name, in any case; empty when absent.
    [[nodiscard]] QByteArray header(const QByteArray &name) const;
};

/// One keep-alive connection to 127.0.0.1 with plain blocking calls, for threads that have no event loop.
/// Connects by itself, again when the server closed.
class HttpClient
{
public:
    explicit HttpClient(quint16 port, QByteArray key = {});
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    HttpAnswer get(const QByteArray &path) { return request("GET", path); }
    HttpAnswer post(const QByteArray &path, const QByteArray &json) { return request("POST", path, json); }
    /// `headers`: whole lines without their end.
    HttpAnswer request(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
                       const QByteArrayList &headers = {});

private:
    [[nodiscard]] bool connected();
    [[nodiscard]] bool writeAll(const QByteArray &bytes) const;
    [[nodiscard]] HttpAnswer read(bool withoutBody);
    [[nodiscard]] bool readMore();
    void drop();

    const quint16 m_port;
    const QByteArray m_key;
    int m_fd = -1;
    QByteArray m_input;
};
} // namespace belfry::test
