#include "model/instant.h"
#include "model/result.h"

#include <QTest>

using namespace belfry::model;

class TstResult : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void failureCarriesCodeAndDetail();
    void fieldFailureNamesTheMemberTwice();
    void failureOfTheWholeNamesNoMember();
    void instantArithmetic();
};

void TstResult::failureCarriesCodeAndDetail()
{
    const Result<int> result = fail(ErrorCode::NotFound, "no such user");
    QVERIFY(!result);
    QCOMPARE(result.error().code, ErrorCode::NotFound);
    QCOMPARE(result.error().detail, Text("no such user"));
    QVERIFY(result.error().fields.isEmpty());
    QVERIFY(!result.error().retryAfter);
}

void TstResult::fieldFailureNamesTheMemberTwice()
{
    // In the text for people and old clients, as a pointer for programs (decisions H13).
    const VoidResult result = failField(ErrorCode::Invalid, "/title", "must have at most 256 characters");
    QVERIFY(!result);
    QCOMPARE(result.error().detail, Text("/title: must have at most 256 characters"));
    const QList<FieldError> fields{{"/title", "must have at most 256 characters"}};
    QCOMPARE(result.error().fields, fields);
}

void TstResult::failureOfTheWholeNamesNoMember()
{
    const VoidResult result = failField(ErrorCode::Invalid, "", "must be a JSON object");
    QVERIFY(!result);
    QCOMPARE(result.error().detail, Text("must be a JSON object"));
    const QList<FieldError> fields{{"", "must be a JSON object"}};
    QCOMPARE(result.error().fields, fields);
}

void TstResult::instantArithmetic()
{
    const Instant start{1'000'000};
    QCOMPARE(start + std::chrono::seconds(2), Instant{3'000'000});
    QCOMPARE(start - std::chrono::milliseconds(1), Instant{999'000});
    QCOMPARE(Instant{3'000'000} - start, Duration(std::chrono::seconds(2)));
    QCOMPARE(days(2), Duration(std::chrono::hours(48)));
    QVERIFY(start < start + Duration(1));
}

QTEST_GUILESS_MAIN(TstResult)
#include "tst_result.moc"
