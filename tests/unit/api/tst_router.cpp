#include "api/router.h"

#include <QTest>

using namespace belfry;
using api::Match;
using net::Method;

namespace {
constexpr api::Route routes[] = {
    {.method = Method::Get, .pattern = "/health"},
    {.method = Method::Post, .pattern = "/v1/notes"},
    {.method = Method::Post, .pattern = "/v1/notes:batch"},
    {.method = Method::Get, .pattern = "/v1/notes/:user"},
    {.method = Method::Patch, .pattern = "/v1/notes/:id"},
    {.method = Method::Put, .pattern = "/v1/notes/:id/read"},
    {.method = Method::Get, .pattern = "/v1/users/:user/inbox/:id"},
    {.method = Method::Get, .pattern = "/v1/users/:user/inbox/counts"},
    {.method = Method::Post, .pattern = "/v1/users/:user/inbox/ops"},
};
} // namespace

class TstRouter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void finds_data();
    void finds();
    void allowsWhatThePathKnows();
    void peekSeesTheSameRoute();
};

void TstRouter::finds_data()
{
    QTest::addColumn<Method>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<Match::Outcome>("outcome");
    QTest::addColumn<QByteArray>("pattern");
    QTest::addColumn<QByteArrayList>("parameters");
    using Outcome = Match::Outcome;
    const auto row = [](const char *name, Method method, const char *path, Outcome outcome,
                        const char *pattern = "", const QByteArrayList &parameters = {}) {
        QTest::newRow(name) << method << QByteArray(path) << outcome << QByteArray(pattern) << parameters;
    };
    row("literal", Method::Get, "/health", Outcome::Found, "/health");
    row("HEAD is GET", Method::Head, "/health", Outcome::Found, "/health");
    row("parameter", Method::Get, "/v1/notes/42", Outcome::Found, "/v1/notes/:user", {"42"});
    row("another method's parameter", Method::Patch, "/v1/notes/42", Outcome::Found, "/v1/notes/:id", {"42"});
    row("escaped slash", Method::Get, "/v1/notes/a%2Fb", Outcome::Found, "/v1/notes/:user", {"a/b"});
    row("colon in a literal", Method::Post, "/v1/notes:batch", Outcome::Found, "/v1/notes:batch");
    row("below a parameter", Method::Put, "/v1/notes/42/read", Outcome::Found, "/v1/notes/:id/read", {"42"});
    row("literal wins", Method::Get, "/v1/users/u/inbox/counts", Outcome::Found,
        "/v1/users/:user/inbox/counts", {"u"});
    row("two parameters", Method::Get, "/v1/users/u/inbox/x", Outcome::Found, "/v1/users/:user/inbox/:id",
        {"u", "x"});
    row("root", Method::Get, "/", Outcome::NoPath);
    row("inner node", Method::Get, "/v1", Outcome::NoPath);
    row("trailing slash", Method::Get, "/health/", Outcome::NoPath);
    row("empty segment", Method::Put, "/v1/notes//read", Outcome::NoPath);
    row("too long", Method::Get, "/health/live/long", Outcome::NoPath);
    row("too many parameters", Method::Get, "/v1/users/a/b/c/d/e/f/g/h", Outcome::NoPath);
    row("prefix", Method::Get, "/healthy", Outcome::NoPath);
    row("wrong method", Method::Delete, "/health", Outcome::NoMethod);
    row("literal's method counts", Method::Get, "/v1/users/u/inbox/ops", Outcome::NoMethod);
    row("unknown method", Method::Other, "/health", Outcome::NoMethod);
    row("broken escape", Method::Get, "/v1/notes/%4", Outcome::BadEscape, "/v1/notes/:user");
    row("NUL", Method::Get, "/v1/notes/%00", Outcome::BadEscape, "/v1/notes/:user");
}

void TstRouter::finds()
{
    QFETCH(Method, method);
    QFETCH(QByteArray, path);
    QFETCH(Match::Outcome, outcome);
    QFETCH(QByteArray, pattern);
    QFETCH(QByteArrayList, parameters);
    const api::Router router(routes);
    const Match match = router.find(method, path);
    QCOMPARE(match.outcome, outcome);
    QCOMPARE(match.route != nullptr, !pattern.isEmpty());
    QCOMPARE(match.route ? match.route->pattern.toByteArray() : QByteArray(), pattern);
    for (qsizetype i = 0; i < parameters.size(); ++i)
        QCOMPARE(match.parameters[static_cast<std::size_t>(i)], parameters[i]);
}

void TstRouter::allowsWhatThePathKnows()
{
    const api::Router router(routes);
    QCOMPARE(router.find(Method::Post, "/health").allow.toByteArray(), QByteArray("GET, HEAD"));
    QCOMPARE(router.find(Method::Delete, "/v1/notes/7").allow.toByteArray(), QByteArray("GET, HEAD, PATCH"));
    QVERIFY(router.find(Method::Get, "/nothing").allow.isEmpty());
}

void TstRouter::peekSeesTheSameRoute()
{
    const api::Router router(routes);
    QCOMPARE(router.peek(Method::Post, "/v1/notes:batch"), &routes[2]);
    QCOMPARE(router.peek(Method::Delete, "/v1/notes:batch"), nullptr);
    QCOMPARE(router.peek(Method::Get, "/nothing"), nullptr);
}

QTEST_GUILESS_MAIN(TstRouter)
#include "tst_router.moc"
