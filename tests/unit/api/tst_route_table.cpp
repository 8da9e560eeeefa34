#include "api/route_table.h"

#include "api_bed.h"

#include <QFile>
#include <QTest>

using namespace belfry;
using api::Entry;
using api::Route;
using net::Method;
using test::Answer;
using test::ApiBed;
using test::Request;

namespace {
const QByteArray user = "42";

/// An address of this route that can be asked for.
QByteArray addressOf(const Route &route)
{
    return route.pattern.toByteArray()
        .replace(":user", user)
        .replace(":id", "01234567-89ab-7def-8123-456789abcdef")
        .replace(":topic", "news")
        .replace(":category", "billing");
}

/// A device is somebody's, which its address says only as a query.
bool isOfDevices(const Route &route)
{
    return route.pattern.startsWith("/api/v1/devices");
}

Request requestFor(const Route &route)
{
    if (isOfDevices(route) && route.method == Method::Post)
        return Request::post(addressOf(route)).json(R"({"id":"laptop","user_id":")" + user + R"("})");
    Request request(route.method,
                    addressOf(route) + (isOfDevices(route) ? "?user_id=" + user : QByteArray()));
    return route.body == api::BodyKind::None ? request : request.json("{}");
}

/// What every person may read.
bool isEverybodys(const Route &route)
{
    return route.method == Method::Get && route.pattern.startsWith("/api/v1/categories");
}

bool isAnswered(int status)
{
    return status != 401 && status != 403 && status != 405 && status != 415 && status != 0;
}
} // namespace

/// Every route of the table against every kind of caller: what holds for all of them, held for each.
class TstRouteTable : public QObject
{
    Q_OBJECT
private:
    static void addRoutes();
    std::unique_ptr<ApiBed> m_bed;

private Q_SLOTS:
    void init() { m_bed = std::make_unique<ApiBed>(); }

    void withoutACredential_data() { addRoutes(); }
    void withoutACredential();
    void withoutACredentialFromThisMachine_data() { addRoutes(); }
    void withoutACredentialFromThisMachine();
    void behindAProxy_data() { addRoutes(); }
    void behindAProxy();
    void withABadKey_data() { addRoutes(); }
    void withABadKey();
    void withAnExpiredToken_data() { addRoutes(); }
    void withAnExpiredToken();
    void withoutTheScope_data() { addRoutes(); }
    void withoutTheScope();
    void withAnothersToken_data() { addRoutes(); }
    void withAnothersToken();
    void withExactlyTheScope_data() { addRoutes(); }
    void withExactlyTheScope();
    void withOwnToken_data() { addRoutes(); }
    void withOwnToken();
    void unknownMethods_data() { addRoutes(); }
    void unknownMethods();
    void options_data() { addRoutes(); }
    void options();
    void head_data() { addRoutes(); }
    void head();
    void contentTypes_data() { addRoutes(); }
    void contentTypes();
    void brokenJson_data() { addRoutes(); }
    void brokenJson();
    void badUserIds_data() { addRoutes(); }
    void badUserIds();
    void standsInTheGuide_data() { addRoutes(); }
    void standsInTheGuide();
    void theGuideNamesNothingElse();
    void bodyLimits();
};

void TstRouteTable::addRoutes()
{
    QTest::addColumn<const Route *>("route");
    for (const Route &route : api::routeTable()) {
        const QByteArray name =
            api::methodName(route.method).toByteArray() + ' ' + route.pattern.toByteArray();
        QTest::newRow(name.constData()) << &route;
    }
}

void TstRouteTable::withoutACredential()
{
    QFETCH(const Route *, route);
    const Answer answer = m_bed->ask(requestFor(*route));
    const bool open = route->entry == Entry::Public || route->entry == Entry::Hello;
    QCOMPARE(answer.status == 401, !open);
    if (!open) {
        QCOMPARE(answer.header("WWW-Authenticate"), QByteArray("Bearer realm=\"belfry\""));
        QCOMPARE(answer.response.contentType, QByteArray("application/problem+json"));
        QCOMPARE(answer.at("status").toInt(), 401);
    }
}

void TstRouteTable::withoutACredentialFromThisMachine()
{
    QFETCH(const Route *, route);
    const Answer answer = m_bed->ask(requestFor(*route).local());
    QCOMPARE(answer.status == 401, route->entry == Entry::Credential);
}

void TstRouteTable::behindAProxy()
{
    QFETCH(const Route *, route);
    const Answer answer = m_bed->ask(requestFor(*route).local().header("x-forwarded-for", "203.0.113.9"));
    const bool open = route->entry == Entry::Public || route->entry == Entry::Hello;
    QCOMPARE(answer.status == 401, !open);
}

void TstRouteTable::withABadKey()
{
    QFETCH(const Route *, route);
    const Answer answer = m_bed->ask(requestFor(*route).local().key("blf_wrong"));
    QCOMPARE(answer.status == 401, route->entry != Entry::Public);
    if (answer.status == 401)
        QVERIFY(answer.header("WWW-Authenticate").contains("error=\"invalid_token\""));
}

void TstRouteTable::withAnExpiredToken()
{
    QFETCH(const Route *, route);
    const QByteArray token = m_bed->token({user});
    m_bed->clock.advance(std::chrono::minutes(10));
    const Answer answer = m_bed->ask(requestFor(*route).local().key(token));
    QCOMPARE(answer.status == 401, route->entry != Entry::Public);
}

void TstRouteTable::withoutTheScope()
{
    QFETCH(const Route *, route);
    if (!route->scopes)
        return;
    const QByteArray key = m_bed->addKey(auth::allScopes & ~route->scopes & ~route->orScopes);
    const Answer answer = m_bed->ask(requestFor(*route).local().key(key));
    QCOMPARE(answer.status, 403);
    QVERIFY(answer.at("detail").toString().toUtf8().contains(auth::scopeNames(route->scopes).join(", ")));
}

void TstRouteTable::withAnothersToken()
{
    QFETCH(const Route *, route);
    if (route->entry == Entry::Public || route->entry == Entry::Hello)
        return;
    const Answer answer = m_bed->ask(requestFor(*route).local().key(m_bed->token({"someone-else"})));
    if (isEverybodys(*route)) {
        QVERIFY(isAnswered(answer.status));
        return;
    }
    // Routes of one item don't tell whether it is there.
    const bool byItem = route->pattern.contains("/:id") && !route->pattern.contains(":user");
    QVERIFY2(answer.status == 403 || (byItem && answer.status == 404), QByteArray::number(answer.status));
}

void TstRouteTable::withExactlyTheScope()
{
    QFETCH(const Route *, route);
    const Answer answer = m_bed->ask(requestFor(*route).key(m_bed->addKey(route->scopes)));
    QVERIFY2(isAnswered(answer.status) && answer.status < 500, QByteArray::number(answer.status));
    QVERIFY(answer.has("X-Request-Id"));
    QVERIFY(answer.has("traceparent"));
    if (route->orScopes) {
        const Answer other = m_bed->ask(requestFor(*route).key(m_bed->addKey(route->orScopes)));
        QVERIFY2(isAnswered(other.status) && other.status < 500, QByteArray::number(other.status));
    }
}

void TstRouteTable::withOwnToken()
{
    QFETCH(const Route *, route);
    using auth::Scope;
    const auth::Scopes persons =
        auth::Scopes(Scope::InboxRead) | Scope::InboxWrite | Scope::PrefsRead | Scope::PrefsWrite;
    const Answer answer = m_bed->ask(requestFor(*route).key(m_bed->token({user})));
    const bool reaches = !(route->scopes & ~persons);
    QCOMPARE(answer.status == 403, !reaches);
}

void TstRouteTable::unknownMethods()
{
    QFETCH(const Route *, route);
    Request request(Method::Other, addressOf(*route));
    request.http.methodText = "BREW";
    const Answer answer = m_bed->ask(request);
    QCOMPARE(answer.status, 405);
    QVERIFY(answer.header("Allow").contains(api::methodName(route->method)));
    QVERIFY(answer.header("Allow").endsWith("OPTIONS"));
    QVERIFY(answer.at("detail").toString().contains(QStringLiteral("BREW")));
}

void TstRouteTable::options()
{
    QFETCH(const Route *, route);
    const Answer answer = m_bed->ask({Method::Options, addressOf(*route)});
    QCOMPARE(answer.status, 204);
    QVERIFY(answer.header("Allow").contains(api::methodName(route->method)));
    QVERIFY(answer.response.body.isEmpty());
}

void TstRouteTable::head()
{
    QFETCH(const Route *, route);
    if (route->method != Method::Get)
        return;
    const Request get(Method::Get, addressOf(*route));
    const Request head(Method::Head, addressOf(*route));
    const int wanted = m_bed->admin(get).status;
    const Answer answer = m_bed->admin(head);
    QCOMPARE(answer.status, wanted);
    QVERIFY2(!answer.streaming, "HEAD never opens a stream");
}

void TstRouteTable::contentTypes()
{
    QFETCH(const Route *, route);
    Request request(route->method, addressOf(*route));
    request.form("a=1");
    const Answer answer = m_bed->admin(request);
    QCOMPARE(answer.status == 415, route->body == api::BodyKind::Json);
}

void TstRouteTable::brokenJson()
{
    QFETCH(const Route *, route);
    if (route->body == api::BodyKind::None)
        return;
    const Answer answer = m_bed->admin(requestFor(*route).json("{\"user_id\":"));
    QCOMPARE(answer.status, 400);
    QVERIFY(!answer.at("error").toString().isEmpty());
    QVERIFY(!answer.at("message").toString().isEmpty());
}

void TstRouteTable::badUserIds()
{
    QFETCH(const Route *, route);
    if (!route->pattern.contains(":user"))
        return;
    for (const QByteArray &bad :
         {QByteArray("%00"), QByteArray("%0a"), QByteArray("%ff"), QByteArray(129, 'x')}) {
        Request request = requestFor(*route);
        request.http.path = route->pattern.toByteArray().replace(":user", bad).replace(":topic", "t");
        QCOMPARE(m_bed->admin(request).status, 400);
    }
}

namespace {
/// As the guide writes it.
QByteArray scopeColumn(const Route &route)
{
    using auth::Scope;
    constexpr auth::Scopes inboxBoth = auth::Scopes(Scope::InboxRead) | Scope::InboxWrite;
    if (route.scopes == inboxBoth)
        return "inbox:*";
    QByteArray text = route.scopes ? auth::scopeNames(route.scopes).join(", ") : QByteArray("\u2013");
    if (route.orScopes)
        text += " or " + auth::scopeNames(route.orScopes).join(", ");
    return text;
}

QByteArray guide()
{
    QFile file(qEnvironmentVariable("BELFRY_SOURCE_DIR") + QStringLiteral("/docs/api.md"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}
} // namespace

void TstRouteTable::standsInTheGuide()
{
    QFETCH(const Route *, route);
    const QByteArray line = "\n| `" + api::methodName(route->method).toByteArray() + ' ' +
                            route->pattern.toByteArray() + "` | " + scopeColumn(*route) + " |";
    QVERIFY2(guide().contains(line), line);
}

void TstRouteTable::theGuideNamesNothingElse()
{
    const auto table = api::routeTable();
    int lines = 0;
    for (const QByteArray &line : guide().split('\n')) {
        if (!line.startsWith("| `"))
            continue;
        const QByteArrayList words = line.sliced(3, line.indexOf('`', 3) - 3).split(' ');
        const bool known = std::any_of(table.begin(), table.end(), [&](const Route &route) {
            return words.value(0) == api::methodName(route.method) && words.value(1) == route.pattern;
        });
        QVERIFY2(known, line);
        ++lines;
    }
    QCOMPARE(std::size_t(lines), table.size());
}

void TstRouteTable::bodyLimits()
{
    const auto limit = [this](const Request &request) {
        return m_bed->handler->bodyRule(request.http).limit;
    };
    QCOMPARE(limit(Request::post("/api/v1/notifications")), 256 * 1024);
    QCOMPARE(limit(Request::post("/api/v1/notifications:batch")), 8 * 1024 * 1024);
    QCOMPARE(limit(Request::post("/nowhere")), 256 * 1024);
}

QTEST_GUILESS_MAIN(TstRouteTable)
#include "tst_route_table.moc"
