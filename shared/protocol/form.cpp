#include "protocol/form.h"

#include "model/hex.h"
#include "protocol/json_reader.h"
#include "protocol/json_writer.h"

#include <QUtf8StringView>
#include <algorithm>

namespace belfry::protocol {
namespace {
using model::ErrorCode;
using model::Text;

constexpr qsizetype maxFields = 100;

std::optional<Text> decoded(QByteArrayView text)
{
    Text out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            out.append(text[i] == '+' ? ' ' : text[i]);
            continue;
        }
        const int high = i + 2 < text.size() ? model::hexValue(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? model::hexValue(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            return std::nullopt;
        out.append(static_cast<char>(16 * high + low));
        i += 2;
    }
    return out;
}

model::Result<Text> decodeText(QByteArrayView text)
{
    const auto out = decoded(text);
    if (!out || !QUtf8StringView(*out).isValidUtf8())
        return model::fail(ErrorCode::Malformed, "the form is not percent-encoded UTF-8");
    if (out->contains('\0'))
        return model::failField(ErrorCode::Invalid, "", "a form's text must not contain NUL");
    return *out;
}

bool isIn(std::span<const QByteArrayView> names, QByteArrayView name)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// Whole JSON that is no string: what a form's text can stand for. Not with a byte order mark, which only a
/// whole text may begin with.
bool isJson(const Text &text)
{
    if (text.startsWith("\xef\xbb\xbf"))
        return false;
    const auto value = JsonReader::local().parse(text);
    return value && !value->is_string();
}

void writeList(JsonWriter &json, const Form &form, const Text &name)
{
    QByteArrayList values;
    for (const auto &field : form.fields) {
        if (field.first == name)
            values.append(field.second);
    }
    if (values.size() == 1 && values.first().startsWith('[') && isJson(values.first())) {
        json.verbatim(values.first());
        return;
    }
    json.beginArray();
    for (const Text &value : values)
        json.text(value);
    json.endArray();
}
} // namespace

Text Form::value(QByteArrayView name) const
{
    const auto found =
        std::find_if(fields.rbegin(), fields.rend(), [&](const auto &field) { return field.first == name; });
    return found == fields.rend() ? Text() : found->second;
}

bool Form::has(QByteArrayView name) const
{
    return std::any_of(fields.begin(), fields.end(), [&](const auto &field) { return field.first == name; });
}

model::Result<Form> parseForm(QByteArrayView body)
{
    Form form;
    while (!body.isEmpty()) {
        const qsizetype end = body.indexOf('&') < 0 ? body.size() : body.indexOf('&');
        const QByteArrayView pair = body.first(end);
        body = body.sliced(std::min(end + 1, body.size()));
        if (pair.isEmpty())
            continue;
        if (form.fields.size() == maxFields)
            return model::failField(ErrorCode::Invalid, "", "a form has at most 100 fields");
        const qsizetype equals = pair.indexOf('=');
        const auto name = decodeText(equals < 0 ? pair : pair.first(equals));
        const auto value = decodeText(equals < 0 ? QByteArrayView() : pair.sliced(equals + 1));
        if (!name || !value)
            return tl::unexpected(name ? value.error() : name.error());
        form.fields.emplaceBack(*name, *value);
    }
    return form;
}

model::Result<QByteArray> formToJson(const Form &form, std::span<const QByteArrayView> typed,
                                     std::span<const QByteArrayView> lists)
{
    QByteArray out;
    QByteArrayList done;
    JsonWriter json(out);
    json.beginObject();
    for (const auto &field : form.fields) {
        const Text &name = field.first;
        if (done.contains(name))
            continue;
        done.append(name);
        const Text value = form.value(name);
        json.anyKey(name);
        if (isIn(lists, name))
            writeList(json, form, name);
        else if (isIn(typed, name) && isJson(value))
            json.verbatim(value.trimmed());
        else
            json.text(value);
    }
    json.endObject();
    json.finish();
    return out;
}
} // namespace belfry::protocol
