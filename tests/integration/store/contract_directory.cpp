#include "store_listener.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Result;
using model::Text;
using model::UserId;
using model::VoidResult;
using ports::UserRecord;
using Page = std::pair<std::vector<UserId>, qint64>;

void StoreContract::createsUsersAboveAllNumbers()
{
    const auto create = [this](UserRecord record) {
        return s().await<Result<UserRecord>>(
            [&](auto &home, auto reply) { s().directory().createUser(home, record, std::move(reply)); });
    };
    QCOMPARE(create({{}, "Ann", "ann@example.org", "hash", {}})->id.text, Text("1"));
    s().send("41", "made on first use");
    s().send("007", "no canonical number");
    QCOMPARE(create({{}, "Bob", "bob@example.org", "hash", {}})->id.text, Text("42"));
    QCOMPARE(create({{}, "Ann", "ann@example.org", "hash", {}}).error().code, ErrorCode::Conflict);
    const auto records = s().await<Result<std::vector<UserRecord>>>([&](auto &home, auto reply) {
        s().directory().users(home, {{"42"}, {"x"}, {"41"}}, std::move(reply));
    });
    QCOMPARE(records->at(0).name, Text("Bob"));
    QCOMPARE(records->at(0).email, Text("bob@example.org"));
    QCOMPARE(records->at(0).passwordHash, QByteArray("hash"));
    QVERIFY(records->at(1).id.isEmpty());
    QCOMPARE(records->at(2).id.text, Text("41"));
    QVERIFY(records->at(2).name.isEmpty());

    s().send("9007199254740991", "the last number there is");
    QCOMPARE(create({{}, "Cid", "cid@example.org", "hash", {}})->id.text, Text("43"));
    s().send("9007199254740989", "leaves one");
    QCOMPARE(create({{}, "Dan", "dan@example.org", "hash", {}})->id.text, Text("9007199254740990"));
    QCOMPARE(create({{}, "Eve", "eve@example.org", "hash", {}})->id.text, Text("44"));
}

void StoreContract::pagesAllUsers()
{
    for (int i = 0; i < 5; ++i)
        s().send("u" + QByteArray::number(i), "x");
    std::vector<Text> all;
    qint64 after = 0;
    while (true) {
        const auto page = s().await<Result<Page>>(
            [&](auto &home, auto reply) { s().directory().allUsers(home, after, 2, std::move(reply)); });
        if (page->first.empty())
            break;
        for (const UserId &id : page->first)
            all.push_back(id.text);
        after = page->second;
    }
    QCOMPARE(all, (std::vector<Text>{"u0", "u1", "u2", "u3", "u4"}));
}

namespace {
model::Preferences changed()
{
    model::Preferences p;
    p.timeZone = "Europe/Zurich";
    p.locale = "de-CH";
    p.quietHours = {{{true, false, true, false, true, false, true}, 22 * 60, 7 * 60}};
    p.quietEmail = true;
    p.dndUntil = model::Instant{1'800'000'000'000'001};
    p.matrix["*"].any = true;
    p.matrix["chat"].byChannel[1] = false;
    p.digest["news"].byChannel[2] = model::DigestRule{model::DigestMode::At, 18 * 60, {true, true}};
    p.minUrgency = model::Urgency::Normal;
    p.sound = false;
    return p;
}
} // namespace

void StoreContract::keepsPreferences()
{
    using ports::StoredPreferences;
    const auto get = [this](const Text &user) {
        return s()
            .await<Result<std::vector<StoredPreferences>>>([&](auto &home, auto reply) {
                s().directory().preferences(home, {{user}}, std::move(reply));
            })
            ->front();
    };
    const auto put = [this](const model::Preferences &document, std::optional<QList<Text>> ifMatch) {
        return s().await<Result<StoredPreferences>>([&](auto &home, auto reply) {
            s().directory().putPreferences(home, {{"a"}, document, ifMatch}, s().now(), std::move(reply));
        });
    };
    const StoredPreferences defaults = get("a");
    QVERIFY(defaults.document == model::Preferences{});
    QVERIFY(!defaults.etag.isEmpty());
    const auto stored = put(changed(), QList<Text>{"another", defaults.etag});
    QVERIFY(stored && stored->etag != defaults.etag);
    QVERIFY(get("a").document == changed());
    QCOMPARE(get("a").etag, stored->etag);
    QCOMPARE(put({}, QList<Text>{defaults.etag}).error().code, ErrorCode::Precondition);
    QCOMPARE(put({}, QList<Text>{}).error().code, ErrorCode::Precondition);
    QVERIFY(put(changed(), std::nullopt)); // the same again: no entry
    const auto log = s().log("a");
    QCOMPARE(log->changes.size(), 1);
    QCOMPARE(log->changes[0].kind, model::ChangeKind::Preferences);
    QCOMPARE(std::get<model::PreferencesChange>(log->changes[0].what).etag, stored->etag);
}

namespace {
bool putTopic(StoreDriver &s, const Text &name)
{
    const ports::Topic topic{{name}, "Title of " + name, s.now(), 0};
    return s
        .await<Result<bool>>(
            [&](auto &home, auto reply) { s.directory().putTopic(home, topic, std::move(reply)); })
        .value();
}

VoidResult subscribe(StoreDriver &s, const Text &topic, const Text &user, bool on = true)
{
    return s.await<VoidResult>([&](auto &home, auto reply) {
        s.directory().subscribe(home, {{topic}, {user}, on}, s.now(), std::move(reply));
    });
}

Result<ports::SubmitResult> addJob(StoreDriver &s, const Text &topic, const ports::Submit &submit)
{
    ports::FanoutJob job{submit.event, {topic}, submit};
    return s.await<Result<ports::SubmitResult>>(
        [&](auto &home, auto reply) { s.directory().addJob(home, job, std::move(reply)); });
}

int step(StoreDriver &s, int limit)
{
    const auto decide = [](const UserId &user, const model::Preferences &, const model::Content &) {
        ports::Recipient recipient;
        recipient.rule = "by_job";
        recipient.inApp = user.text != "muted";
        return recipient;
    };
    return s
        .await<Result<int>>([&](auto &home, auto reply) {
            s.directory().stepJob(home, limit, decide, s.now(), std::move(reply));
        })
        .value();
}
} // namespace

void StoreContract::keepsTopics()
{
    QVERIFY(putTopic(s(), "news"));
    QVERIFY(!putTopic(s(), "news"));
    QVERIFY(putTopic(s(), "alerts"));
    for (const char *user : {"c", "a", "b", "a"})
        QVERIFY(subscribe(s(), "news", user));
    QVERIFY(subscribe(s(), "news", "c", false));
    QVERIFY(subscribe(s(), "news", "c", false));
    QCOMPARE(subscribe(s(), "none", "a").error().code, ErrorCode::NotFound);
    const auto one = [this](const Text &name) {
        return s().await<Result<ports::Topic>>(
            [&](auto &home, auto reply) { s().directory().topic(home, {name}, std::move(reply)); });
    };
    QCOMPARE(one("news")->subscribers, 2);
    QCOMPARE(one("news")->title, Text("Title of news"));
    QCOMPARE(one("none").error().code, ErrorCode::NotFound);
    const auto all = s().await<Result<std::vector<ports::Topic>>>(
        [&](auto &home, auto reply) { s().directory().topics(home, std::move(reply)); });
    QCOMPARE(all->size(), 2);
    QCOMPARE(all->at(0).name.text, Text("alerts"));
    const auto subscribers = [this](qint64 after) {
        return s().await<Result<Page>>([&](auto &home, auto reply) {
            s().directory().subscribers(home, {"news"}, after, 1, std::move(reply));
        });
    };
    const auto first = subscribers(0);
    QCOMPARE(first->first.at(0).text, Text("a"));
    QCOMPARE(subscribers(first->second)->first.at(0).text, Text("b"));
    const auto remove = [this] {
        return s().await<VoidResult>(
            [&](auto &home, auto reply) { s().directory().removeTopic(home, {"news"}, std::move(reply)); });
    };
    QVERIFY(remove());
    QCOMPARE(remove().error().code, ErrorCode::NotFound);
    QCOMPARE(subscribers(0).error().code, ErrorCode::NotFound);
}

void StoreContract::whatIsRefusedMakesNobody()
{
    QVERIFY(putTopic(s(), "news"));
    const auto subscribeKnown = [this](const ports::Subscription &wish) {
        return s().await<VoidResult>([&](auto &home, auto reply) {
            s().directory().subscribe(home, wish, s().now(), std::move(reply));
        });
    };
    const auto put = [this](const ports::PreferencesWrite &wish) {
        return s().await<Result<ports::StoredPreferences>>([&](auto &home, auto reply) {
            s().directory().putPreferences(home, wish, s().now(), std::move(reply));
        });
    };
    QCOMPARE(subscribe(s(), "none", "ghost").error().code, ErrorCode::NotFound);
    QCOMPARE(subscribeKnown({{"news"}, {"ghost"}, true, false}).error().code, ErrorCode::NotFound);
    QVERIFY(subscribe(s(), "news", "ghost", false));
    QVERIFY(subscribeKnown({{"news"}, {"ghost"}, false, false}));
    QCOMPARE(put({{"ghost"}, changed(), QList<Text>{"another"}}).error().code, ErrorCode::Precondition);
    QCOMPARE(put({{"ghost"}, changed(), {}, false}).error().code, ErrorCode::NotFound);
    const auto everybody = [this] {
        return s()
            .await<Result<Page>>(
                [&](auto &home, auto reply) { s().directory().allUsers(home, 0, 9, std::move(reply)); })
            ->first;
    };
    QVERIFY(everybody().empty());
    QVERIFY(subscribe(s(), "news", "a"));
    QVERIFY(put({{"b"}, changed(), {}}));
    QVERIFY(put({{"b"}, {}, {}, false})); // known by now
    QCOMPARE(everybody().size(), 2);
}

void StoreContract::broadcastsToTheUsersOfThatMoment()
{
    for (const char *user : {"u1", "u2", "muted", "u3", "u4"})
        s().send(user, "before");
    m_listener->take();
    ports::Submit submit = s().submitOf({}, s().content("to all"));
    submit.content = [] {
        model::Content c = StoreDriver::content("to all", "Grüße");
        c.actions = {{"a", "A", "https://example.org"}};
        c.critical = true;
        return std::make_shared<const model::Content>(c);
    }();
    const auto accepted = addJob(s(), {}, submit);
    QVERIFY(accepted && accepted->event == submit.event && accepted->items.empty());
    s().send("u5", "too late for the job");
    QCOMPARE(step(s(), 2), 2);
    s().clock().advance(1s);
    QCOMPARE(step(s(), 2), 2);
    QCOMPARE(step(s(), 2), 1);
    QCOMPARE(step(s(), 2), 0);
    for (const char *user : {"u1", "u2", "u3", "u4"}) {
        QCOMPARE(s().titles(user), (std::vector<Text>{"to all", "before"}));
        const auto item = s().list(user).items[0];
        QVERIFY(item.event == submit.event);
        QCOMPARE(item.content.actions.size(), 1);
        QVERIFY(item.content.ackRequired && item.expiresAt == submit.expiresAt);
        checkWhole(user);
    }
    QCOMPARE(s().titles("muted").size(), 1);
    QCOMPARE(s().titles("u5").size(), 1);
}

void StoreContract::topicJobsReachSubscribers()
{
    QVERIFY(putTopic(s(), "news"));
    for (const char *user : {"a", "b", "c"})
        QVERIFY(subscribe(s(), "news", user));
    QCOMPARE(addJob(s(), "none", s().submitOf({}, s().content("x"))).error().code, ErrorCode::NotFound);
    QVERIFY(addJob(s(), "news", s().submitOf({}, s().content("first"))));
    QVERIFY(subscribe(s(), "news", "late"));
    QVERIFY(addJob(s(), "news", s().submitOf({}, s().content("second"))));
    QVERIFY(subscribe(s(), "news", "b", false));
    int written = 0;
    while (const int n = step(s(), 2))
        written += n;
    QCOMPARE(written, 5);
    QCOMPARE(s().titles("a"), (std::vector<Text>{"second", "first"}));
    QCOMPARE(s().titles("late"), (std::vector<Text>{"second"}));
    QCOMPARE(s().titles("b").size(), 0);
}

void StoreContract::jobsAreAcceptedOnce()
{
    s().send("a", "before");
    ports::Submit submit = s().submitOf({}, s().content("all"));
    submit.idempotency = ports::IdempotencyKey{"k", "1", "hash"};
    submit.render = [](const ports::SubmitResult &result) {
        return ports::StoredAnswer{202, "application/json", result.event.toText()};
    };
    QVERIFY(!addJob(s(), {}, submit)->replayed);
    QVERIFY(addJob(s(), {}, submit)->replayed.has_value());
    while (step(s(), 10) > 0) {
    }
    QCOMPARE(s().titles("a").size(), 2);
}

void StoreContract::heavyJobsTakeShortSteps()
{
    constexpr int users = 40;
    for (int i = 0; i < users; ++i)
        s().send("user-" + QByteArray::number(i), "before");
    model::Content heavy = s().content("heavy");
    heavy.data = R"({"x":")" + QByteArray(250'000, 'y') + R"("})";
    QVERIFY(addJob(s(), {}, s().submitOf({}, heavy)));
    int done = 0;
    int largest = 0;
    for (int count = step(s(), 500); count > 0; count = step(s(), 500)) {
        done += count;
        largest = std::max(largest, count);
    }
    QCOMPARE(done, users);
    QCOMPARE(largest, 16); // 4 MiB
}

void StoreContract::jobsEndWithTheirTime()
{
    for (const char *user : {"a", "b", "c"})
        s().send(user, "before");
    ports::Submit brief = s().submitOf({}, s().content("brief"));
    brief.expiresAt = s().now() + 10s;
    QVERIFY(addJob(s(), {}, brief));
    QVERIFY(addJob(s(), {}, s().submitOf({}, s().content("next"))));
    QCOMPARE(step(s(), 2), 2);
    s().clock().advance(10s);
    m_listener->take();
    QCOMPARE(step(s(), 2), 2); // of the next one: the rest of the first is left out
    QCOMPARE(m_listener->take().size(), 2);
    QCOMPARE(s().titles("a", ports::ListState::All), (std::vector<Text>{"next", "brief", "before"}));
    QCOMPARE(step(s(), 2), 1);
    QCOMPARE(s().titles("c", ports::ListState::All), (std::vector<Text>{"next", "before"}));
    QCOMPARE(step(s(), 2), 0);
}

void StoreContract::keepsKeys()
{
    const ports::ApiKey key{"id", "ci", QByteArray(32, '\x80'), 5, s().now(), s().now() + model::days(90),
                            {},   true};
    const auto entryAt = [this](const Text &action) {
        ports::AuditEntry entry;
        entry.at = s().now();
        entry.actor = "operator";
        entry.action = action;
        return entry;
    };
    QVERIFY(s().await<VoidResult>([&](auto &home, auto reply) {
        s().directory().addKey(home, key, entryAt("key.create"), std::move(reply));
    }));
    const auto revoke = [&](const Text &id, quint32 mayEnd = 5, bool mayEndBootstrap = true) {
        return s().await<VoidResult>([&](auto &home, auto reply) {
            s().directory().revokeKey(home, {id, mayEnd, mayEndBootstrap}, entryAt("key.revoke"),
                                      std::move(reply));
        });
    };
    const auto keys = [this] {
        return s()
            .await<Result<std::vector<ports::ApiKey>>>(
                [&](auto &home, auto reply) { s().directory().keys(home, std::move(reply)); })
            .value();
    };
    QCOMPARE(keys().size(), 1);
    QCOMPARE(keys()[0].hash, key.hash);
    QCOMPARE(keys()[0].scopes, 5u);
    QVERIFY(keys()[0].bootstrap && keys()[0].expiresAt == key.expiresAt && !keys()[0].revokedAt);
    QVERIFY(!keys()[0].usedAt);
    const auto use = [this](std::vector<ports::KeyUse> uses) {
        return s().await<VoidResult>([&](auto &home, auto reply) {
            s().directory().noteKeyUses(home, uses, s().now(), std::move(reply));
        });
    };
    QVERIFY(use({{"nobody's", {3}}, {"id", {2}}}) && use({{"id", {1}}}));
    QCOMPARE(keys()[0].usedAt, model::MaybeInstant(model::Instant{2}));
    const model::Instant at = s().now();
    QCOMPARE(revoke("id", 4).error().code, ErrorCode::Forbidden);
    QCOMPARE(revoke("id", 7, false).error().code, ErrorCode::Forbidden);
    QVERIFY(!keys()[0].revokedAt);
    QVERIFY(revoke("id"));
    s().clock().advance(1s);
    QVERIFY(revoke("id"));
    QVERIFY(keys()[0].revokedAt == at);
    QCOMPARE(revoke("none").error().code, ErrorCode::NotFound);
    const auto audit = s().await<Result<std::vector<ports::AuditEntry>>>(
        [&](auto &home, auto reply) { s().sessions().audit(home, 0, 10, std::move(reply)); });
    QCOMPARE(audit->size(), 2); // a repeat, and what is not there, change nothing
    QCOMPARE(audit->at(0).action, Text("key.revoke"));
}

void StoreContract::rotatesKeys()
{
    const auto add = [this](ports::ApiKey key) {
        QVERIFY(s().await<VoidResult>(
            [&](auto &home, auto reply) { s().directory().addKey(home, key, {}, std::move(reply)); }));
    };
    const auto rotate = [this](const Text &id, const Text &next, quint32 mayGrant = 7) {
        const ports::KeyRotation wish{id, next, QByteArray(32, 'n'), mayGrant, 24h, s().now()};
        return s().await<Result<ports::ApiKey>>(
            [&](auto &home, auto reply) { s().directory().rotateKey(home, wish, {}, std::move(reply)); });
    };
    const auto endOf = [this](const Text &id) -> model::MaybeInstant {
        const auto keys = s().await<Result<std::vector<ports::ApiKey>>>(
            [&](auto &home, auto reply) { s().directory().keys(home, std::move(reply)); });
        for (const ports::ApiKey &key : *keys) {
            if (key.id == id)
                return key.expiresAt;
        }
        return {};
    };
    const model::Instant start = s().now();
    add({"old", "ci", QByteArray(32, 'o'), 5, start, start + model::days(90), {}, false});
    add({"short", "ci", QByteArray(32, 's'), 5, start, start + 2h, {}, false});
    add({"endless", "ci", QByteArray(32, 'e'), 5, start, {}, {}, false});
    add({"boot", "bootstrap", QByteArray(32, 'b'), 5, start, {}, {}, true});
    s().clock().advance(1h);
    QCOMPARE(rotate("old", "no", 4).error().code, ErrorCode::Forbidden);
    const auto next = rotate("old", "new");
    QVERIFY(next);
    QCOMPARE(next->name, Text("ci"));
    QCOMPARE(next->scopes, 5u);
    QCOMPARE(next->hash, QByteArray(32, 'n'));
    QVERIFY(next->createdAt == s().now() && next->expiresAt == s().now() + model::days(90));
    QVERIFY(endOf("new") == next->expiresAt && endOf("old") == s().now() + 24h);
    QCOMPARE(rotate("old", "newer").error().code, ErrorCode::Conflict);
    QVERIFY(rotate("short", "short2"));
    QVERIFY(endOf("short") == start + 2h); // no longer than it would have been
    QVERIFY(rotate("endless", "endless2") && !endOf("endless2"));
    QCOMPARE(rotate("boot", "boot2").error().code, ErrorCode::Conflict);
    QCOMPARE(rotate("none", "x").error().code, ErrorCode::NotFound);
    s().clock().advance(model::days(91));
    QCOMPARE(rotate("new", "late").error().code, ErrorCode::Conflict);
}
} // namespace belfry::store