#include "store/registry_sql.h"

namespace belfry::store {
namespace {
char letterOf(const std::optional<bool> &on)
{
    return on ? (*on ? '1' : '0') : '-';
}

std::optional<bool> valueOf(char letter)
{
    return letter == '-' ? std::nullopt : std::optional(letter == '1');
}
} // namespace

model::Text encodeChannelRow(const model::ChannelRow<bool> &row)
{
    model::Text text;
    for (const std::optional<bool> &on : row.byChannel)
        text.append(letterOf(on));
    return text.append(letterOf(row.any));
}

model::ChannelRow<bool> decodeChannelRow(const model::Text &text)
{
    model::ChannelRow<bool> row;
    const auto known = static_cast<qsizetype>(row.byChannel.size());
    for (qsizetype i = 0; i < known && i + 1 < text.size(); ++i) // written before there was a further channel
        row.byChannel[static_cast<std::size_t>(i)] = valueOf(text.at(i));
    if (!text.isEmpty())
        row.any = valueOf(text.back());
    return row;
}
} // namespace belfry::store
