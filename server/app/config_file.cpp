#include "app/config_file.h"

#include "app/settings.h"

#include <QFile>
#include <algorithm>

#include <toml++/toml.h>

namespace belfry::app {
namespace {
using model::ErrorCode;
using model::fail;
using model::Result;

QByteArray bytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QByteArray place(const QString &path, const toml::node &node)
{
    return path.toLocal8Bit() + ":" + QByteArray::number(node.source().begin.line);
}

std::optional<QByteArray> scalarText(const toml::node &node)
{
    if (const auto *text = node.as_string())
        return bytes(text->get());
    if (const auto *number = node.as_integer())
        return QByteArray::number(static_cast<qlonglong>(number->get()));
    if (const auto *number = node.as_floating_point())
        return QByteArray::number(number->get());
    if (const auto *flag = node.as_boolean())
        return QByteArray(flag->get() ? "1" : "0");
    return std::nullopt;
}

/// One member of `[[listen]]` but its address, as a word behind it (setting_values.cpp, parseListen()).
std::optional<QByteArray> listenWord(std::string_view name, const toml::node &node)
{
    if (const auto *flag = node.as_boolean(); flag && name == "tls")
        return flag->get() ? QByteArray("/tls") : QByteArray("/plain");
    const auto *text = node.as_string();
    if (!text)
        return std::nullopt;
    const QByteArray value = bytes(text->get());
    if (name == "dialect")
        return value == "native" ? QByteArray() : '/' + value;
    if (name == "tls_certificate")
        return "/certificate=" + value.toPercentEncoding();
    if (name == "tls_key")
        return "/key=" + value.toPercentEncoding();
    return std::nullopt;
}

/// `[[listen]]` with an address and what belongs to it.
std::optional<QByteArray> listenText(const toml::table &table)
{
    const auto address = table["address"].value<std::string_view>();
    if (!address)
        return std::nullopt;
    QByteArray text = bytes(*address);
    for (const auto &[key, node] : table) {
        if (key.str() == "address")
            continue;
        const auto word = listenWord(key.str(), node);
        if (!word)
            return std::nullopt;
        text += *word;
    }
    return text;
}

std::optional<QByteArrayList> valuesOf(const toml::node &node, bool repeatable)
{
    const toml::array *array = node.as_array();
    if (!array) {
        const auto text = scalarText(node);
        return text ? std::optional(QByteArrayList{*text}) : std::nullopt;
    }
    QByteArrayList values;
    for (const toml::node &element : *array) {
        const auto text = element.is_table() ? listenText(*element.as_table()) : scalarText(element);
        if (!text || !repeatable)
            return std::nullopt;
        values.append(*text);
    }
    return values.isEmpty() ? std::nullopt : std::optional(values);
}

const Setting *settingNamed(const QByteArray &name)
{
    const auto &table = settings();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [&](const Setting &s) { return s.inFile && s.name == name; });
    return found == table.end() ? nullptr : &*found;
}

QByteArray knownNames()
{
    QByteArrayList names;
    for (const Setting &setting : settings()) {
        if (setting.inFile)
            names.append(setting.name);
    }
    return names.join(", ");
}
Result<toml::table> parse(const QString &path, const QByteArray &content)
{
    try {
        return toml::parse(std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
    } catch (const toml::parse_error &error) {
        return fail(ErrorCode::Invalid, path.toLocal8Bit() + ":" +
                                            QByteArray::number(error.source().begin.line) +
                                            ": is not TOML: " + bytes(error.description()));
    }
}
} // namespace

Result<QMap<QByteArray, QByteArrayList>> readConfigFile(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::Invalid,
                    path.toLocal8Bit() + ": cannot be read: " + file.errorString().toUtf8());
    const auto table = parse(path, file.readAll());
    if (!table)
        return tl::unexpected(table.error());
    QMap<QByteArray, QByteArrayList> values;
    for (const auto &[key, node] : *table) {
        const QByteArray name = bytes(key.str());
        const Setting *setting = settingNamed(name);
        if (!setting)
            return fail(ErrorCode::Invalid, place(path, node) + ": there is no setting `" + name +
                                                "`; there are " + knownNames());
        const auto found = valuesOf(node, setting->repeatable);
        if (!found)
            return fail(ErrorCode::Invalid, place(path, node) + ": `" + name +
                                                "` must be a text, a number or a boolean" +
                                                (setting->repeatable ? ", or a list of them" : ""));
        values.insert(name, *found);
    }
    return values;
}
} // namespace belfry::app
