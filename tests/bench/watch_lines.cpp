#include "bench/watch_lines.h"

#include <QDateTime>

namespace belfry::bench {
namespace {
model::Text clockOf(model::Instant at)
{
    return QDateTime::fromMSecsSinceEpoch(at.us / 1000).toString(QStringLiteral("HH:mm:ss")).toLatin1();
}

// C0 and DEL in ASCII, C1 as UTF-8 has it (C2 80 … C2 9F).
model::Text withoutControls(model::Text text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool isC1 =
            byte >= 0x80 && byte <= 0x9f && i > 0 && static_cast<unsigned char>(text[i - 1]) == 0xc2;
        if (byte < 0x20 || byte == 0x7f)
            text[i] = ' ';
        else if (isC1)
            text.replace(--i, 2, " ");
    }
    return text;
}

model::Text describe(const model::Content &content)
{
    model::Text text = content.title;
    if (!text.isEmpty() && !content.message.isEmpty())
        text += ": ";
    text += content.message;
    return withoutControls(text.isEmpty() ? content.type : text);
}
} // namespace

std::optional<model::Text> lineFor(const model::Change &change)
{
    const model::Text time = clockOf(change.at);
    if (const auto *gone = std::get_if<model::Gone>(&change.what))
        return time + "  recalled " + gone->id.toText();
    const auto *notification = std::get_if<model::Notification>(&change.what);
    if (notification == nullptr)
        return std::nullopt;
    switch (change.kind) {
    case model::ChangeKind::Created:
        return time + "  " + describe(notification->content);
    case model::ChangeKind::Updated:
        return time + "  updated: " + describe(notification->content);
    default:
        return std::nullopt;
    }
}
} // namespace belfry::bench
