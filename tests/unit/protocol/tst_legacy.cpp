#include "protocol/json_writer.h"
#include "protocol/legacy.h"
#include "samples.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

class TstLegacy : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void userIdsAreNumbersWhereTheyCanBe_data();
    void userIdsAreNumbersWhereTheyCanBe();
    void listHasItsMembers();
    void emptyListSaysSo();
    void arrayIsBare();
    void firstSystemsAnswers();
    void secondSystemsAnswers();
};

namespace {
QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

LegacyItem entry()
{
    return {samples::fullItem(), {}, {{"17"}, "Ann"}};
}
} // namespace

// Decisions H43.
void TstLegacy::userIdsAreNumbersWhereTheyCanBe_data()
{
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("number") << QByteArray("17") << QByteArray("17");
    QTest::newRow("zero") << QByteArray("0") << QByteArray("0");
    QTest::newRow("most") << QByteArray("9007199254740991") << QByteArray("9007199254740991");
    QTest::newRow("2^53") << QByteArray("9007199254740992") << QByteArray("\"9007199254740992\"");
    QTest::newRow("leading zero") << QByteArray("017") << QByteArray("\"017\"");
    QTest::newRow("negative") << QByteArray("-1") << QByteArray("\"-1\"");
    QTest::newRow("text") << QByteArray("a") << QByteArray("\"a\"");
}

void TstLegacy::userIdsAreNumbersWhereTheyCanBe()
{
    QFETCH(QByteArray, id);
    QFETCH(QByteArray, json);
    QByteArray out;
    {
        JsonWriter writer(out);
        appendLegacyUserId(writer, {id});
    }
    QCOMPARE(out, json);
}

void TstLegacy::listHasItsMembers()
{
    const QJsonArray items = object(legacyList({entry()})).value(QStringLiteral("notifications")).toArray();
    QCOMPARE(items.size(), 1);
    const QJsonObject item = items.first().toObject();
    QCOMPARE(item.value(QStringLiteral("user_id")), QJsonValue(17));
    QCOMPARE(item.value(QStringLiteral("event")).toString(), QStringLiteral("build"));
    QCOMPARE(item.value(QStringLiteral("is_read")), QJsonValue(true));
    QCOMPARE(item.value(QStringLiteral("legacy_id")), QJsonValue(7));
    QVERIFY(item.value(QStringLiteral("metadata")).isObject());
    QVERIFY(item.value(QStringLiteral("created_at")).isString());
    // Decisions H45: nobody sent it.
    const QJsonObject from = item.value(QStringLiteral("from")).toObject();
    QVERIFY(from.value(QStringLiteral("id")).isNull() && from.contains(QStringLiteral("id")));
    QCOMPARE(from.value(QStringLiteral("name")).toString(), QString());
    QCOMPARE(item.value(QStringLiteral("to")).toObject().value(QStringLiteral("id")), QJsonValue(17));
}

void TstLegacy::emptyListSaysSo()
{
    const QJsonObject answer = object(legacyList({}));
    QVERIFY(answer.value(QStringLiteral("notifications")).isArray());
    QVERIFY(answer.value(QStringLiteral("message")).isString());
}

void TstLegacy::arrayIsBare()
{
    QCOMPARE(legacyArray({}), QByteArray("[]"));
    QCOMPARE(QJsonDocument::fromJson(legacyArray({entry(), entry()})).array().size(), 2);
}

void TstLegacy::firstSystemsAnswers()
{
    const QJsonObject created = object(legacyCreated("queued", samples::fullItem()));
    QCOMPARE(created.value(QStringLiteral("message")).toString(), QStringLiteral("queued"));
    QVERIFY(created.value(QStringLiteral("data")).toObject().contains(QStringLiteral("status")));
    const QJsonObject page = object(legacyPage({samples::fullItem()}, 50, 10));
    QCOMPARE(page.value(QStringLiteral("data")).toArray().size(), 1);
    QCOMPARE(page.value(QStringLiteral("meta")).toObject(), (QJsonObject{{QStringLiteral("limit"), 50},
                                                                         {QStringLiteral("offset"), 10},
                                                                         {QStringLiteral("count"), 1}}));
}

void TstLegacy::secondSystemsAnswers()
{
    QCOMPARE(legacyUserAdded({"1"}), QByteArray(R"({"Message":"User added","Id":"1"})"));
    QCOMPARE(
        legacySent(samples::fullItem()),
        QByteArray(
            R"({"message":"Notification sent successfully!","id":"01987654-3210-7abc-8123-456789abcdef","seq":12})"));
    QCOMPARE(legacyStatusCode("done", 200), QByteArray(R"({"Message":"done","StatuCode":200})"));
    QCOMPARE(legacyMessage("m"), QByteArray(R"({"message":"m"})"));
}

QTEST_APPLESS_MAIN(TstLegacy)
#include "tst_legacy.moc"
