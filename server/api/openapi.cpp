#include "api/openapi.h"

#include "api/router.h"
#include "auth/scope.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <map>
#include <set>

static void initResources()
{
    Q_INIT_RESOURCE(api_documents); // a static library's resources are not registered by themselves
}

namespace belfry::api {
namespace {
using net::Method;

constexpr QLatin1StringView pathParametersMember("x-path-parameters");

QJsonObject readResource(const char *name)
{
    initResources();
    QFile file(QStringLiteral(":/belfry/api/") + QLatin1StringView(name));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("missing in this program: %s", name);
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject())
        qFatal("%s is no JSON object: %s at %d", name, qPrintable(error.errorString()), error.offset);
    return document.object();
}

QJsonObject reference(const QString &kind, const QString &name)
{
    return {{QStringLiteral("$ref"), QStringLiteral("#/components/") + kind + u'/' + name}};
}

QString text(QByteArrayView bytes)
{
    return QString::fromUtf8(bytes);
}

// ---- paths

/// The path with nameless parameters: OpenAPI knows one for all methods, whatever each calls its own.
QByteArray shapeOf(const Route &route)
{
    QByteArrayList segments;
    for (const QByteArray &segment : route.pattern.toByteArray().split('/'))
        segments.append(segment.startsWith(':') ? QByteArray(":") : segment);
    return segments.join('/');
}

QByteArrayList parametersOf(const Route &route)
{
    QByteArrayList names;
    for (const QByteArray &segment : route.pattern.toByteArray().split('/')) {
        if (segment.startsWith(':'))
            names.append(segment.mid(1));
    }
    return names;
}

/// The names that the path shows: a parameter's own, `key` where its routes call it differently.
using ShownNames = std::map<QByteArray, QByteArrayList>;

ShownNames shownNames(std::span<const Route> routes)
{
    ShownNames shown;
    for (const Route &route : routes) {
        const QByteArrayList names = parametersOf(route);
        const auto [it, isNew] = shown.try_emplace(shapeOf(route), names);
        for (qsizetype i = 0; i < names.size(); ++i) {
            if (it->second[i] != names[i])
                it->second[i] = "key";
        }
    }
    return shown;
}

QString pathOf(const QByteArray &shape, const QByteArrayList &shown)
{
    QByteArrayList segments = shape.split('/');
    qsizetype next = 0;
    for (QByteArray &segment : segments) {
        if (segment == ":")
            segment = '{' + shown[next++] + '}';
    }
    return text(segments.join('/'));
}

// ---- one operation

/// A GET whose JSON is told apart by its tag (decisions H97), besides those that have tags of their own.
bool isTagged(const Route &route, const QJsonObject &told)
{
    const QJsonObject good = told[QStringLiteral("answers")][QStringLiteral("200")].toObject();
    return route.method == Method::Get && route.entry != Entry::Public &&
           good.contains(QStringLiteral("schema"));
}

/// Keys belong to who is signed in (H57).
bool takesIdempotencyKey(const Route &route)
{
    return route.method == Method::Post && route.entry != Entry::Public;
}

QJsonArray parameterList(const Route &route, const QByteArrayList &shown, const QJsonObject &told,
                         const QJsonObject &known)
{
    QJsonArray list;
    const QByteArrayList names = parametersOf(route);
    for (qsizetype i = 0; i < names.size(); ++i) {
        QJsonObject parameter = known[text(names[i])].toObject();
        parameter[QStringLiteral("name")] = text(shown[i]);
        parameter[QStringLiteral("in")] = QStringLiteral("path");
        parameter[QStringLiteral("required")] = true;
        list.append(parameter);
    }
    for (const auto &value : told[QStringLiteral("parameters")].toArray())
        list.append(value.isString() ? reference(QStringLiteral("parameters"), value.toString())
                                     : value.toObject());
    const QJsonObject ifNoneMatch = reference(QStringLiteral("parameters"), QStringLiteral("IfNoneMatch"));
    if (isTagged(route, told) && !list.contains(ifNoneMatch))
        list.append(ifNoneMatch);
    if (takesIdempotencyKey(route))
        list.append(reference(QStringLiteral("parameters"), QStringLiteral("IdempotencyKey")));
    return list;
}

QJsonArray namesOf(auth::Scopes scopes)
{
    QJsonArray names;
    for (const model::Text &scope : auth::scopeNames(scopes))
        names.append(text(scope));
    return names;
}

/// Who gets in: one of these is enough; an empty one stands for "without a credential".
QJsonArray security(const Route &route)
{
    QJsonArray either;
    if (route.entry == Entry::Public)
        return either;
    if (route.entry != Entry::Credential)
        either.append(QJsonObject());
    either.append(QJsonObject{{QStringLiteral("bearer"), namesOf(route.scopes)}});
    if (route.orScopes)
        either.append(QJsonObject{{QStringLiteral("bearer"), namesOf(route.orScopes)}});
    if (route.ticket)
        either.append(QJsonObject{{QStringLiteral("ticket"), QJsonArray()}});
    return either;
}

QJsonObject mediaType(const QString &type, const QString &schema)
{
    return {{type, QJsonObject{{QStringLiteral("schema"), reference(QStringLiteral("schemas"), schema)}}}};
}

/// Media type to schema: `body` or `optionalBody` is JSON, `form` beside it; `contents` says all of it.
QJsonObject contentsOf(const QJsonObject &told)
{
    QJsonObject contents = told[QStringLiteral("contents")].toObject();
    for (const char *member : {"body", "optionalBody"}) {
        if (const auto schema = told[text(member)]; schema.isString())
            contents[QStringLiteral("application/json")] = schema;
    }
    if (const auto form = told[QStringLiteral("form")]; form.isString())
        contents[QStringLiteral("application/x-www-form-urlencoded")] = form;
    return contents;
}

QJsonObject requestBody(const QJsonObject &told)
{
    const QJsonObject contents = contentsOf(told);
    QJsonObject content;
    for (auto it = contents.begin(); it != contents.end(); ++it)
        content[it.key()] = mediaType(it.key(), it.value().toString())[it.key()];
    if (content.isEmpty())
        return {};
    return {{QStringLiteral("required"), !told.contains(QStringLiteral("optionalBody"))},
            {QStringLiteral("content"), content}};
}

QJsonObject headerSet(const QStringList &more)
{
    static const std::map<QString, QString> names{
        {QStringLiteral("ETag"), QStringLiteral("ETag")},
        {QStringLiteral("Link"), QStringLiteral("Link")},
        {QStringLiteral("Challenge"), QStringLiteral("WWW-Authenticate")},
        {QStringLiteral("RetryAfter"), QStringLiteral("Retry-After")}};
    const QString headers = QStringLiteral("headers");
    QJsonObject set{
        {QStringLiteral("X-Request-Id"), reference(headers, QStringLiteral("RequestId"))},
        {QStringLiteral("traceparent"), reference(headers, QStringLiteral("Traceparent"))},
        {QStringLiteral("RateLimit"), reference(headers, QStringLiteral("RateLimit"))},
        {QStringLiteral("RateLimit-Policy"), reference(headers, QStringLiteral("RateLimitPolicy"))}};
    for (const QString &name : more)
        set[names.at(name)] = reference(headers, name);
    return set;
}

QJsonObject answerOf(const QJsonObject &told)
{
    QStringList headers;
    for (const auto &name : told[QStringLiteral("headers")].toArray())
        headers.append(name.toString());
    QJsonObject response{{QStringLiteral("description"), told[QStringLiteral("description")]},
                         {QStringLiteral("headers"), headerSet(headers)}};
    if (const QString schema = told[QStringLiteral("schema")].toString(); !schema.isEmpty())
        response[QStringLiteral("content")] = mediaType(QStringLiteral("application/json"), schema);
    QJsonObject content = response.value(QStringLiteral("content")).toObject();
    for (const auto &type : told[QStringLiteral("content")].toArray())
        content[type.toString()] = QJsonObject{
            {QStringLiteral("schema"), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}}};
    if (!content.isEmpty())
        response[QStringLiteral("content")] = content;
    return response;
}

/// The problems that a route may answer with, besides those that only it has.
std::set<int> usualProblems(const Route &route)
{
    std::set<int> statuses{400, 408, 413, 431, 500, 503};
    if (route.entry != Entry::Public)
        statuses.insert({401, 403, 404});
    if (route.entry != Entry::Public && route.metered)
        statuses.insert(429);
    if (route.body == BodyKind::Json)
        statuses.insert(415);
    if (route.body != BodyKind::None)
        statuses.insert(422);
    if (takesIdempotencyKey(route))
        statuses.insert({409, 422}); // of the Idempotency-Key, at least
    return statuses;
}

/// The header of the 200, and the 304 of who has it already.
void addTag(QJsonObject &all)
{
    const QString good = QStringLiteral("200");
    QJsonObject answer = all[good].toObject();
    QJsonObject headers = answer[QStringLiteral("headers")].toObject();
    headers[QStringLiteral("ETag")] = reference(QStringLiteral("headers"), QStringLiteral("ETag"));
    answer[QStringLiteral("headers")] = headers;
    all[good] = answer;
    all[QStringLiteral("304")] =
        answerOf({{QStringLiteral("description"), QStringLiteral("As the one that `If-None-Match` names")},
                  {QStringLiteral("headers"), QJsonArray{QStringLiteral("ETag")}}});
}

QJsonObject responses(const Route &route, const QJsonObject &told)
{
    QJsonObject all;
    const QJsonObject answers = told[QStringLiteral("answers")].toObject();
    for (auto it = answers.begin(); it != answers.end(); ++it)
        all[it.key()] = answerOf(it.value().toObject());
    if (isTagged(route, told))
        addTag(all);
    std::set<int> problems = usualProblems(route);
    for (const auto &status : told[QStringLiteral("problems")].toArray())
        problems.insert(status.toInt());
    for (const int status : problems) {
        const QString code = QString::number(status);
        if (!all.contains(code))
            all[code] = reference(QStringLiteral("responses"), QStringLiteral("Problem") + code);
    }
    return all;
}

QJsonObject operation(const Route &route, const QByteArrayList &shown, const QJsonObject &told,
                      const QJsonObject &pathParameters)
{
    QJsonObject made;
    for (const char *member : {"operationId", "tags", "summary", "description"}) {
        if (const QString name = text(member); told.contains(name))
            made[name] = told[name];
    }
    made[QStringLiteral("security")] = security(route);
    if (const QJsonArray list = parameterList(route, shown, told, pathParameters); !list.isEmpty())
        made[QStringLiteral("parameters")] = list;
    if (const QJsonObject body = requestBody(told); !body.isEmpty())
        made[QStringLiteral("requestBody")] = body;
    made[QStringLiteral("responses")] = responses(route, told);
    return made;
}

// ---- the whole

/// One for each status, so that operations stay short.
QJsonObject problemResponses()
{
    QJsonObject all;
    for (const int status :
         {400, 401, 403, 404, 408, 409, 410, 412, 413, 415, 422, 426, 429, 431, 500, 503}) {
        QStringList headers;
        if (status == 401)
            headers.append(QStringLiteral("Challenge"));
        if (status == 409 || status == 429 || status == 503)
            headers.append(QStringLiteral("RetryAfter"));
        all[QStringLiteral("Problem") + QString::number(status)] = QJsonObject{
            {QStringLiteral("description"), QStringLiteral("A problem; `type` and `errors` say which")},
            {QStringLiteral("headers"), headerSet(headers)},
            {QStringLiteral("content"),
             mediaType(QStringLiteral("application/problem+json"), QStringLiteral("Problem"))}};
    }
    return all;
}

} // namespace

QByteArray operationKey(const Route &route)
{
    return methodName(route.method).toByteArray() + ' ' + route.pattern.toByteArray();
}

QByteArrayList openApiGaps(std::span<const Route> routes)
{
    const QJsonObject operations = readResource("operations.json");
    const QJsonObject described = readResource("document.json")[pathParametersMember].toObject();
    std::set<QByteArray> left;
    for (const QString &key : operations.keys())
        left.insert(key.toUtf8());
    QByteArrayList gaps;
    for (const Route &route : routes) {
        if (left.erase(operationKey(route)) == 0)
            gaps.append(operationKey(route));
        for (const QByteArray &name : parametersOf(route)) {
            if (!described.contains(text(name)))
                gaps.append(':' + name);
        }
    }
    gaps.append(QByteArrayList(left.begin(), left.end()));
    return gaps;
}

QByteArray openApiDocument(std::span<const Route> routes)
{
    const QJsonObject operations = readResource("operations.json");
    QJsonObject document = readResource("document.json");
    const QJsonObject pathParameters = document.take(pathParametersMember).toObject();
    const ShownNames shown = shownNames(routes);
    QJsonObject paths;
    for (const Route &route : routes) {
        const QByteArray shape = shapeOf(route);
        const QString path = pathOf(shape, shown.at(shape));
        QJsonObject item = paths[path].toObject();
        item[text(methodName(route.method).toByteArray().toLower())] = operation(
            route, shown.at(shape), operations[text(operationKey(route))].toObject(), pathParameters);
        paths[path] = item;
    }
    document[QStringLiteral("paths")] = paths;
    QJsonObject info = document[QStringLiteral("info")].toObject();
    info[QStringLiteral("version")] = text(BELFRY_VERSION);
    document[QStringLiteral("info")] = info;
    QJsonObject components = document[QStringLiteral("components")].toObject();
    components[QStringLiteral("responses")] = problemResponses();
    document[QStringLiteral("components")] = components;
    return QJsonDocument(document).toJson(QJsonDocument::Compact);
}

QByteArray asyncApiDocument()
{
    QJsonObject document = readResource("asyncapi.json");
    const QJsonObject components = readResource("document.json")[QStringLiteral("components")].toObject();
    const QJsonObject known = components[QStringLiteral("schemas")].toObject();
    QJsonObject schemas;
    for (const auto &name : document.take(QStringLiteral("x-shared-schemas")).toArray())
        schemas[name.toString()] = known[name.toString()];
    QJsonObject own = document[QStringLiteral("components")].toObject();
    own[QStringLiteral("schemas")] = schemas;
    document[QStringLiteral("components")] = own;
    QJsonObject info = document[QStringLiteral("info")].toObject();
    info[QStringLiteral("version")] = text(BELFRY_VERSION);
    document[QStringLiteral("info")] = info;
    return QJsonDocument(document).toJson(QJsonDocument::Compact);
}
} // namespace belfry::api
