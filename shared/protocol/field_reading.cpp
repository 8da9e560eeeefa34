#include "protocol/field_reading.h"

#include "protocol/time_text.h"
#include "protocol/words.h"

#include <algorithm>

namespace belfry::protocol {
namespace {
using model::Text;

constexpr qsizetype maxFieldErrors = 20;

tl::unexpected<Text> mend(const char *detail)
{
    return tl::unexpected(Text(detail));
}
} // namespace

void FieldErrors::add(Text pointer, Text detail)
{
    if (m_fields.size() < maxFieldErrors)
        m_fields.append({shortened(std::move(pointer)), std::move(detail)});
}

bool FieldErrors::names(const Text &pointer) const
{
    return std::any_of(m_fields.begin(), m_fields.end(),
                       [&](const auto &field) { return field.pointer == pointer; });
}

tl::unexpected<model::Error> FieldErrors::toError() const
{
    return tl::unexpected(model::Error{model::ErrorCode::Invalid, m_fields.first().toText(), m_fields, {}});
}

model::Error below(const Text &at, model::Error error)
{
    for (model::FieldError &field : error.fields)
        field.pointer.prepend(at);
    error.detail = error.fields.isEmpty() ? at + ": " + error.detail : error.fields.first().toText();
    return error;
}

qsizetype codePoints(QByteArrayView utf8)
{
    return std::count_if(utf8.begin(), utf8.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

Reading<Text> readText(Json value, qsizetype maxCodePoints)
{
    std::string_view text;
    if (value.get_string().get(text) != simdjson::SUCCESS)
        return mend("must be a string");
    Text out = toText(text);
    if (out.size() > maxCodePoints && codePoints(out) > maxCodePoints)
        return tl::unexpected(Text("must have at most ") + Text::number(maxCodePoints) + " characters");
    return out;
}

Reading<bool> readBool(Json value)
{
    bool flag = false;
    if (value.get_bool().get(flag) != simdjson::SUCCESS)
        return mend("must be true or false");
    return flag;
}

Reading<qint64> readInteger(Json value, qint64 least, qint64 most)
{
    int64_t number = 0;
    if (value.get_int64().get(number) != simdjson::SUCCESS)
        return mend("must be an integer");
    if (number < least || number > most)
        return tl::unexpected(Text("must be from ") + Text::number(least) + " to " + Text::number(most));
    return number;
}

Reading<double> readFraction(Json value)
{
    double number = 0;
    if (value.get_double().get(number) != simdjson::SUCCESS || number < 0 || number > 1)
        return mend("must be a number from 0 to 1");
    return number;
}

Reading<model::Instant> readInstant(Json value)
{
    std::string_view text;
    const bool isText = value.get_string().get(text) == simdjson::SUCCESS;
    const auto at = isText ? parseInstant(toText(text)) : std::nullopt;
    if (!at)
        return mend("must be an RFC 3339 time such as 2026-01-31T18:00:00Z");
    return *at;
}

Reading<model::Uuid> readUuid(Json value)
{
    std::string_view text;
    const bool isText = value.get_string().get(text) == simdjson::SUCCESS;
    const auto id =
        isText ? model::Uuid::parse(QByteArrayView(text.data(), qsizetype(text.size()))) : std::nullopt;
    if (!id)
        return mend("must be a UUID");
    return *id;
}

Reading<model::UserId> readUserId(Json value)
{
    std::string_view text;
    Text canonical;
    if (value.get_string().get(text) == simdjson::SUCCESS)
        canonical = toText(text);
    else if (value.is_int64())
        canonical = Text::number(qint64(value.get_int64().value_unsafe()));
    else if (value.is_uint64())
        canonical = Text::number(quint64(value.get_uint64().value_unsafe()));
    else
        return mend("must be a user id: an integer or a string of 1-128 characters");
    auto user = model::makeUserId(canonical, {});
    if (!user)
        return tl::unexpected(user.error().fields.first().detail);
    return *std::move(user);
}

Reading<model::Channel> readChannel(Json value)
{
    std::string_view text;
    const bool isText = value.get_string().get(text) == simdjson::SUCCESS;
    const auto channel = isText ? channelFrom(toText(text)) : std::nullopt;
    if (!channel)
        return mend("must be one of in_app, toast, email, sms, push, webhook");
    return *channel;
}
} // namespace belfry::protocol
