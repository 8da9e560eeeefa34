#include "account/secret.h"

#include <array>
#include <utility>

namespace belfry::account {
namespace {
constexpr QByteArrayView firstLine = "belfry-secret 1";

using Kind = Secret::Kind;
constexpr std::array<std::pair<Kind, QByteArrayView>, 3> kindNames{
    {{Kind::Session, "session"}, {Kind::Token, "token"}, {Kind::Key, "key"}}};

std::optional<Kind> kindOf(const QByteArray &name)
{
    for (const auto &[kind, known] : kindNames) {
        if (name == known)
            return kind;
    }
    return std::nullopt;
}

bool take(Secret &secret, const QByteArray &name, const QByteArray &value)
{
    bool isNumber = true;
    if (name == "access") {
        secret.access = value;
    } else if (name == "refresh") {
        secret.refresh = value;
    } else if (name == "access-ends") {
        secret.accessEnds = model::Instant{value.toLongLong(&isNumber)};
    } else if (name == "stored") {
        secret.storedAt = model::Instant{value.toLongLong(&isNumber)};
    } else if (name == "kind") {
        const auto kind = kindOf(value);
        secret.kind = kind.value_or(Kind::Session);
        return kind.has_value();
    }
    return isNumber; // a line of another name is of a later version that changed nothing else
}
} // namespace

QByteArray encodeSecret(const Secret &secret)
{
    QByteArray text = firstLine.toByteArray() + "\nkind ";
    text += kindNames[std::size_t(secret.kind)].second;
    text += "\naccess " + secret.access + "\nstored " + QByteArray::number(secret.storedAt.us) + '\n';
    if (secret.accessEnds)
        text += "access-ends " + QByteArray::number(secret.accessEnds->us) + '\n';
    if (!secret.refresh.isEmpty())
        text += "refresh " + secret.refresh + '\n';
    return text;
}

model::Result<Secret> parseSecret(const QByteArray &text)
{
    const auto bad = [] {
        return model::fail(model::ErrorCode::Malformed, "what was kept for this account can't be read");
    };
    QByteArrayList lines = text.split('\n');
    if (lines.takeFirst() != firstLine)
        return bad();
    Secret secret;
    for (const QByteArray &line : std::as_const(lines)) {
        const qsizetype blank = line.indexOf(' ');
        if (blank > 0 && !take(secret, line.left(blank), line.mid(blank + 1)))
            return bad();
    }
    const bool isSession = secret.kind == Kind::Session;
    if (secret.access.isEmpty() || isSession == secret.refresh.isEmpty())
        return bad();
    return secret;
}
} // namespace belfry::account
