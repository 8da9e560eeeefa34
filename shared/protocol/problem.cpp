#include "protocol/problem.h"

#include "protocol/field_reading.h"
#include "protocol/json_writer.h"
#include "protocol/operator_problem.h"
#include "protocol/problem_reading.h"

#include <array>

namespace belfry::protocol {
namespace {
using model::Error;
using model::ErrorCode;
using model::Text;

struct Entry
{
    ErrorCode code;
    int status;
    QByteArrayView slug;
    QByteArrayView title;
};

constexpr QByteArrayView typePrefix = "urn:belfry:problem:";

constexpr std::array entries{
    Entry{ErrorCode::Malformed, 400, "malformed", "The request cannot be read"},
    Entry{ErrorCode::Unauthenticated, 401, "unauthenticated", "A valid credential is needed"},
    Entry{ErrorCode::Forbidden, 403, "forbidden", "The credential does not reach this"},
    Entry{ErrorCode::NotFound, 404, "not-found", "There is no such thing"},
    Entry{ErrorCode::MethodNotAllowed, 405, "method-not-allowed", "The method is not allowed here"},
    Entry{ErrorCode::Timeout, 408, "timeout", "The request took too long"},
    Entry{ErrorCode::Conflict, 409, "conflict", "The state of the thing forbids this"},
    Entry{ErrorCode::InProgress, 409, "in-progress", "The same request is still running"},
    Entry{ErrorCode::LogReset, 410, "log-reset", "The log does not reach that far: load a snapshot"},
    Entry{ErrorCode::Precondition, 412, "precondition-failed", "It was changed meanwhile"},
    Entry{ErrorCode::TooLarge, 413, "too-large", "The request is too large"},
    Entry{ErrorCode::UnsupportedMedia, 415, "unsupported-media-type", "The media type is not taken here"},
    Entry{ErrorCode::Invalid, 422, "invalid", "A member is missing or bad"},
    Entry{ErrorCode::IdempotencyReuse, 422, "idempotency-key-reused",
          "The Idempotency-Key stands for another body"},
    Entry{ErrorCode::RateLimited, 429, "rate-limited", "Too many requests"},
    Entry{ErrorCode::Overloaded, 503, "overloaded", "The server is full"},
    Entry{ErrorCode::Unavailable, 503, "unavailable", "The database is away"},
    Entry{ErrorCode::Draining, 503, "draining", "The server stops"},
    Entry{ErrorCode::Internal, 500, "internal", "A defect of the server"},
};

const Entry &entryOf(ErrorCode code)
{
    for (const Entry &entry : entries) {
        if (entry.code == code)
            return entry;
    }
    return entries.back();
}

const Entry &entryOf(QByteArrayView type, int status)
{
    for (const Entry &entry : entries) {
        if (type.startsWith(typePrefix) && type.sliced(typePrefix.size()) == entry.slug)
            return entry;
    }
    for (const Entry &entry : entries) {
        if (entry.status == status)
            return entry;
    }
    return status >= 400 && status < 500 ? entries.front() : entries.back();
}

void appendFields(JsonWriter &json, const QList<model::FieldError> &fields)
{
    json.key("errors").beginArray();
    for (const model::FieldError &field : fields)
        json.beginObject().key("pointer").text(field.pointer).key("detail").text(field.detail).endObject();
    json.endArray();
}

enum class Reader { Everybody, Operator };

Text detailFor(const Error &error, Reader reader)
{
    if (reader == Reader::Operator)
        return error.detail;
    if (error.code == ErrorCode::Internal)
        return "The server could not do this; its log says why.";
    if (error.code == ErrorCode::Unavailable)
        return "The server can't do this now; its log says why. Try again.";
    return error.detail;
}

/// The fields as text, for clients that show one line.
Text details(const Error &error, const Text &detail)
{
    QByteArrayList lines;
    for (const model::FieldError &field : error.fields)
        lines.append(field.toText());
    return lines.isEmpty() ? detail : lines.join("; ");
}

QList<model::FieldError> readFields(Json value)
{
    QList<model::FieldError> fields;
    simdjson::dom::array array;
    if (value.get_array().get(array) != simdjson::SUCCESS)
        return fields;
    for (const Json element : array) {
        std::string_view pointer;
        std::string_view detail;
        if (element["pointer"].get_string().get(pointer) == simdjson::SUCCESS &&
            element["detail"].get_string().get(detail) == simdjson::SUCCESS)
            fields.append({toText(pointer), toText(detail)});
    }
    return fields;
}

Text textMember(simdjson::dom::object object, std::string_view name)
{
    std::string_view text;
    return object[name].get_string().get(text) == simdjson::SUCCESS ? toText(text) : Text();
}

qint64 integerMember(simdjson::dom::object object, std::string_view name)
{
    int64_t number = 0;
    return object[name].get_int64().get(number) == simdjson::SUCCESS ? number : 0;
}

void appendProblemFor(QByteArray &out, const Problem &problem, Reader reader)
{
    const Entry &entry = entryOf(problem.error.code);
    const Text detail = detailFor(problem.error, reader);
    JsonWriter json(out);
    json.beginObject();
    json.key("type").text(typePrefix.toByteArray().append(entry.slug));
    json.key("title").text(entry.title).key("status").number(problem.status);
    json.key("detail").text(detail).key("instance").textOrNull(problem.instance);
    appendFields(json, problem.error.fields);
    if (problem.error.retryAfter)
        json.key("retry_after").number(problem.error.retryAfter->count());
    json.key("error").text(entry.title).key("message").text(detail);
    json.key("details").text(details(problem.error, detail)).endObject();
}
} // namespace

int httpStatus(ErrorCode code)
{
    return entryOf(code).status;
}

QByteArrayView problemSlug(ErrorCode code)
{
    return entryOf(code).slug;
}

QByteArrayView problemTitle(ErrorCode code)
{
    return entryOf(code).title;
}

Problem makeProblem(Error error, Text instance)
{
    const int status = httpStatus(error.code);
    return {std::move(error), status, std::move(instance)};
}

void appendProblem(QByteArray &out, const Problem &problem)
{
    appendProblemFor(out, problem, Reader::Everybody);
}

QByteArray problemJson(const Error &error, const Text &instance, int status)
{
    QByteArray out;
    appendProblem(out, {error, status == 0 ? httpStatus(error.code) : status, instance});
    return out;
}

QByteArray operatorProblemJson(const Error &error, const Text &instance, int status)
{
    QByteArray out;
    appendProblemFor(out, {error, status == 0 ? httpStatus(error.code) : status, instance}, Reader::Operator);
    return out;
}

Problem readProblem(simdjson::dom::object object)
{
    Problem problem;
    problem.status = static_cast<int>(integerMember(object, "status"));
    problem.error.code = entryOf(textMember(object, "type"), problem.status).code;
    problem.error.detail = textMember(object, "detail");
    problem.instance = textMember(object, "instance");
    Json errors;
    if (object["errors"].get(errors) == simdjson::SUCCESS)
        problem.error.fields = readFields(errors);
    int64_t seconds = 0;
    if (object["retry_after"].get_int64().get(seconds) == simdjson::SUCCESS && seconds >= 0)
        problem.error.retryAfter = std::chrono::seconds(seconds);
    return problem;
}

model::Result<Problem> parseProblem(QByteArrayView json)
{
    const auto object = JsonReader::local().parseObject(json);
    if (!object)
        return tl::unexpected(object.error());
    Problem problem = readProblem(*object);
    if (problem.status == 0)
        return model::fail(ErrorCode::Malformed, "not a problem document: it has no status");
    return problem;
}
} // namespace belfry::protocol
