#include "service/preferences.h"

#include "domain/local_day.h"
#include "service/access.h"

namespace belfry::service {
using model::ErrorCode;
using model::FieldError;
using model::Preferences;
using model::Text;

namespace {
constexpr int minutesOfDay = 24 * 60;
constexpr qsizetype maxRanges = 50;
constexpr qsizetype maxCategories = 500;
constexpr qsizetype maxName = 128;

bool hasDay(const std::array<bool, 7> &days)
{
    return std::any_of(days.begin(), days.end(), [](bool on) { return on; });
}

void checkRange(const model::QuietRange &range, qsizetype index, QList<FieldError> &errors)
{
    const Text pointer = "/quiet_hours/" + QByteArray::number(index);
    if (!hasDay(range.days))
        errors.append(FieldError{pointer + "/days", "must name at least one day"});
    if (range.startMinute < 0 || range.startMinute >= minutesOfDay)
        errors.append(FieldError{pointer + "/start", "must be 00:00 to 23:59"});
    if (range.endMinute < 0 || range.endMinute > minutesOfDay)
        errors.append(FieldError{pointer + "/end", "must be 00:00 to 24:00"});
}

template<typename Map>
void checkCategories(const Map &map, const Text &pointer, QList<FieldError> &errors)
{
    if (map.size() > maxCategories)
        errors.append(FieldError{pointer, "must have at most 500 categories"});
    for (auto it = map.keyBegin(); it != map.keyEnd(); ++it) {
        if (it->isEmpty() || it->size() > maxName)
            errors.append(FieldError{pointer, "a category has 1 to 128 bytes"});
    }
}

void checkDigestRule(const model::DigestRule &rule, const Text &pointer, QList<FieldError> &errors)
{
    if (rule.mode != model::DigestMode::At)
        return;
    if (rule.atMinute < 0 || rule.atMinute >= minutesOfDay)
        errors.append(FieldError{pointer + "/at", "must be 00:00 to 23:59"});
    if (!hasDay(rule.days))
        errors.append(FieldError{pointer + "/days", "must name at least one day"});
}

void checkDigest(const Preferences &document, QList<FieldError> &errors)
{
    for (auto it = document.digest.constBegin(); it != document.digest.constEnd(); ++it) {
        const Text pointer = "/digest/" + it.key();
        for (const std::optional<model::DigestRule> &rule : it->byChannel) {
            if (rule)
                checkDigestRule(*rule, pointer, errors);
        }
        if (it->any)
            checkDigestRule(*it->any, pointer, errors);
    }
}
} // namespace

PreferencesService::PreferencesService(ports::Store &store, const runtime::Clock &clock,
                                       const Settings &settings)
    : m_store(store)
    , m_clock(clock)
    , m_settings(settings)
{
}

model::VoidResult PreferencesService::check(const Preferences &document)
{
    QList<FieldError> errors;
    if (!domain::isTimeZone(document.timeZone))
        errors.append(FieldError{"/time_zone", "must be an IANA name such as Europe/Zurich"});
    if (document.locale.isEmpty() || document.locale.size() > 35)
        errors.append(FieldError{"/locale", "must be a language tag such as de-CH"});
    if (document.quietHours.size() > maxRanges)
        errors.append(FieldError{"/quiet_hours", "must have at most 50 ranges"});
    for (qsizetype i = 0; i < document.quietHours.size(); ++i)
        checkRange(document.quietHours[i], i, errors);
    checkCategories(document.matrix, "/matrix", errors);
    checkCategories(document.digest, "/digest", errors);
    checkDigest(document, errors);
    if (errors.isEmpty())
        return {};
    Text detail = errors.first().toText();
    return tl::unexpected(model::Error{ErrorCode::Invalid, std::move(detail), std::move(errors), {}});
}

void PreferencesService::get(Loop &home, const auth::Principal &who, model::UserId user,
                             Reply<model::Result<ports::StoredPreferences>> reply)
{
    if (auto allowed = requireReach(who, auth::Scope::PrefsRead, user); !allowed)
        return reply(tl::unexpected(std::move(allowed.error())));
    m_store.directory().preferences(
        home, {std::move(user)},
        [reply = std::move(reply)](model::Result<std::vector<ports::StoredPreferences>> found) mutable {
            if (!found)
                return reply(tl::unexpected(std::move(found.error())));
            reply(std::move(found->front()));
        });
}

void PreferencesService::put(Loop &home, const auth::Principal &who, model::UserId user, Preferences document,
                             std::optional<QList<Text>> ifMatch,
                             Reply<model::Result<ports::StoredPreferences>> reply)
{
    auto ok = requireReach(who, auth::Scope::PrefsWrite, user);
    if (ok)
        ok = check(document);
    if (!ok)
        return reply(tl::unexpected(std::move(ok.error())));
    ports::PreferencesWrite wish{std::move(user), std::move(document), std::move(ifMatch),
                                 m_settings.usersOnFirstUse};
    m_store.directory().putPreferences(home, std::move(wish), m_clock.now(), std::move(reply));
}
} // namespace belfry::service
