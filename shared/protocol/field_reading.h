#pragma once

#include "model/urgency.h"
#include "model/user_id.h"
#include "model/uuid.h"
#include "protocol/json_reader.h"

#include <limits>

namespace belfry::protocol {
/// So many names that were not known are told to the client, at most.
constexpr qsizetype maxIgnored = 20;

/// The value of one member, or how to mend it.
template<typename T>
using Reading = tl::expected<T, model::Text>;

/// Collects everything that is wrong with a body, so that one answer names it all (at most 20).
class FieldErrors
{
public:
    void add(model::Text pointer, model::Text detail);
    [[nodiscard]] bool isEmpty() const { return m_fields.isEmpty(); }
    [[nodiscard]] bool names(const model::Text &pointer) const;
    /// Invalid; the detail tells the first one.
    [[nodiscard]] tl::unexpected<model::Error> toError() const;

private:
    QList<model::FieldError> m_fields;
};

/// The same error, found in a part of a whole: `at` is the pointer to that part.
[[nodiscard]] model::Error below(const model::Text &at, model::Error error);

/// One member of an object while it is read.
struct Member
{
    std::string_view name;
    Json value;
    QByteArrayView parent = {}; ///< pointer to the object

    [[nodiscard]] model::Text pointer() const { return pointerTo(parent, name); }
};

/// Puts a reading where it belongs, or its complaint among the errors. Answers whether it was good.
template<typename T, typename Target>
bool assign(Target &target, Reading<T> reading, const Member &member, FieldErrors &errors)
{
    if (!reading) {
        errors.add(member.pointer(), reading.error());
        return false;
    }
    target = *std::move(reading);
    return true;
}

[[nodiscard]] qsizetype codePoints(QByteArrayView utf8);

[[nodiscard]] Reading<model::Text> readText(Json value, qsizetype maxCodePoints);
[[nodiscard]] Reading<bool> readBool(Json value);
[[nodiscard]] Reading<qint64> readInteger(Json value, qint64 least = std::numeric_limits<qint64>::min(),
                                          qint64 most = std::numeric_limits<qint64>::max());
[[nodiscard]] Reading<double> readFraction(Json value);
[[nodiscard]] Reading<model::Instant> readInstant(Json value);
[[nodiscard]] Reading<model::Uuid> readUuid(Json value);
/// Number or text; a number becomes its canonical decimal.
[[nodiscard]] Reading<model::UserId> readUserId(Json value);
[[nodiscard]] Reading<model::Channel> readChannel(Json value);

/// Calls `each(Member)` for every member of `object`.
template<typename Each>
void forEachMember(simdjson::dom::object object, QByteArrayView parent, Each each)
{
    for (const auto &[name, value] : object)
        each(Member{name, value, parent});
}
} // namespace belfry::protocol
