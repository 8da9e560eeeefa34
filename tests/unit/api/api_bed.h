#pragma once

#include "api/api_handler.h"
#include "auth/token.h"
#include "cache/local_fanout.h"
#include "cache/memory_cache.h"
#include "runtime/clock.h"
#include "service/services.h"
#include "store/open_store.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonValue>

namespace belfry::test {
inline const QByteArray adminKey = "the-key-of-the-environment";
inline const QByteArray jwtSecret = "a secret of at least 32 characters";

/// One request in words: Request::post("/api/v1/notifications").key(k).json("{…}").
struct Request
{
    net::HttpRequest http;
    bool isUpgrade = false;

    Request(net::Method method, const QByteArray &target);
    static Request get(const QByteArray &target) { return {net::Method::Get, target}; }
    static Request post(const QByteArray &target) { return {net::Method::Post, target}; }
    static Request put(const QByteArray &target) { return {net::Method::Put, target}; }
    static Request patch(const QByteArray &target) { return {net::Method::Patch, target}; }
    static Request remove(const QByteArray &target) { return {net::Method::Delete, target}; }

    Request &header(const QByteArray &name, const QByteArray &value);
    Request &key(const QByteArray &credential) { return header("authorization", "Bearer " + credential); }
    Request &json(const QByteArray &body);
    Request &form(const QByteArray &body);
    /// From this machine, on a listener on loopback, as curl would.
    Request &local();
    Request &upgrade(const QByteArray &subprotocols = {});
};

/// What came back: an answer, or a hand-over.
struct Answer
{
    int status = 0;
    net::HttpResponse response;
    bool upgraded = false;
    bool streaming = false;
    QByteArray subprotocol;

    [[nodiscard]] QByteArray header(const QByteArray &name) const;
    [[nodiscard]] bool has(const QByteArray &name) const;
    /// The body with every UUID as <id> and every made X-Request-Id as <request>.
    [[nodiscard]] QByteArray body() const;
    /// Value at a path such as "data.items.0.id"; undefined where there is none.
    [[nodiscard]] QJsonValue at(const char *path) const;
};

/// What the gateway would have been given.
class RecordingLive final : public api::LiveSessions
{
public:
    void openSocket(net::Connection &, api::Visitor visitor) override { visitors.push_back(visitor); }
    void openPlain(net::Connection &, api::Reader reader) override { plain.push_back(reader); }
    void openStream(net::Connection &, api::Reader reader) override { streams.push_back(reader); }

    std::vector<api::Visitor> visitors;
    std::vector<api::Reader> plain;
    std::vector<api::Reader> streams;
};

/// The whole surface without a socket: real services over the store in memory, a clock that stands still.
class ApiBed
{
public:
    explicit ApiBed(service::Settings settings = unlimited());
    ~ApiBed();

    /// Limits off, so that only the tests of limits meet them.
    static service::Settings unlimited();

    /// What a handler on this loop needs; the bed outlives it.
    [[nodiscard]] api::ApiContext contextFor(runtime::Loop &home, api::LiveSessions &sessions);

    /// Runs the loop until the answer is there; status 0: it did not come.
    Answer ask(const Request &request) { return wait(start(request)); }
    /// The same in two steps, for what happens in between.
    net::ConnectionId start(const Request &request);
    Answer wait(net::ConnectionId connection);
    /// The same as the administrator.
    Answer admin(Request request) { return ask(request.key(adminKey)); }

    /// A key with these scopes; known until the keys in the store change.
    QByteArray addKey(auth::Scopes scopes);
    [[nodiscard]] QByteArray token(const model::UserId &user) const;
    /// Sends one notification as the administrator; its id.
    QByteArray send(const QByteArray &user, const QByteArray &title = "Hello");
    /// What the due queue does when their end has come: it is the clock that says so.
    void expire(const model::UserId &user, const QByteArrayList &ids);

    runtime::FakeClock clock;
    cache::MemoryCache cache{{}, clock};
    cache::LocalFanout fanout;
    auth::Authenticator authenticator{{adminKey, jwtSecret, true}, cache, clock};
    std::unique_ptr<ports::Store> store;
    std::unique_ptr<service::Services> services;
    runtime::Loop loop;
    RecordingLive live;
    api::ApiSettings settings;
    api::HealthReport health;
    api::EventTails tails;
    model::Result<api::SelfTestReport> selfTest{api::SelfTestReport{{{"health", {}, {}}}}};
    std::unique_ptr<api::ApiHandler> handler;

private:
    class Target;
    std::unique_ptr<Target> m_target;
    std::vector<ports::ApiKey> m_keys;
    net::ConnectionId m_next = 1;
};
} // namespace belfry::test
