#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Result;
using model::VoidResult;
using ports::AuditEntry;
using ports::Session;

namespace {
constexpr auto lostAnswerTime = 30s;

QByteArray hashOf(char letter)
{
    return QByteArray(32, letter);
}

AuditEntry entryOf(StoreDriver &s, const model::Text &action)
{
    AuditEntry entry;
    entry.at = s.now();
    entry.actor = "user:1";
    entry.action = action;
    entry.address = "192.0.2.7";
    return entry;
}

/// "1" signs in on this device; its tokens are of `family`, the first one is `secret`.
VoidResult openAt(StoreDriver &s, const model::Text &user, const model::Text &device, char family,
                  char secret)
{
    const Session session{"session-" + device + family, {user}, {device}, "192.0.2.7", s.now(), s.now(),
                          s.now() + model::days(30),    {}};
    return s.await<VoidResult>([&](auto &home, auto reply) {
        s.sessions().open(home, session, {hashOf(family), hashOf(secret)}, entryOf(s, "login"),
                          std::move(reply));
    });
}

Result<Session> rotate(StoreDriver &s, char family, char shown, char next)
{
    const ports::Rotation rotation{{hashOf(family), hashOf(shown)}, hashOf(next),   s.now(),
                                   s.now() + model::days(30),       lostAnswerTime, "192.0.2.8"};
    return s.await<Result<Session>>(
        [&](auto &home, auto reply) { s.sessions().rotate(home, rotation, std::move(reply)); });
}

std::vector<AuditEntry> auditOf(StoreDriver &s, qint64 before = 0, int limit = 100)
{
    return s
        .await<Result<std::vector<AuditEntry>>>(
            [&](auto &home, auto reply) { s.sessions().audit(home, before, limit, std::move(reply)); })
        .value();
}

model::Text someone(StoreDriver &s)
{
    ports::UserRecord record;
    record.name = "Ann";
    record.email = "ann@example.org";
    record.passwordHash = "hash";
    return s
        .await<Result<ports::UserRecord>>(
            [&](auto &home, auto reply) { s.directory().createUser(home, record, std::move(reply)); })
        ->id.text;
}
} // namespace

void StoreContract::findsAccountsByMail()
{
    const auto find = [this](const model::Text &email) {
        return s()
            .await<Result<std::optional<ports::Account>>>(
                [&](auto &home, auto reply) { s().sessions().account(home, email, std::move(reply)); })
            .value();
    };
    const model::Text user = someone(s());
    QCOMPARE(find("ann@example.org")->user.text, user);
    QCOMPARE(find("ann@example.org")->passwordHash, QByteArray("hash"));
    QVERIFY(!find("ben@example.org"));
    QVERIFY(!find(""));
}

void StoreContract::rotatesARefreshToken()
{
    const model::Text user = someone(s());
    QVERIFY(openAt(s(), user, "phone", 'F', 'a'));
    s().clock().advance(1h);
    const auto next = rotate(s(), 'F', 'a', 'b');
    QVERIFY(next);
    QCOMPARE(next->user.text, user);
    QCOMPARE(next->device.text, model::Text("phone"));
    QCOMPARE(next->address, model::Text("192.0.2.8"));
    QVERIFY(next->usedAt == s().now() && next->expiresAt == s().now() + model::days(30));
    // The answer was lost: once more, within the lostAnswerTime; what it held is void.
    s().clock().advance(lostAnswerTime);
    QVERIFY(rotate(s(), 'F', 'a', 'c'));
    QVERIFY(rotate(s(), 'F', 'c', 'd'));
    s().clock().advance(model::days(30));
    QCOMPARE(rotate(s(), 'F', 'd', 'e').error().code, ErrorCode::Unauthenticated);
    QCOMPARE(rotate(s(), 'G', 'd', 'e').error().code, ErrorCode::Unauthenticated);
    QCOMPARE(openAt(s(), "nobody", "phone", 'X', 'a').error().code, ErrorCode::NotFound);
}

void StoreContract::revokesWhatIsUsedTwice()
{
    const model::Text user = someone(s());
    const auto reuse = [&](char family, auto use) {
        QVERIFY(openAt(s(), user, "phone", family, 'a'));
        QVERIFY(rotate(s(), family, 'a', 'b'));
        use(family);
        QVERIFY(!rotate(s(), family, 'b', 'x'));
        QCOMPARE(auditOf(s()).front().action, model::Text("session.reuse"));
        QVERIFY(!auditOf(s()).front().done);
    };
    reuse('F', [this](char family) { // too late for a lost answer
        s().clock().advance(lostAnswerTime + 1ms);
        QCOMPARE(rotate(s(), family, 'a', 'c').error().code, ErrorCode::Unauthenticated);
    });
    reuse('G', [this](char family) { // what the lost answer held
        QVERIFY(rotate(s(), family, 'a', 'c'));
        QCOMPARE(rotate(s(), family, 'b', 'd').error().code, ErrorCode::Unauthenticated);
    });
    reuse('H', [this](char family) { // one that was never the last one's predecessor
        QCOMPARE(rotate(s(), family, 'z', 'd').error().code, ErrorCode::Unauthenticated);
    });
}

void StoreContract::oneSessionADevice()
{
    const model::Text user = someone(s());
    QVERIFY(openAt(s(), user, "phone", 'F', 'a'));
    QVERIFY(openAt(s(), user, "laptop", 'G', 'a'));
    QVERIFY(openAt(s(), user, "phone", 'H', 'a'));
    QVERIFY(!rotate(s(), 'F', 'a', 'b'));
    QVERIFY(rotate(s(), 'G', 'a', 'b'));
    QVERIFY(rotate(s(), 'H', 'a', 'b'));
}

void StoreContract::closesASession()
{
    const model::Text user = someone(s());
    const auto close = [this](char family) {
        return s().await<VoidResult>([&](auto &home, auto reply) {
            s().sessions().close(home, {hashOf(family), hashOf('a')}, entryOf(s(), "logout"),
                                 std::move(reply));
        });
    };
    QVERIFY(openAt(s(), user, "phone", 'F', 'a'));
    QVERIFY(close('F'));
    QVERIFY(close('F'));
    QVERIFY(close('G'));
    QVERIFY(!rotate(s(), 'F', 'a', 'b'));
    const auto entries = auditOf(s());
    QCOMPARE(entries.size(), 2);
    QCOMPARE(entries[0].action, model::Text("logout"));
    QCOMPARE(entries[0].actor, "user:" + user);
    QCOMPARE(entries[0].target, model::Text("session:session-phoneF"));
}

void StoreContract::listsAndEndsSessions()
{
    const model::Text user = someone(s());
    QVERIFY(openAt(s(), user, "laptop", 'F', 'a'));
    QVERIFY(openAt(s(), user, "phone", 'G', 'a'));
    QVERIFY(openAt(s(), user, "watch", 'H', 'a'));
    const auto live = [this](const ports::SessionFilter &filter) {
        const auto found = s().await<Result<std::vector<Session>>>(
            [&](auto &home, auto reply) { s().sessions().live(home, filter, s().now(), std::move(reply)); });
        std::vector<model::Text> devices;
        for (const Session &session : *found)
            devices.push_back(session.device.text);
        return devices;
    };
    using Devices = std::vector<model::Text>;
    QCOMPARE(live({{}, {}, 2}), (Devices{"watch", "phone"}));
    QCOMPARE(live({{user}, "session-phoneG", 2}), (Devices{"laptop"}));
    QVERIFY(live({{"nobody"}, {}, 2}).empty());
    const auto end = [this](const ports::SessionEnd &what) {
        return s().await<Result<int>>([&](auto &home, auto reply) {
            s().sessions().end(home, what, entryOf(s(), "session.end"), std::move(reply));
        });
    };
    QCOMPARE(end({"session-phoneG", {}, {}}), Result<int>(1));
    QCOMPARE(end({"session-phoneG", {}, {}}), Result<int>(0));
    QCOMPARE(end({"no-session", {}, {}}).error().code, ErrorCode::NotFound);
    QCOMPARE(end({{}, {"nobody"}, {}}).error().code, ErrorCode::NotFound);
    QVERIFY(!rotate(s(), 'G', 'a', 'b'));
    ports::PersonChange raise;
    raise.id.text = user;
    raise.role = raise.upTo = model::Role::Admin;
    QVERIFY(s().await<Result<ports::Person>>([&](auto &home, auto reply) {
        s().people().change(home, raise, entryOf(s(), "x"), std::move(reply));
    }));
    QCOMPARE(end({"session-watchH", {}, model::Role::Operator}).error().code, ErrorCode::Forbidden);
    QCOMPARE(end({{}, {user}, model::Role::Operator}).error().code, ErrorCode::Forbidden);
    QCOMPARE(end({{}, {user}, model::Role::Admin}), Result<int>(2));
    QVERIFY(live({{user}, {}, 9}).empty());
    int ends = 0;
    for (const AuditEntry &entry : auditOf(s()))
        ends += entry.action == "session.end" ? 1 : 0;
    QCOMPARE(ends, 2);
    QVERIFY(openAt(s(), user, "phone", 'I', 'a'));
    s().clock().advance(model::days(30));
    QVERIFY(live({{}, {}, 9}).empty());
}

void StoreContract::auditHasPages()
{
    for (int i = 0; i < 5; ++i) {
        AuditEntry entry = entryOf(s(), "step" + QByteArray::number(i));
        entry.done = i % 2 == 0;
        QVERIFY(s().await<VoidResult>(
            [&](auto &home, auto reply) { s().sessions().note(home, entry, std::move(reply)); }));
    }
    const auto first = auditOf(s(), 0, 2);
    QCOMPARE(first.size(), 2);
    QCOMPARE(first[0].action, model::Text("step4"));
    QVERIFY(first[0].place > first[1].place && first[0].at == s().now());
    QVERIFY(first[0].done && !first[1].done);
    QVERIFY(first[0].target.isEmpty() && first[0].detail.isEmpty());
    QCOMPARE(first[0].address, model::Text("192.0.2.7"));
    const auto rest = auditOf(s(), first[1].place, 10);
    QCOMPARE(rest.size(), 3);
    QCOMPARE(rest[2].action, model::Text("step0"));
}
} // namespace belfry::store
