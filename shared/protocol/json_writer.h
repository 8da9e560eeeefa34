#pragma once

#include "model/instant.h"
#include "model/text.h"
#include "model/uuid.h"

#include <cstring>

namespace belfry::protocol {
/// Appends JSON to a byte array, commas included; what every answer, frame and item of Belfry is written
/// with. While it lives the array belongs to it; the destructor (or finish()) gives it back with the exact
/// size. Text must be valid UTF-8 (model::Text is). Does not check nesting: begin and end are the caller's to
/// balance.
class JsonWriter
{
public:
    explicit JsonWriter(QByteArray &out);
    ~JsonWriter() { finish(); }
    Q_DISABLE_COPY_MOVE(JsonWriter)
    void finish();

    JsonWriter &beginObject() { return open('{'); }
    JsonWriter &endObject() { return shut('}'); }
    JsonWriter &beginArray() { return open('['); }
    JsonWriter &endArray() { return shut(']'); }

    /// A member's name that is a literal of clean ASCII.
    template<std::size_t N>
    JsonWriter &key(const char (&name)[N])
    {
        char *at = ensure(N + 3);
        if (m_comma)
            *at++ = ',';
        *at++ = '"';
        std::memcpy(at, name, N - 1);
        at += N - 1;
        *at++ = '"';
        *at++ = ':';
        m_at = at;
        m_comma = false;
        return *this;
    }
    /// A member's name that may be any text.
    JsonWriter &anyKey(QByteArrayView name);

    JsonWriter &text(QByteArrayView utf8);
    /// Empty means "none" in the model: null on the wire.
    JsonWriter &textOrNull(QByteArrayView utf8) { return utf8.isEmpty() ? null() : text(utf8); }
    JsonWriter &number(qint64 value);
    JsonWriter &numberOrNull(qint64 value) { return value == 0 ? null() : number(value); }
    /// Shortest form that reads back as the same double; not finite: null.
    JsonWriter &real(double value);
    JsonWriter &boolean(bool value) { return value ? verbatim("true") : verbatim("false"); }
    JsonWriter &null() { return verbatim("null"); }
    /// RFC 3339 in UTC, with milliseconds, or microseconds where there are some.
    JsonWriter &time(model::Instant at);
    JsonWriter &timeOrNull(const model::MaybeInstant &at) { return at ? time(*at) : null(); }
    JsonWriter &uuid(const model::Uuid &id);
    /// A whole JSON value, written already.
    JsonWriter &verbatim(QByteArrayView json);

private:
    JsonWriter &open(char bracket);
    JsonWriter &shut(char bracket);
    void appendEscaped(QByteArrayView utf8);
    char *ensure(qsizetype bytes) { return m_end - m_at >= bytes ? m_at : grow(bytes); }
    char *grow(qsizetype bytes);
    char *startValue(qsizetype bytes);

    QByteArray &m_out;
    char *m_at = nullptr;
    char *m_end = nullptr;
    bool m_comma = false;
};
} // namespace belfry::protocol
