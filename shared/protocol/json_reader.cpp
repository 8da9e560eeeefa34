#include "protocol/json_reader.h"

#include "protocol/json_scan.h"

namespace belfry::protocol {
namespace {
using model::Error;
using model::ErrorCode;
using model::Text;

constexpr std::size_t startCapacity = 4 * 1024;
/// Buffers that a large text made are given back before the next one.
constexpr std::size_t keptCapacity = 1024 * 1024;
constexpr char nulDetail[] =
    "must not contain NUL or a lone surrogate (\\u0000, \\ud800-\\udfff without its pair)";

bool hasNul(std::string_view text)
{
    return text.find('\0') != std::string_view::npos;
}

/// Finds the first text with a NUL, in source order, and its pointer. The pointer is put together on the way
/// back only: the text is anybody's, its names may be long and many.
bool findNul(Json value, Text &pointer)
{
    std::string_view text;
    simdjson::dom::array array;
    simdjson::dom::object object;
    if (value.get_string().get(text) == simdjson::SUCCESS)
        return hasNul(text);
    if (value.get_array().get(array) == simdjson::SUCCESS) {
        qsizetype index = 0;
        for (const Json element : array) {
            if (findNul(element, pointer)) {
                pointer.prepend('/' + Text::number(index));
                return true;
            }
            ++index;
        }
    } else if (value.get_object().get(object) == simdjson::SUCCESS) {
        for (const auto &[name, member] : object) {
            if (hasNul(name))
                return true; // the name itself cannot be shown: its object is named
            if (findNul(member, pointer)) {
                pointer.prepend(pointerTo({}, name));
                return true;
            }
        }
    }
    return false;
}
} // namespace

JsonReader &JsonReader::local()
{
    thread_local JsonReader reader;
    return reader;
}

JsonReader &JsonReader::ofServer()
{
    thread_local JsonReader reader(maxDepthOfServer);
    return reader;
}

simdjson::simdjson_result<Json> JsonReader::run(QByteArrayView text)
{
    const auto size = static_cast<std::size_t>(text.size());
    if (!m_prepared || (m_parser.capacity() > keptCapacity && size <= keptCapacity)) {
        m_parser = simdjson::dom::parser();
        m_padded = std::vector<char>();
        const simdjson::error_code code = m_parser.allocate(startCapacity, m_depth);
        if (code != simdjson::SUCCESS)
            return code;
        m_prepared = true;
    }
    if (m_padded.size() < size + simdjson::SIMDJSON_PADDING)
        m_padded.resize(size + simdjson::SIMDJSON_PADDING);
    std::copy(text.begin(), text.end(), m_padded.begin());
    std::fill_n(m_padded.begin() + text.size(), simdjson::SIMDJSON_PADDING, '\0');
    return m_parser.parse(m_padded.data(), size, false);
}

model::Result<Json> JsonReader::parse(QByteArrayView text)
{
    if (text.startsWith("\xef\xbb\xbf"))
        text = text.sliced(3);
    const auto result = run(text);
    if (findEscapeFault(text) != EscapeFault::None)
        return tl::unexpected(result.error() == simdjson::SUCCESS || result.error() == simdjson::STRING_ERROR
                                  ? locateFault(text)
                                  : describe(result.error(), text));
    if (result.error() != simdjson::SUCCESS)
        return tl::unexpected(describe(result.error(), text));
    return result.value_unsafe();
}

model::Result<simdjson::dom::object> JsonReader::parseObject(QByteArrayView text)
{
    const auto root = parse(text);
    if (!root)
        return tl::unexpected(root.error());
    if (!root->is_object()) {
        // The whole has no name to put before it.
        const model::Text detail = "must be a JSON object";
        return tl::unexpected(model::Error{ErrorCode::Invalid, detail, {{"", detail}}, {}});
    }
    return root->get_object().value_unsafe();
}

Error JsonReader::describe(simdjson::error_code code, QByteArrayView text)
{
    switch (code) {
    case simdjson::EMPTY:
        return {ErrorCode::Malformed, "the body is empty: send a JSON object", {}, {}};
    case simdjson::UTF8_ERROR:
        return {ErrorCode::Malformed, "not valid UTF-8", {}, {}};
    case simdjson::DEPTH_ERROR: {
        const Text levels = Text::number(m_depth) + " levels";
        return {ErrorCode::Invalid,
                "nested deeper than " + levels,
                {{"", "nest at most " + levels + " deep"}},
                {}};
    }
    case simdjson::CAPACITY:
    case simdjson::MEMALLOC:
        return {ErrorCode::TooLarge, "too large to be read", {}, {}};
    case simdjson::NUMBER_ERROR:
        return {ErrorCode::Malformed, "a number is malformed, or beyond 64-bit integers and doubles", {}, {}};
    default:
        break;
    }
    const QByteArrayView start = text.first(std::min<qsizetype>(text.size(), 1));
    const Text hint = start == "{" || start == "[" ? Text() : Text(" (it does not begin with { or [)");
    return {
        ErrorCode::Malformed, Text("not valid JSON") + hint + ": " + simdjson::error_message(code), {}, {}};
}

Error JsonReader::locateFault(QByteArrayView text)
{
    const QByteArray marked = markEscapeFaults(text);
    const auto result = run(marked);
    if (result.error() != simdjson::SUCCESS)
        return describe(result.error(), text);
    Text pointer;
    findNul(result.value_unsafe(), pointer);
    const model::FieldError fault{shortened(std::move(pointer)), nulDetail};
    return {ErrorCode::Invalid, fault.toText(), {fault}, {}};
}

Text shortened(Text text)
{
    constexpr qsizetype longest = 256;
    if (text.size() <= longest)
        return text;
    qsizetype end = longest;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80)
        --end;
    return text.left(end) + "...";
}

Text minified(Json value)
{
    return toText(simdjson::minify(value));
}

Text pointerTo(QByteArrayView parent, std::string_view name)
{
    Text out = parent.toByteArray();
    out.append('/');
    for (const char c : name) {
        if (c == '~')
            out.append("~0");
        else if (c == '/')
            out.append("~1");
        else
            out.append(c);
    }
    return out;
}
} // namespace belfry::protocol
