#pragma once

#include "model/result.h"

#include <QByteArrayView>
#include <simdjson.h>
#include <vector>

namespace belfry::protocol {
using Json = simdjson::dom::element;

/// Reads one JSON text at a time, strictly: UTF-8, at most 64 levels, integers within 64 bits, and no text
/// with NUL or a lone surrogate anywhere (decisions H55). Of a name that comes twice the last value counts.
class JsonReader
{
public:
    static constexpr std::size_t maxDepth = 64;
    /// What a server sends wraps what it took: `data` stands inside an item, a list, an answer.
    static constexpr std::size_t maxDepthOfServer = maxDepth + 16;

    explicit JsonReader(std::size_t depth = maxDepth)
        : m_depth(depth)
    {
    }

    /// The thread's own reader for what comes in: its buffers are used again and again.
    static JsonReader &local();
    /// The thread's own reader for what a server says: everything that a server may take is read.
    static JsonReader &ofServer();

    /// Valid until the next parse of this reader. Malformed: not JSON; Invalid: a character or a depth that
    /// is not taken.
    [[nodiscard]] model::Result<Json> parse(QByteArrayView text);
    /// The same, for a text that has to be an object.
    [[nodiscard]] model::Result<simdjson::dom::object> parseObject(QByteArrayView text);

private:
    [[nodiscard]] simdjson::simdjson_result<Json> run(QByteArrayView text);
    [[nodiscard]] model::Error describe(simdjson::error_code code, QByteArrayView text);
    [[nodiscard]] model::Error locateFault(QByteArrayView text);

    std::size_t m_depth;
    std::vector<char> m_padded;
    simdjson::dom::parser m_parser;
    bool m_prepared = false;
};

[[nodiscard]] inline model::Text toText(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}
/// At most 256 bytes of a name or pointer that goes into an answer: what came in must not come back many
/// times over.
[[nodiscard]] model::Text shortened(model::Text text);
/// A value written again, without white space: same value, integers exact, not byte for byte.
[[nodiscard]] model::Text minified(Json value);
/// RFC 6901: "~" and "/" in a name are escaped.
[[nodiscard]] model::Text pointerTo(QByteArrayView parent, std::string_view name);
} // namespace belfry::protocol
