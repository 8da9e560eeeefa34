#include "protocol/person_request.h"

#include <QTest>

using namespace belfry;
using model::ErrorCode;

/// The bodies of /admin/users.
class TstPersonRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whole()
    {
        const auto read = protocol::parsePerson(
            R"({"user_id":7,"name":"Eva","email":"e@x","phone":"+41","locale":"de","password":"p","role":"admin",)"
            R"("disabled":true,"more":1})");
        QVERIFY(read);
        QCOMPARE(*read, (protocol::PersonRequest{{"7"}, "Eva", "e@x", "+41", "de", "p", "admin", true}));
        QCOMPARE(*protocol::parsePerson("{}"), protocol::PersonRequest());
        QVERIFY(protocol::parsePerson(R"({"user_id":null})")->user.isEmpty());
    }

    void nullTakesAway()
    {
        const auto read = protocol::parsePersonPatch(R"({"phone":null,"user_id":"7"})", {"7"});
        QVERIFY(read);
        QCOMPARE(read->phone, std::optional<model::Text>(""));
        QVERIFY(!read->email);
    }

    void bad_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("pointer");
        QTest::newRow("another user") << QByteArray(R"({"user_id":"8"})") << QByteArray("/user_id");
        QTest::newRow("no text") << QByteArray(R"({"email":1})") << QByteArray("/email");
        QTest::newRow("no role") << QByteArray(R"({"role":null})") << QByteArray("/role");
        QTest::newRow("no bool") << QByteArray(R"({"disabled":"yes"})") << QByteArray("/disabled");
        QTest::newRow("long mail") << "{\"email\":\"" + QByteArray(255, 'x') + "\"}" << QByteArray("/email");
    }
    void bad()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, pointer);
        const auto read = protocol::parsePersonPatch(json, {"7"});
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Invalid);
        QCOMPARE(read.error().fields.front().pointer, pointer);
    }
};

QTEST_APPLESS_MAIN(TstPersonRequest)
#include "tst_person_request.moc"
