#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <optional>
#include <utility>
#include <vector>

namespace belfry::protocol {
/// What JSON's parser does not tell: where values stand in the source text, and which escapes name characters
/// that no text of ours may hold (decisions H55, H85).
enum class EscapeFault { None, Nul, LoneSurrogate };

/// First bad \u escape of a JSON text. Needs no valid JSON: a backslash is legal in strings only.
[[nodiscard]] EscapeFault findEscapeFault(QByteArrayView json);

/// The text with each bad escape replaced by \u0000, so that a parser takes it and the place can be found.
[[nodiscard]] QByteArray markEscapeFaults(QByteArrayView json);

/// Walks over JSON text by brackets and quotes alone; validates nothing else. Never reads past the end.
class JsonScan
{
public:
    explicit JsonScan(QByteArrayView json)
        : m_json(json)
    {
    }

    /// The next value as it stands, white space around it left out; nothing when none begins or it does not
    /// end.
    [[nodiscard]] std::optional<QByteArrayView> value();
    /// Takes this character, behind white space.
    [[nodiscard]] bool take(char expected);
    [[nodiscard]] bool isAtEnd();

private:
    void skipSpace();
    bool skipString();
    bool skipNested();
    void skipScalar();

    QByteArrayView m_json;
    qsizetype m_at = 0;
};

/// Values of an array; nothing when brackets, quotes or commas do not fit, or text follows.
[[nodiscard]] std::optional<std::vector<QByteArrayView>> splitArray(QByteArrayView json);
/// Members of an object, names still in quotes and escaped; duplicates stay, in order.
[[nodiscard]] std::optional<std::vector<std::pair<QByteArrayView, QByteArrayView>>>
splitObject(QByteArrayView json);
} // namespace belfry::protocol
