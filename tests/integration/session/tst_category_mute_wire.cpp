#include "fake_server.h"
#include "protocol/preferences_document.h"
#include "session/category_mute.h"

#include <QTest>

using namespace belfry;
using namespace belfry::session;

namespace {
/// A server with one document of preferences, which somebody else may change in between.
struct Bed
{
    Bed()
    {
        server.http = [this](const FakeServer::Request &request) { return answer(request); };
        server.listen();
        rest = std::make_unique<client::RestClient>(client::RestSettings{server.url(), "token"});
        mute = std::make_unique<CategoryMute>(*rest, model::UserId{"u"});
    }

    FakeServer::Answer answer(const FakeServer::Request &request)
    {
        if (request.target != "/api/v1/preferences/u" || isDown)
            return {isDown ? 503 : 404, {}, {}};
        const QByteArray etag = "\"" + QByteArray::number(version) + "\"";
        if (request.method == "GET") {
            QByteArray body = "{\"data\":";
            protocol::appendPreferences(body, document);
            if (othersWrites > 0) { // between this answer and the next PUT
                --othersWrites;
                document.matrix["other" + QByteArray::number(++version)].any = true;
            }
            return {200, body + "}", {"ETag: " + etag}};
        }
        if (request.header("If-Match") != "\"" + QByteArray::number(version) + "\"")
            return {412,
                    R"({"type":"urn:belfry:problem:precondition","status":412,"detail":"changed meanwhile"})",
                    {}};
        const auto parsed = protocol::parsePreferencesAnswer("{\"data\":" + request.body + "}",
                                                             [](const model::Text &) { return true; });
        document = parsed.value();
        ++version;
        return {200, R"({"message":"saved"})", {}};
    }

    [[nodiscard]] model::VoidResult set(const char *category, bool muted)
    {
        std::optional<model::VoidResult> result;
        mute->set(category, muted, [&](const model::VoidResult &answer) { result = answer; });
        if (!QTest::qWaitFor([&] { return result.has_value(); }))
            return model::fail(model::ErrorCode::Timeout, "no answer came");
        return *result;
    }
    [[nodiscard]] std::optional<bool> toast(const char *category) const
    {
        return document.matrix.value(category).byChannel[std::size_t(model::Channel::Toast)];
    }

    FakeServer server;
    std::unique_ptr<client::RestClient> rest;
    std::unique_ptr<CategoryMute> mute;
    model::Preferences document;
    int version = 1;
    int othersWrites = 0;
    bool isDown = false;
};
} // namespace

class TestCategoryMuteWire : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mutesAndBringsBack();
    void keepsWhatOthersChangedMeanwhile();
    void givesUpInTheEnd();
    void oneAfterTheOther();
    void saysThatTheServerIsAway();
};

void TestCategoryMuteWire::mutesAndBringsBack()
{
    Bed bed;
    bed.document.matrix["build"].byChannel[std::size_t(model::Channel::Toast)] = true;
    const model::Preferences before = bed.document;
    QVERIFY(bed.set("build", true));
    QCOMPARE(bed.toast("build"), std::optional(false));
    QVERIFY(bed.set("", true));
    QCOMPARE(bed.toast("general"), std::optional(false));
    QVERIFY(bed.set("build", false));
    QVERIFY(bed.set("", false));
    QCOMPARE(bed.document, before);
}

void TestCategoryMuteWire::keepsWhatOthersChangedMeanwhile()
{
    Bed bed;
    bed.othersWrites = 2;
    QVERIFY(bed.set("build", true));
    QCOMPARE(bed.toast("build"), std::optional(false));
    QCOMPARE(bed.document.matrix.size(), 3);
}

void TestCategoryMuteWire::givesUpInTheEnd()
{
    Bed bed;
    bed.othersWrites = 100;
    const auto result = bed.set("build", true);
    QVERIFY(!result);
    QCOMPARE(result.error().code, model::ErrorCode::Precondition);
    QCOMPARE(bed.server.requests.size(), std::size_t(2 * CategoryMute::mostTries));
}

void TestCategoryMuteWire::oneAfterTheOther()
{
    Bed bed;
    QByteArrayList answers;
    for (const char *category : {"a", "b", "c"})
        bed.mute->set(category, true, [&answers, category](const model::VoidResult &result) {
            answers.append(QByteArray(category) + (result ? " muted" : " failed"));
        });
    QTRY_COMPARE(answers, (QByteArrayList{"a muted", "b muted", "c muted"}));
    QCOMPARE(bed.document.matrix.size(), 3);
}

void TestCategoryMuteWire::saysThatTheServerIsAway()
{
    Bed bed;
    bed.isDown = true;
    const auto result = bed.set("build", true);
    QVERIFY(!result);
    QCOMPARE(result.error().code, model::ErrorCode::Unavailable);
    bed.isDown = false;
    QVERIFY(bed.set("build", true));
    QVERIFY(bed.set("build", false));
    QCOMPARE(bed.document, model::Preferences());
}

QTEST_GUILESS_MAIN(TestCategoryMuteWire)
#include "tst_category_mute_wire.moc"
