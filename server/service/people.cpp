#include "service/people.h"

#include "service/access.h"
#include "service/users.h"

#include <algorithm>
#include <cctype>

namespace belfry::service {
using model::ErrorCode;
using model::failField;
using Answer = Reply<model::Result<ports::Person>>;

namespace {
constexpr qsizetype shortestPassword = 8; // NIST SP 800-63B, section 5.1.1.2

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Something on both sides of one `@`, in printable characters: more only the mail itself can tell.
bool isMail(const model::Text &text)
{
    const qsizetype at = text.indexOf('@');
    const bool isPrintable =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > ' '; });
    return at > 0 && at + 1 < text.size() && text.indexOf('@', at + 1) < 0 && isPrintable;
}

/// E.164: `+`, then 7 to 15 digits.
bool isPhone(const model::Text &text)
{
    return text.startsWith('+') && text.size() >= 8 && text.size() <= 16 &&
           std::all_of(text.begin() + 1, text.end(), isDigit);
}

/// The shape of RFC 5646: `de`, `de-CH`, `zh-Hant-TW`.
bool isLocale(const model::Text &text)
{
    const QByteArrayList parts = text.split('-');
    const auto isPart = [](const QByteArray &part) {
        return !part.isEmpty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), [](char c) {
            return isDigit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
        });
    };
    return text.size() <= 35 && parts.first().size() >= 2 &&
           std::none_of(parts.first().begin(), parts.first().end(), isDigit) &&
           std::all_of(parts.begin(), parts.end(), isPart);
}

/// Names what changes, never what a text was or is.
model::Text told(const People::Wish &wish)
{
    QByteArrayList words;
    if (wish.role)
        words.append("role=" + auth::roleName(*wish.role));
    if (wish.disabled)
        words.append(*wish.disabled ? "disabled" : "enabled");
    const std::pair<const char *, bool> members[] = {{"name", wish.name.has_value()},
                                                     {"email", wish.email.has_value()},
                                                     {"phone", wish.phone.has_value()},
                                                     {"locale", wish.locale.has_value()},
                                                     {"password", wish.password.has_value()}};
    for (const auto &[member, isThere] : members) {
        if (isThere)
            words.append(member);
    }
    return words.join(' ');
}

model::VoidResult mayWrite(const auth::Principal &who)
{
    if (auto allowed = requireScope(who, auth::Scope::UsersWrite); !allowed)
        return allowed;
    return requireScope(who, auth::Scope::AdminWrite);
}

void foldMail(People::Wish &wish)
{
    if (wish.email)
        wish.email = foldedEmail(*wish.email);
}

/// Folds the mail on the way: whatever comes after sees one spelling.
model::VoidResult admit(const auth::Principal &who, People::Wish &wish)
{
    foldMail(wish);
    return mayWrite(who).and_then([&wish] { return checkPerson(wish); });
}
} // namespace

model::VoidResult checkPerson(const People::Wish &wish)
{
    const auto isBad = [](const std::optional<model::Text> &text, auto fits) {
        return text && !text->isEmpty() && !fits(*text);
    };
    if (isBad(wish.email, isMail))
        return failField(ErrorCode::Invalid, "/email", "must be like eva@example.org");
    if (isBad(wish.phone, isPhone))
        return failField(ErrorCode::Invalid, "/phone", "must be like +41441234567: + and 7 to 15 digits");
    if (isBad(wish.locale, isLocale))
        return failField(ErrorCode::Invalid, "/locale", "must be like de or de-CH");
    if (isBad(wish.password, [](const model::Text &text) { return text.size() >= shortestPassword; }))
        return failField(ErrorCode::Invalid, "/password", "must have at least 8 characters");
    return {};
}

People::People(ports::Store &store, PasswordWork &passwords, Standings &standings,
               const runtime::Clock &clock)
    : m_store(store)
    , m_passwords(passwords)
    , m_standings(standings)
    , m_clock(clock)
{
}

void People::hashed(Loop &home, std::optional<model::Text> password, Reply<model::Result<Hash>> reply)
{
    if (!password || password->isEmpty())
        return reply(password ? Hash(QByteArray()) : Hash());
    m_passwords.hash(home, *std::move(password),
                     [reply = std::move(reply)](model::Result<QByteArray> hash) mutable {
                         if (!hash)
                             return reply(tl::unexpected(std::move(hash.error())));
                         reply(Hash(*std::move(hash)));
                     });
}

void People::tell(Loop &home, model::Result<ports::Person> changed, Answer reply)
{
    if (!changed)
        return reply(std::move(changed));
    m_standings.load(
        home, [person = *std::move(changed), reply = std::move(reply)](model::VoidResult loaded) mutable {
            if (!loaded)
                return reply(tl::unexpected(std::move(loaded.error())));
            reply(std::move(person));
        });
}

void People::create(Loop &home, const auth::Principal &who, const model::Text &address, model::UserId id,
                    Wish wish, Answer reply)
{
    if (auto allowed = admit(who, wish); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    ports::AuditEntry entry = auditEntry(who, address, "user.create", m_clock.now());
    entry.detail = told(wish);
    ports::NewPerson made;
    made.person.id = std::move(id);
    made.person.name = wish.name.value_or(model::Text());
    made.person.email = wish.email.value_or(model::Text());
    made.person.phone = wish.phone.value_or(model::Text());
    made.person.locale = wish.locale.value_or(model::Text());
    made.person.role = wish.role.value_or(model::Role::User);
    if (wish.disabled.value_or(false))
        made.person.disabledAt = entry.at;
    made.upTo = who.role;
    hashed(home, std::move(wish.password),
           [this, &home, made = std::move(made), entry = std::move(entry),
            reply = std::move(reply)](model::Result<Hash> hash) mutable {
               if (!hash)
                   return reply(tl::unexpected(std::move(hash.error())));
               made.passwordHash = hash->value_or(QByteArray());
               m_store.people().add(home, std::move(made), std::move(entry), std::move(reply));
           });
}

void People::change(Loop &home, const auth::Principal &who, const model::Text &address, model::UserId id,
                    Wish wish, Answer reply)
{
    if (auto allowed = admit(who, wish); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    ports::AuditEntry entry = auditEntry(who, address, "user.change", m_clock.now());
    entry.target = "user:" + id.text;
    entry.detail = told(wish);
    ports::PersonChange change;
    change.id = std::move(id);
    change.name = std::move(wish.name);
    change.email = std::move(wish.email);
    change.phone = std::move(wish.phone);
    change.locale = std::move(wish.locale);
    change.role = wish.role;
    change.disabled = wish.disabled;
    change.upTo = who.role;
    hashed(home, std::move(wish.password),
           [this, &home, change = std::move(change), entry = std::move(entry),
            reply = std::move(reply)](model::Result<Hash> hash) mutable {
               if (!hash)
                   return reply(tl::unexpected(std::move(hash.error())));
               change.passwordHash = *std::move(hash);
               m_store.people().change(
                   home, std::move(change), std::move(entry),
                   [this, &home, reply = std::move(reply)](model::Result<ports::Person> changed) mutable {
                       tell(home, std::move(changed), std::move(reply));
                   });
           });
}

void People::erase(Loop &home, const auth::Principal &who, const model::Text &address, model::UserId id,
                   Reply<model::VoidResult> reply)
{
    if (auto allowed = mayWrite(who); !allowed)
        return reply(std::move(allowed));
    ports::AuditEntry entry = auditEntry(who, address, "user.erase", m_clock.now());
    entry.target = "user:" + id.text;
    m_store.people().erase(home, std::move(id), who.role, std::move(entry),
                           [this, &home, reply = std::move(reply)](model::VoidResult asked) mutable {
                               if (!asked)
                                   return reply(std::move(asked));
                               if (m_erasureAsked)
                                   m_erasureAsked();
                               m_standings.load(home, std::move(reply));
                           });
}

void People::get(Loop &home, const auth::Principal &who, model::UserId id, Answer reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.people().find(home, std::move(id), std::move(reply));
}

void People::list(Loop &home, const auth::Principal &who, ports::PeopleQuery query,
                  Reply<model::Result<ports::PeoplePage>> reply)
{
    if (auto allowed = requireScope(who, auth::Scope::AdminRead); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    query.limit = std::clamp(query.limit, 1, 500);
    m_store.people().page(home, std::move(query), std::move(reply));
}
} // namespace belfry::service
