#pragma once

#include "net/head_scanner.h"
#include "net/http_message.h"

#include <memory>

namespace belfry::net {
/// One HTTP/1.x request out of bytes that come in pieces: our checks, then Boost.Beast's parser, then our
/// checks again. Made for one message; holds memory only between the first byte and the end of it.
class HttpParser
{
public:
    enum class Step {
        NeedMore,
        Head,     ///< the head is in: look at request(), call setBodyLimit(), then feed() on
        Complete, ///< request() is whole
        Failed,   ///< see refusal(); the connection is of no further use
    };

    explicit HttpParser(const Limits &limits);
    ~HttpParser();
    HttpParser(const HttpParser &) = delete;
    HttpParser &operator=(const HttpParser &) = delete;

    /// Takes from the front of `in` what belongs to this message; all of it, unless the step is Complete or
    /// Head.
    [[nodiscard]] Step feed(QByteArrayView &in);
    /// Of the body, unchunked. A Content-Length above it fails the next feed() with 413.
    void setBodyLimit(qint64 bytes);

    [[nodiscard]] HttpRequest &request();
    [[nodiscard]] const Refusal &refusal() const;
    [[nodiscard]] bool keepAlive() const;
    [[nodiscard]] int minorVersion() const;
    /// A body was announced (from Head on).
    [[nodiscard]] bool hasBody() const;
    /// Value of Content-Length; 0 when absent.
    [[nodiscard]] quint64 contentLength() const;
    /// The head is in, the body is not.
    [[nodiscard]] bool inBody() const;

private:
    struct Impl;
    std::unique_ptr<Impl> d;
};
} // namespace belfry::net
