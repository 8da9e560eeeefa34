#include "client/rest_client.h"
#include "fake_server.h"

#include "protocol/ops_request.h"
#include "protocol/preferences_document.h"

#include <QTest>

using namespace belfry;
using namespace belfry::client;
using namespace belfry::model;

class TstRestClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void tokenTravelsInTheHeaderOnly();
    void noTokenNoHeader();
    void pathsAreEncoded();
    void basePathIsKept();
    void problemsAreRead();
    void refusedRequestsHaveAnId();
    void answersThatAreNotOurs_data();
    void answersThatAreNotOurs();
    void cutAnswerIsUnreached();
    void redirectsAreNotFollowed();
    void unreachableIsSaidInWords();
    void opsAreApplied();
    void preferencesCarryTheirTag();
    void nobodyIsCalledAfterTheReceiver();
    void socketAddresses_data();
    void socketAddresses();

private:
    template<typename T>
    RestClient::Answer<T> keep(std::optional<Result<T>> &to)
    {
        return [&to](Result<T> result) { to = std::move(result); };
    }
    std::unique_ptr<FakeServer> m_server;
    std::unique_ptr<RestClient> m_client;
};

void TstRestClient::init()
{
    m_server = std::make_unique<FakeServer>();
    m_server->listen();
    m_client =
        std::make_unique<RestClient>(RestSettings{m_server->url(), "blf_key", std::chrono::seconds(5)});
}

void TstRestClient::cleanup()
{
    m_client.reset();
    m_server.reset();
}

void TstRestClient::tokenTravelsInTheHeaderOnly()
{
    std::optional<Result<protocol::CountsAnswer>> counts;
    m_server->http = [](const FakeServer::Request &) {
        return FakeServer::Answer{200, protocol::encode(protocol::CountsAnswer{{1, 2}, 3}), {}};
    };
    m_client->counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QCOMPARE(counts->value(), (protocol::CountsAnswer{{1, 2}, 3}));
    QCOMPARE(m_server->requests.at(0).header("Authorization"), QByteArray("Bearer blf_key"));
    QCOMPARE(m_server->requests.at(0).target, QByteArray("/api/v1/users/7/inbox/counts"));
}

void TstRestClient::noTokenNoHeader()
{
    std::optional<Result<protocol::WellKnown>> known;
    RestClient open({m_server->url(), {}, std::chrono::seconds(5)});
    open.wellKnown(this, keep(known));
    QTRY_VERIFY(known);
    QVERIFY(*known);
    QVERIFY(m_server->requests.at(0).header("Authorization").isEmpty());
}

void TstRestClient::pathsAreEncoded()
{
    std::optional<Result<protocol::ListAnswer>> list;
    m_server->http = [](const FakeServer::Request &) {
        return FakeServer::Answer{200, protocol::encode(protocol::ListAnswer{}), {}};
    };
    m_client->list(this, {{"a/b?c%ü"}, "unread", {}, "x & y=1", "c+1", 20}, keep(list));
    QTRY_VERIFY(list);
    QVERIFY2(*list, list->has_value() ? "" : list->error().detail.constData());
    QCOMPARE(
        m_server->requests.at(0).target,
        QByteArray(
            "/api/v1/notifications/a%2Fb%3Fc%25%C3%BC?limit=20&state=unread&q=x%20%26%20y%3D1&cursor=c%2B1"));
}

void TstRestClient::basePathIsKept()
{
    QUrl base = m_server->url();
    base.setPath(QStringLiteral("/behind/a proxy/"));
    RestClient proxied({base, {}, std::chrono::seconds(5)});
    std::optional<Result<protocol::CountsAnswer>> counts;
    proxied.counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QCOMPARE(m_server->requests.at(0).target, QByteArray("/behind/a%20proxy/api/v1/users/7/inbox/counts"));
}

void TstRestClient::problemsAreRead()
{
    m_server->http = [](const FakeServer::Request &) {
        const Error error{ErrorCode::RateLimited, "slow down", {}, std::chrono::seconds(4)};
        return FakeServer::Answer{429, protocol::problemJson(error, "r1"), {}};
    };
    std::optional<Result<protocol::CountsAnswer>> counts;
    m_client->counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QVERIFY(!*counts);
    QCOMPARE(counts->error(),
             (Error{ErrorCode::RateLimited, "slow down", {}, std::chrono::seconds(4), "r1"}));
}

void TstRestClient::refusedRequestsHaveAnId()
{
    // What stands between has no problem document, but may tell the id all the same.
    m_server->http = [](const FakeServer::Request &) {
        return FakeServer::Answer{403, "<html>", {"X-Request-Id: r2"}};
    };
    std::optional<Result<protocol::CountsAnswer>> counts;
    m_client->counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QCOMPARE(counts->error().requestId, model::Text("r2"));
    RestClient nobody({QUrl(QStringLiteral("http://127.0.0.1:1")), {}, std::chrono::seconds(5)});
    counts.reset();
    nobody.counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QCOMPARE(counts->error().requestId, model::Text()); // nobody answered
}

void TstRestClient::answersThatAreNotOurs_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("html") << 200 << QByteArray("<html>") << int(ErrorCode::Malformed);
    QTest::newRow("other json") << 200 << QByteArray("{}") << int(ErrorCode::Invalid);
    QTest::newRow("404 page") << 404 << QByteArray("<html>") << int(ErrorCode::NotFound);
    QTest::newRow("302 to a sign-in page") << 302 << QByteArray("<html>") << int(ErrorCode::Unavailable);
    QTest::newRow("408 page") << 408 << QByteArray("<html>") << int(ErrorCode::Unavailable);
    QTest::newRow("425 page") << 425 << QByteArray() << int(ErrorCode::Unavailable);
    QTest::newRow("429 page") << 429 << QByteArray() << int(ErrorCode::RateLimited);
    QTest::newRow("502 page") << 502 << QByteArray("<html>") << int(ErrorCode::Unavailable);
    QTest::newRow("401 page") << 401 << QByteArray() << int(ErrorCode::Unauthenticated);
}

void TstRestClient::answersThatAreNotOurs()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    m_server->http = [&](const FakeServer::Request &) { return FakeServer::Answer{status, body, {}}; };
    std::optional<Result<protocol::CountsAnswer>> counts;
    m_client->counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QVERIFY(!*counts);
    QCOMPARE(int(counts->error().code), code);
}

// It is not known what it would have said: not "not ours".
void TstRestClient::cutAnswerIsUnreached()
{
    m_server->http = [](const FakeServer::Request &) {
        return FakeServer::Answer{200, R"({"data":)", {}, true};
    };
    std::optional<Result<protocol::CountsAnswer>> counts;
    m_client->counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QVERIFY(!*counts);
    QCOMPARE(counts->error().code, ErrorCode::Unavailable);
}

// A token must not travel to another server.
void TstRestClient::redirectsAreNotFollowed()
{
    FakeServer other;
    other.listen();
    m_server->http = [&](const FakeServer::Request &) {
        return FakeServer::Answer{302, {}, {"Location: " + other.url().toEncoded()}};
    };
    std::optional<Result<protocol::CountsAnswer>> counts;
    m_client->counts(this, {"7"}, keep(counts));
    QTRY_VERIFY(counts);
    QVERIFY(!*counts);
    QVERIFY(other.requests.empty());
}

void TstRestClient::unreachableIsSaidInWords()
{
    m_server->close();
    std::optional<Result<protocol::WellKnown>> known;
    m_client->wellKnown(this, keep(known));
    QTRY_VERIFY(known);
    QVERIFY(!*known);
    QCOMPARE(known->error().code, ErrorCode::Unavailable);
    QVERIFY(known->error().detail.startsWith("nothing answers at 127.0.0.1:"));
}

void TstRestClient::opsAreApplied()
{
    const std::vector<Op> ops{{{"o"}, OpSet::Read, UpTo{4}, Instant{1'000'000}, {}}};
    const protocol::OpsAnswer expected{{{{"o"}, 5, false, {}}}, {0, 1}, 5};
    m_server->http = [&](const FakeServer::Request &) {
        return FakeServer::Answer{200, protocol::encode(expected), {}};
    };
    std::optional<Result<protocol::OpsAnswer>> answer;
    m_client->applyOps(this, {"7"}, ops, keep(answer));
    QTRY_VERIFY(answer);
    QCOMPARE(answer->value(), expected);
    QCOMPARE(m_server->requests.at(0).method, QByteArray("POST"));
    QCOMPARE(m_server->requests.at(0).header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(protocol::parseOps(m_server->requests.at(0).body).value(), ops);
}

void TstRestClient::preferencesCarryTheirTag()
{
    Preferences document;
    document.timeZone = "Europe/Berlin";
    m_server->http = [&](const FakeServer::Request &) {
        return FakeServer::Answer{200, protocol::preferencesAnswer(document), {"ETag: \"e7\""}};
    };
    std::optional<Result<RestClient::PreferencesDocument>> read;
    m_client->preferences(this, {"7"}, keep(read));
    QTRY_VERIFY(read);
    QCOMPARE(read->value().document, document);
    QCOMPARE(read->value().etag, Text("\"e7\""));
    std::optional<Result<RestClient::PreferencesDocument>> written;
    m_client->putPreferences(this, {"7"}, document, "\"e7\"", keep(written));
    QTRY_VERIFY(written);
    QVERIFY(*written);
    QCOMPARE(m_server->requests.at(1).method, QByteArray("PUT"));
    QCOMPARE(m_server->requests.at(1).header("If-Match"), QByteArray("\"e7\""));
}

void TstRestClient::nobodyIsCalledAfterTheReceiver()
{
    bool called = false;
    {
        QObject receiver;
        m_client->wellKnown(&receiver, [&](const auto &) { called = true; });
    }
    QTRY_COMPARE(m_server->requests.size(), 1u);
    std::optional<Result<protocol::WellKnown>> known;
    m_client->wellKnown(this, keep(known));
    QTRY_VERIFY(known);
    QVERIFY(!called);
}

void TstRestClient::socketAddresses_data()
{
    QTest::addColumn<QString>("server");
    QTest::addColumn<QString>("socket");
    QTest::newRow("plain") << QStringLiteral("http://h:8080") << QStringLiteral("ws://h:8080/ws");
    QTest::newRow("secure") << QStringLiteral("https://h/") << QStringLiteral("wss://h/ws");
    QTest::newRow("path") << QStringLiteral("https://h/belfry/") << QStringLiteral("wss://h/belfry/ws");
}

void TstRestClient::socketAddresses()
{
    QFETCH(QString, server);
    QFETCH(QString, socket);
    QCOMPARE(socketAddress(QUrl(server)).toString(), socket);
}

QTEST_GUILESS_MAIN(TstRestClient)
#include "tst_rest_client.moc"
