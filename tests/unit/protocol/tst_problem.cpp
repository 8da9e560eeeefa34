#include "protocol/close_code.h"
#include "protocol/operator_problem.h"
#include "protocol/server_messages.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

class TstProblem : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCodeHasItsStatus_data();
    void everyCodeHasItsStatus();
    void whatTheDatabaseSaidIsForOperators();
    void slugsDiffer();
    void legacyMembersAreThere();
    void legacyRoutesSayFourHundred();
    void foreignProblems_data();
    void foreignProblems();
    void closeReasonsFit();
};

void TstProblem::everyCodeHasItsStatus_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, ErrorCode code, int status) {
        QTest::newRow(name) << int(code) << status;
    };
    row("malformed", ErrorCode::Malformed, 400);
    row("unauthenticated", ErrorCode::Unauthenticated, 401);
    row("forbidden", ErrorCode::Forbidden, 403);
    row("not found", ErrorCode::NotFound, 404);
    row("method", ErrorCode::MethodNotAllowed, 405);
    row("timeout", ErrorCode::Timeout, 408);
    row("conflict", ErrorCode::Conflict, 409);
    row("in progress", ErrorCode::InProgress, 409);
    row("log reset", ErrorCode::LogReset, 410);
    row("precondition", ErrorCode::Precondition, 412);
    row("too large", ErrorCode::TooLarge, 413);
    row("media", ErrorCode::UnsupportedMedia, 415);
    row("invalid", ErrorCode::Invalid, 422);
    row("idempotency", ErrorCode::IdempotencyReuse, 422);
    row("rate", ErrorCode::RateLimited, 429);
    row("overloaded", ErrorCode::Overloaded, 503);
    row("unavailable", ErrorCode::Unavailable, 503);
    row("draining", ErrorCode::Draining, 503);
    row("internal", ErrorCode::Internal, 500);
}

void TstProblem::everyCodeHasItsStatus()
{
    QFETCH(int, code);
    QFETCH(int, status);
    const Error error{
        static_cast<ErrorCode>(code), "d \"q\"", {{"/a", "x"}, {"", "y"}}, std::chrono::seconds(3)};
    QCOMPARE(httpStatus(error.code), status);
    const auto back = parseProblem(operatorProblemJson(error, "req-1"));
    QVERIFY(back);
    QCOMPARE(*back, (Problem{error, status, "req-1"}));
}

void TstProblem::whatTheDatabaseSaidIsForOperators()
{
    for (const ErrorCode code : {ErrorCode::Internal, ErrorCode::Unavailable}) {
        const Error error{code, "PostgreSQL at db.internal:5432/belfry: gone", {}, {}};
        QVERIFY(!problemJson(error, "r").contains("db.internal"));
        QVERIFY(!encode(Fault{makeProblem(error), {}}).contains("db.internal"));
        QCOMPARE(operatorProblemJson(error, "r").count("db.internal"), 3); // detail, message, details
        QVERIFY(!parseProblem(problemJson(error, "r"))->error.detail.isEmpty());
    }
}

void TstProblem::slugsDiffer()
{
    QSet<QByteArray> slugs;
    for (int code = 0; code <= int(ErrorCode::Internal); ++code)
        slugs.insert(problemSlug(static_cast<ErrorCode>(code)).toByteArray());
    QCOMPARE(slugs.size(), int(ErrorCode::Internal) + 1);
}

void TstProblem::legacyMembersAreThere()
{
    const Error error{ErrorCode::Invalid, "/a: x", {{"/a", "x"}, {"/b", "y"}}, {}};
    const QJsonObject object = QJsonDocument::fromJson(problemJson(error, {})).object();
    QCOMPARE(object.value(QStringLiteral("type")).toString(), QStringLiteral("urn:belfry:problem:invalid"));
    QCOMPARE(object.value(QStringLiteral("message")).toString(), QStringLiteral("/a: x"));
    QCOMPARE(object.value(QStringLiteral("details")).toString(), QStringLiteral("/a: x; /b: y"));
    QVERIFY(!object.value(QStringLiteral("error")).toString().isEmpty());
    QCOMPARE(object.value(QStringLiteral("errors")).toArray().size(), 2);
    QVERIFY(object.value(QStringLiteral("instance")).isNull());
}

// Decisions H13: S2 and S4 say 400 to everything that is wrong with a body.
void TstProblem::legacyRoutesSayFourHundred()
{
    const QByteArray json = problemJson({ErrorCode::Invalid, "d", {}, {}}, {}, 400);
    QCOMPARE(QJsonDocument::fromJson(json).object().value(QStringLiteral("status")).toInt(), 400);
    QCOMPARE(parseProblem(json)->error.code, ErrorCode::Invalid);
}

void TstProblem::foreignProblems_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    QTest::newRow("unknown type") << QByteArray(R"({"type":"urn:x","status":404})")
                                  << int(ErrorCode::NotFound);
    QTest::newRow("unknown 4xx") << QByteArray(R"({"status":418})") << int(ErrorCode::Malformed);
    QTest::newRow("unknown 5xx") << QByteArray(R"({"status":599})") << int(ErrorCode::Internal);
    QTest::newRow("no status") << QByteArray("{}") << -1;
    QTest::newRow("no object") << QByteArray("7") << -1;
}

void TstProblem::foreignProblems()
{
    QFETCH(QByteArray, json);
    QFETCH(int, code);
    const auto problem = parseProblem(json);
    QCOMPARE(problem ? int(problem->error.code) : -1, code);
}

void TstProblem::closeReasonsFit()
{
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1011, 1012, 4000, 4001, 4003, 4008, 4009, 4029}) {
        const QByteArrayView reason = closeReason(static_cast<CloseCode>(code));
        QVERIFY(!reason.isEmpty() && reason.size() <= 123);
    }
}

QTEST_APPLESS_MAIN(TstProblem)
#include "tst_problem.moc"
