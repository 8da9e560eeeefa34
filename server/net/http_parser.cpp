#include "net/http_parser.h"

#include "net/chunk_guard.h"
#include "runtime/log.h"

// The only file that sees Beast: its headers cost seconds to compile.
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <array>
#include <limits>
#include <string>

namespace belfry::net {
namespace {
namespace http = boost::beast::http;
using boost::beast::error_code;
using boost::beast::string_view;

constexpr std::size_t reserveAtMost = 256 * 1024;
/// "0\r\n\r\n": what is still to come while a chunked body has not ended. Beast takes for granted that it has
/// as much when it looks at a last chunk for the second time.
constexpr qsizetype shortestEnd = 5;

QByteArray bytesOf(string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

/// The known names in lower case, made once: a header with such a name costs no allocation and no reference
/// count.
QByteArray knownName(http::field field)
{
    static const auto names = [] {
        std::array<std::string, static_cast<std::size_t>(http::field::xref) + 1> all;
        for (std::size_t i = 1; i < all.size(); ++i) {
            const string_view name = http::to_string(static_cast<http::field>(i));
            all[i] = QByteArray(name.data(), static_cast<qsizetype>(name.size())).toLower().toStdString();
        }
        return all;
    }();
    const std::string &name = names[static_cast<std::size_t>(field)];
    return QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size()));
}

Method methodOf(http::verb verb)
{
    switch (verb) {
    case http::verb::get:
        return Method::Get;
    case http::verb::head:
        return Method::Head;
    case http::verb::post:
        return Method::Post;
    case http::verb::put:
        return Method::Put;
    case http::verb::patch:
        return Method::Patch;
    case http::verb::delete_:
        return Method::Delete;
    case http::verb::options:
        return Method::Options;
    default:
        return Method::Other;
    }
}

bool isWebScheme(string_view name)
{
    return boost::beast::iequals(name, "http") || boost::beast::iequals(name, "https");
}

/// "/path?query" of an origin-form or absolute-form target (RFC 9112 section 3.2); "*" as it is, where
/// OPTIONS asks of the server as a whole; empty: not acceptable.
string_view originForm(string_view target, http::verb verb)
{
    if (!target.empty() && target.front() == '/')
        return target;
    if (verb == http::verb::connect)
        return "/";
    if (verb == http::verb::options && target == "*")
        return target;
    const auto scheme = target.find("://");
    if (scheme == string_view::npos || !isWebScheme(target.substr(0, scheme)))
        return {};
    const string_view rest = target.substr(scheme + 3);
    const auto path = rest.find_first_of("/?");
    if (path == string_view::npos)
        return "/";
    return path > 0 && rest[path] == '/' ? rest.substr(path) : string_view{};
}

/// Beast's parser without its containers: what it finds goes into our request at once.
class Collector final : public http::basic_parser<true>
{
public:
    HttpRequest request;

private:
    void on_request_impl(http::verb verb, string_view method, string_view target, int,
                         error_code &ec) override
    {
        request.method = methodOf(verb);
        request.methodText = bytesOf(method);
        const string_view path = originForm(target, verb);
        if (path.empty() || path.find('#') != string_view::npos) {
            ec = http::error::bad_target;
            return;
        }
        const auto question = path.find('?');
        request.path = bytesOf(path.substr(0, question));
        if (question != string_view::npos)
            request.query = bytesOf(path.substr(question + 1));
        request.headers.reserve(16);
    }
    void on_field_impl(http::field field, string_view name, string_view value, error_code &) override
    {
        // Trailers are checked and dropped: merged into the header they would be a way around our checks.
        if (m_inBody)
            return;
        request.headers.push_back(
            {field == http::field::unknown ? bytesOf(name).toLower() : knownName(field), bytesOf(value)});
    }
    void on_header_impl(error_code &) override { m_inBody = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t> &length, error_code &) override
    {
        // What is announced is not believed beyond a bound: it costs the sender nothing to say it.
        if (length.has_value())
            request.body.reserve(static_cast<qsizetype>(std::min<std::uint64_t>(*length, reserveAtMost)));
    }
    std::size_t on_body_impl(string_view body, error_code &) override
    {
        request.body.append(body.data(), static_cast<qsizetype>(body.size()));
        return body.size();
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code &ec) override
    {
        return on_body_impl(body, ec);
    }
    void on_chunk_header_impl(std::uint64_t, string_view, error_code &) override {}
    void on_response_impl(int, string_view, int, error_code &) override {}
    void on_finish_impl(error_code &) override {}

    bool m_inBody = false;
};

Refusal refusalFor(const error_code &ec)
{
    if (ec == http::error::body_limit)
        return {413, "The body is too large."};
    if (ec == http::error::header_limit)
        return {431, "The header is too large."};
    if (ec == http::error::bad_version)
        return {400, "The request line is malformed."};
    if (ec == http::error::bad_target)
        return {400, "The request target is malformed."};
    if (ec == http::error::bad_content_length)
        return {400, "Content-Length is malformed."};
    if (ec == http::error::bad_chunk || ec == http::error::bad_chunk_extension)
        return {400, "The chunked body is malformed."};
    return {400, "The request is malformed."};
}
} // namespace

struct HttpParser::Impl
{
    explicit Impl(const Limits &limits)
        : scanner(limits)
    {
        parser.header_limit(static_cast<std::uint32_t>(limits.headerBytes));
        // The route's limit is known only when the head is in.
        parser.body_limit(std::numeric_limits<std::uint64_t>::max());
    }

    Step fail(const Refusal &why)
    {
        refusal = why;
        return Step::Failed;
    }
    Step feedHead(QByteArrayView &in);
    bool skipEmptyLines(QByteArrayView &in);
    Step parseHead(QByteArrayView head);
    Step feedBody(QByteArrayView &in);
    Step feedChunks(QByteArrayView &in);
    /// How much Beast took; `refusal` says when it was not content. Never throws.
    qsizetype put(QByteArrayView bytes);

    HeadScanner scanner;
    ChunkGuard chunks;
    Collector parser;
    QByteArray
        pending; ///< bytes that Beast could not use yet: part of a head, a chunk's line or the trailers
    Refusal refusal;
    bool headDone = false;
};

HttpParser::HttpParser(const Limits &limits)
    : d(std::make_unique<Impl>(limits))
{
}

HttpParser::~HttpParser() = default;

HttpParser::Step HttpParser::feed(QByteArrayView &in)
{
    if (!d->headDone)
        return d->feedHead(in);
    if (d->refusal.status != 0)
        return Step::Failed;
    if (d->parser.is_done())
        return Step::Complete;
    return d->parser.chunked() ? d->feedChunks(in) : d->feedBody(in);
}

HttpParser::Step HttpParser::Impl::feedHead(QByteArrayView &in)
{
    if (!skipEmptyLines(in))
        return fail({400, "The request does not begin with a method."});
    if (in.isEmpty())
        return Step::NeedMore;
    // Usually the whole head comes at once: then nothing is copied.
    const qsizetype before = pending.size();
    if (before > 0)
        pending.append(in);
    const QByteArrayView head = before > 0 ? QByteArrayView(pending) : in;
    switch (scanner.scan(head)) {
    case HeadScanner::Step::Failed:
        return fail(scanner.refusal());
    case HeadScanner::Step::NeedMore:
        if (before == 0)
            pending = in.toByteArray();
        in = {};
        return Step::NeedMore;
    case HeadScanner::Step::Complete:
        break;
    }
    in = in.sliced(scanner.size() - before);
    const Step step = parseHead(head.first(scanner.size()));
    pending.clear();
    return step;
}

/// Robustness (RFC 9112 section 2.2): an empty line before a request is ignored. False: a CR without its LF.
bool HttpParser::Impl::skipEmptyLines(QByteArrayView &in)
{
    if (pending == "\r" && !in.isEmpty()) {
        if (in.front() != '\n')
            return false;
        pending.clear();
        in = in.sliced(1);
    }
    if (!pending.isEmpty())
        return true;
    while (in.startsWith("\r\n"))
        in = in.sliced(2);
    if (in == QByteArrayView("\r")) {
        pending = in.toByteArray();
        in = {};
    }
    return true;
}

HttpParser::Step HttpParser::Impl::parseHead(QByteArrayView head)
{
    parser.eager(false);
    const qsizetype used = put(head);
    if (refusal.status != 0)
        return Step::Failed;
    if (used != head.size() || !parser.is_header_done())
        return fail({400, "The request is malformed."});
    // Both read the same lines; what they disagree on is nothing to guess about.
    if (parser.chunked() != (scanner.framing().transferEncodings > 0))
        return fail({400, "The request is malformed."});
    parser.eager(true);
    headDone = true;
    return Step::Head;
}

HttpParser::Step HttpParser::Impl::feedBody(QByteArrayView &in)
{
    if (in.isEmpty())
        return Step::NeedMore;
    const qsizetype used = put(in);
    if (refusal.status != 0)
        return Step::Failed;
    in = in.sliced(used);
    return parser.is_done() ? Step::Complete : Step::NeedMore;
}

HttpParser::Step HttpParser::Impl::feedChunks(QByteArrayView &in)
{
    qsizetype scanned = 0;
    const ChunkGuard::Step end = chunks.scan(in, scanned);
    if (end == ChunkGuard::Step::Failed)
        return fail(chunks.refusal());
    const qsizetype before = pending.size();
    if (before > 0)
        pending.append(in.first(scanned));
    QByteArrayView rest = before > 0 ? QByteArrayView(pending) : in.first(scanned);
    while (rest.size() >= shortestEnd && !parser.is_done()) {
        const qsizetype used = put(rest);
        if (refusal.status != 0)
            return Step::Failed;
        if (used == 0)
            break;
        rest = rest.sliced(used);
    }
    in = in.sliced(scanned);
    if (end == ChunkGuard::Step::Complete)
        return parser.is_done() && rest.isEmpty() ? Step::Complete
                                                  : fail({400, "The chunked body is malformed."});
    pending = rest.toByteArray();
    return parser.is_done() ? fail({400, "The chunked body is malformed."}) : Step::NeedMore;
}

qsizetype HttpParser::Impl::put(QByteArrayView bytes)
{
    try {
        error_code ec;
        const auto used = parser.put({bytes.data(), static_cast<std::size_t>(bytes.size())}, ec);
        if (ec && ec != http::error::need_more)
            refusal = refusalFor(ec);
        return static_cast<qsizetype>(used);
    } catch (const std::exception &e) {
        // The parser may throw from its containers; the connection pays, not the loop.
        qCWarning(lcNet) << "the HTTP parser threw:" << e.what();
        refusal = {400, "The request is malformed."};
        return 0;
    }
}

void HttpParser::setBodyLimit(qint64 bytes)
{
    const auto limit = static_cast<std::uint64_t>(std::max<qint64>(bytes, 0));
    if (contentLength() > limit)
        d->refusal = {413, "The body is too large."};
    d->parser.body_limit(limit);
    d->chunks.setLimit(limit);
}

HttpRequest &HttpParser::request()
{
    return d->parser.request;
}

const Refusal &HttpParser::refusal() const
{
    return d->refusal;
}

bool HttpParser::keepAlive() const
{
    return d->parser.keep_alive();
}

int HttpParser::minorVersion() const
{
    return d->scanner.framing().minorVersion;
}

bool HttpParser::hasBody() const
{
    return d->parser.chunked() || contentLength() > 0;
}

quint64 HttpParser::contentLength() const
{
    return d->parser.content_length().value_or(0);
}

bool HttpParser::inBody() const
{
    return d->headDone && !d->parser.is_done();
}
} // namespace belfry::net
