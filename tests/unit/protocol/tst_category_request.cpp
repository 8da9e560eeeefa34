#include "protocol/category_request.h"

#include <QtTest>

using namespace belfry;
using namespace belfry::protocol;

class TestCategoryRequest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void readsACategory();
    void theNameMayStandInThePath();
    void categoryFaults_data();
    void categoryFaults();
    void readsADevice();
    void deviceFaults_data();
    void deviceFaults();
};

void TestCategoryRequest::readsACategory()
{
    const auto category = parseCategory(R"({"name":"chat","title":"Chat","description":"x",
        "channels":{"toast":false,"*":true,"email":null},"mandatory":true,"ttl":60,"retention_days":0,"new":1})");
    QVERIFY(category);
    QCOMPARE(category->name, QByteArray("chat"));
    QCOMPARE(category->title, QByteArray("Chat"));
    QCOMPARE(category->description, QByteArray("x"));
    QVERIFY(category->channels.byChannel[std::size_t(model::Channel::Toast)] == false);
    QVERIFY(!category->channels.byChannel[std::size_t(model::Channel::Email)]);
    QVERIFY(category->channels.any == true);
    QVERIFY(category->mandatory);
    QCOMPARE(category->ttl, std::chrono::seconds(60));
    QCOMPARE(category->retentionDays, 0);
    CategoryRequest bare;
    bare.name = "x";
    QCOMPARE(*parseCategory(R"({"name":"x","title":null,"channels":null,"ttl":null,"retention_days":null})"),
             bare);
}

void TestCategoryRequest::theNameMayStandInThePath()
{
    QCOMPARE(parseCategory("", "chat")->name, QByteArray("chat"));
    QCOMPARE(parseCategory(R"({"name":"chat","ttl":5})", "chat")->ttl, std::chrono::seconds(5));
    QCOMPARE(parseCategory(R"({"name":"mail"})", "chat").error().fields[0].pointer, QByteArray("/name"));
}

void TestCategoryRequest::categoryFaults_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    const auto row = [](const char *name, const char *json, const char *pointer) {
        QTest::newRow(name) << QByteArray(json) << QByteArray(pointer);
    };
    row("no name", "{}", "/name");
    row("empty name", R"({"name":""})", "/name");
    row("slash", R"({"name":"a/b"})", "/name");
    row("star", R"({"name":"*"})", "/name");
    row("control", R"({"name":"a\n"})", "/name");
    row("channels is no object", R"({"name":"a","channels":[]})", "/channels");
    row("unknown channel", R"({"name":"a","channels":{"pigeon":true}})", "/channels/pigeon");
    row("no boolean", R"({"name":"a","channels":{"toast":1}})", "/channels/toast");
    row("mandatory", R"({"name":"a","mandatory":"yes"})", "/mandatory");
    row("ttl 0", R"({"name":"a","ttl":0})", "/ttl");
    row("days", R"({"name":"a","retention_days":6})", "/retention_days");
    row("too many days", R"({"name":"a","retention_days":36501})", "/retention_days");
}

void TestCategoryRequest::categoryFaults()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto category = parseCategory(json);
    QVERIFY(!category);
    QCOMPARE(category.error().code, model::ErrorCode::Invalid);
    QCOMPARE(category.error().fields[0].pointer, pointer);
}

void TestCategoryRequest::readsADevice()
{
    const DeviceRequest expected{{"d1"}, {"7"}, "Ada", "Linux"};
    QCOMPARE(*parseDevice(R"({"id":"d1","user_id":7,"name":"Ada","platform":"Linux"})"), expected);
    const DeviceRequest named{{"d1"}, {}, "x", {}};
    QCOMPARE(*parseDevice(R"({"name":"x","platform":null})", {"d1"}), named);
    QCOMPARE(parseDevice(R"({"id":"aGk/+w=="})")->id.text, QByteArray("aGk/+w==")); // as hello takes it
    QCOMPARE(parseDevice(R"({"id":"d2"})", {"d1"}).error().fields[0].pointer, QByteArray("/id"));
    QCOMPARE(parseDevice("", {"d1"}).error().code, model::ErrorCode::Malformed);
}

void TestCategoryRequest::deviceFaults_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pointer");
    QTest::newRow("no id") << QByteArray("{}") << QByteArray("/id");
    QTest::newRow("control") << QByteArray(R"({"id":"a\n"})") << QByteArray("/id");
    QTest::newRow("name") << QByteArray(R"({"id":"a","name":1})") << QByteArray("/name");
    QTest::newRow("platform") << QByteArray(R"({"id":"a","platform":[]})") << QByteArray("/platform");
    QTest::newRow("user") << QByteArray(R"({"id":"a","user_id":""})") << QByteArray("/user_id");
}

void TestCategoryRequest::deviceFaults()
{
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, pointer);
    const auto device = parseDevice(json);
    QVERIFY(!device);
    QCOMPARE(device.error().fields[0].pointer, pointer);
}

QTEST_GUILESS_MAIN(TestCategoryRequest)
#include "tst_category_request.moc"
