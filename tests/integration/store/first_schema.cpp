#include "first_schema.h"

#include "store/migrations.h"
#include "store/preferences_codec.h"

namespace belfry::store {
using model::NotificationId;
using model::OpSet;
using model::Result;
using model::Text;
using ports::ListState;

namespace {
/// {id N} is a notification, {bytes TEXT} what a BLOB holds, {document} and {etag} a preferences document.
constexpr char firstRows[] = R"(
INSERT INTO meta (name, value) VALUES ('epoch', 'first epoch'), ('legacy_id', '7');
INSERT INTO users (external_id, head, floor, unseen, unread, number, created_at) VALUES
    ('ada', 6, 1, 1, 1, NULL, 1699000000000000),
    ('42', 0, 1, 0, 0, 42, 1699000000000001);
INSERT INTO profiles (user_key, name, email, password_hash) VALUES (2, 'Grace', 'grace@example.org', {bytes hash});
INSERT INTO preferences (user_key, etag, document) VALUES (1, '{etag}', '{document}');
INSERT INTO notifications (id, user_key, created_seq, seq, flags, revision, state, hold_reason, suppress_reason, marks,
    urgency, created_at, updated_at, expires_at, scheduled_for, due_at, event_id, legacy_id, type, title, message, data,
    priority, source, extra, collapse_key, dedupe_key, traceparent, rule, seen_at, read_at, acked_at, archived_at,
    snoozed_until, clicked_at, deleted_at, read_changed_at, archived_changed_at, snoozed_changed_at) VALUES
    ({id 1}, 1, 1, 1, 71, 1, 3, 0, 0, 1, 2, 1699990000000000, 1699990000000000, 1702000000000000, NULL,
     1702000000000000, {id 8}, 7, 'build', 'Build finished', 'all green', '{"n":1}', 'low', 'ci', NULL, 'c', 'd',
     NULL, 'server_default', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ({id 2}, 1, 2, 4, 65, 1, 3, 0, 0, 1, 2, 1699990000000000, 1699991000000000, 1702000000000000, NULL,
     1702000000000000, {id 8}, NULL, 'general', 'Read before', 'text', NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, 1699991000000000, 1699991000000000, NULL, NULL, NULL, NULL, NULL, 1699991000000000, NULL, NULL),
    ({id 3}, 1, 3, 5, 72, 1, 3, 0, 0, 1, 2, 1699990000000000, 1699992000000000, 1702000000000000, NULL,
     1702000000000000, {id 8}, NULL, 'general', 'Archived before', 'text', NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, 1699992000000000, 1699992000000000, NULL, 1699992000000000, NULL, NULL, NULL, 1699992000000000,
     1699992000000000, NULL),
    ({id 4}, 1, 0, 0, 0, 1, 1, 1, 0, 1, 2, 1699990000000000, 1699990000000000, 1702000000000000, 1700000060000000,
     1700000060000000, {id 8}, NULL, 'general', 'Held until then', 'text', NULL, NULL, NULL, NULL, NULL, NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO user_log (user_key, seq, kind, alert, at, item, payload) VALUES
    (1, 4, 2, 0, 1699991000000000, NULL, '{"set":1,"op":"op-a","upto":2,"at":1699991000000000}'),
    (1, 5, 2, 0, 1699992000000000, NULL, '{"set":4,"op":"op-b","ids":["{text 3}"],"at":1699992000000000}'),
    (1, 6, 5, 0, 1699993000000000, NULL, '{etag}');
INSERT INTO answers (scope, key, body_hash, at, status, content_type, body) VALUES
    ('key', 'again', {bytes same}, 1699999000000000, 201, 'application/json', {bytes made});
INSERT INTO ops (user_key, id, at, seq, superseded, items) VALUES (1, 'op-a', 1699991000000000, 4, 0, NULL);
INSERT INTO cursors (user_key, device, seq, at) VALUES (1, 'phone', 4, 1699991000000000);
INSERT INTO marks (user_key, mark, day, at) VALUES (1, 'daily_login', '2023-11-14', 1699990000000000);
INSERT INTO topics (name, title, created_at, subscribers) VALUES ('news', 'News', 1699000000000000, 1);
INSERT INTO subscriptions (topic_key, user_key, at) VALUES (1, 1, 1699000000000000);
INSERT INTO jobs (topic, payload, last, bound, at) VALUES
    ('news', '{"type":"general","title":"To all","message":"text","data":"{}","urgency":2,"now":1699999000000000,)"
                             R"("expires":1702000000000000}', 0, 1, 1699999000000000);
INSERT INTO api_keys (id, name, hash, scopes, created_at, expires_at, revoked_at, bootstrap) VALUES
    ('k1', 'bootstrap', {bytes secret}, 255, 1699000000000000, NULL, NULL, 1);
)";

/// What only one dialect has for its search.
QByteArray searchRows(const QByteArray &dialect)
{
    if (dialect == "sqlite")
        return "INSERT INTO search_changes (user_key, created_seq) VALUES (1, 1);";
    return "INSERT INTO search_terms (id, terms) VALUES"
           " ({id 1}, array_to_tsvector('{1zbuild,1zfinished,1zall,1zgreen}')),"
           " ({id 2}, array_to_tsvector('{1zread,1zbefore,1ztext}')),"
           " ({id 3}, array_to_tsvector('{1zarchived,1zbefore,1ztext}')),"
           " ({id 4}, array_to_tsvector('{1zheld,1zuntil,1zthen,1ztext}'));";
}

NotificationId idOf(int number)
{
    return *NotificationId::parse("018bcfe5-6800-7000-8000-00000000000" + QByteArray::number(number));
}

model::Preferences keptPreferences()
{
    model::Preferences preferences;
    preferences.timeZone = "Europe/Berlin";
    return preferences;
}

QByteArray bytesFor(const QByteArray &dialect, const QByteArray &bytes)
{
    return (dialect == "sqlite" ? "X'" : "'\\x") + bytes.toHex() + '\'';
}

QByteArray filledIn(const QByteArray &dialect, QByteArray sql)
{
    for (int i = 1; i < 9; ++i) {
        const QByteArray number = QByteArray::number(i);
        sql.replace("{id " + number + '}', dialect == "sqlite" ? bytesFor(dialect, idOf(i).toBytes())
                                                               : '\'' + idOf(i).toText() + '\'');
        sql.replace("{text " + number + '}', idOf(i).toText());
    }
    for (const char *bytes : {"hash", "same", "made", "secret"})
        sql.replace("{bytes " + QByteArray(bytes) + '}', bytesFor(dialect, bytes));
    const PreferencesRow preferences = preferencesRow(keptPreferences());
    return sql.replace("{etag}", preferences.etag).replace("{document}", preferences.document);
}
} // namespace

QByteArray FirstSchema::sql(const QByteArray &dialect)
{
    const Migration first = migrationsOf(dialect).front();
    return first.sql +
           "CREATE TABLE schema_versions (version integer PRIMARY KEY, name text NOT NULL, checksum text NOT "
           "NULL,"
           " applied_at bigint NOT NULL);"
           "INSERT INTO schema_versions VALUES (1, '" +
           first.name + "', '" + first.checksum + "', 0);" +
           filledIn(dialect, firstRows + searchRows(dialect));
}

void FirstSchema::checkInbox(StoreDriver &driver)
{
    QCOMPARE(driver.directory().epoch().text, Text("first epoch"));
    const ports::LogState state = driver.state("ada");
    QCOMPARE(state.head, 6);
    QVERIFY(state.counts == (model::Counts{1, 1}));
    QCOMPARE(driver.titles("ada"), (std::vector<Text>{"Read before", "Build finished"}));
    QCOMPARE(driver.titles("ada", ListState::Archived), (std::vector<Text>{"Archived before"}));
    QCOMPARE(driver.titles("ada", ListState::Scheduled), (std::vector<Text>{"Held until then"}));
    QCOMPARE(driver.search("ada", "build gre"), (std::vector<Text>{"Build finished"}));
    QCOMPARE(driver.search("ada", "before"), (std::vector<Text>{"Read before"}));

    const auto built = driver.item(idOf(1));
    QVERIFY(built);
    QCOMPARE(built->content.data, Text(R"({"n":1})"));
    QCOMPARE(built->legacyId.value_or(0), 7);
    QVERIFY(!built->engagement.attentionAt);
    const auto log = driver.log("ada");
    QCOMPARE(log->changes.size(), std::size_t(6));
    QVERIFY(std::get<model::StateChange>(log->changes.at(3).what).op.target ==
            (std::variant<QList<NotificationId>, model::UpTo>(model::UpTo{2})));
    QVERIFY(std::get<model::StateChange>(log->changes.at(4).what).op.target ==
            (std::variant<QList<NotificationId>, model::UpTo>(QList{idOf(3)})));
}

void FirstSchema::checkDirectory(StoreDriver &driver)
{
    ports::Directory &directory = driver.directory();
    const auto grace = driver.await<Result<std::vector<ports::UserRecord>>>(
        [&](auto &home, auto reply) { directory.users(home, {{"42"}}, std::move(reply)); });
    QCOMPARE(grace->at(0).email, Text("grace@example.org"));
    QCOMPARE(grace->at(0).passwordHash, QByteArray("hash"));
    const auto preferences = driver.await<Result<std::vector<ports::StoredPreferences>>>(
        [&](auto &home, auto reply) { directory.preferences(home, {{"ada"}}, std::move(reply)); });
    QVERIFY(preferences->at(0).document == keptPreferences());
    const auto topics = driver.await<Result<std::vector<ports::Topic>>>(
        [&](auto &home, auto reply) { directory.topics(home, std::move(reply)); });
    QCOMPARE(topics->at(0).title, Text("News"));
    QCOMPARE(topics->at(0).subscribers, 1);
    const auto keys = driver.await<Result<std::vector<ports::ApiKey>>>(
        [&](auto &home, auto reply) { directory.keys(home, std::move(reply)); });
    QCOMPARE(keys->at(0).hash, QByteArray("secret"));
    QVERIFY(keys->at(0).bootstrap);
    const auto answer = driver.await<Result<std::optional<ports::StoredAnswer>>>([&](auto &home, auto reply) {
        directory.findAnswer(home, {"key", "again", "same"}, driver.now(), std::move(reply));
    });
    QCOMPARE(answer->value_or(ports::StoredAnswer{}).body, QByteArray("made"));
    const auto made = driver.await<Result<ports::UserRecord>>([&](auto &home, auto reply) {
        directory.createUser(home, {{}, "Ann", "ann@example.org", "hash", driver.now()}, std::move(reply));
    });
    QCOMPARE(made->id.text, Text("43"));
}

void FirstSchema::checkWork(StoreDriver &driver)
{
    model::Op repeat = driver.op(OpSet::Read, model::UpTo{2});
    repeat.id.text = "op-a";
    QCOMPARE(driver.ops("ada", {repeat})->applied[0].seq, 4); // what it answered then
    model::Content again = StoreDriver::content("Build finished again");
    again.dedupeKey = "d";
    QCOMPARE(driver.submit(driver.submitOf({"ada"}, again))->items[0].outcome,
             ports::SubmitOutcome::Deduplicated);
    again.dedupeKey = {};
    again.collapseKey = "c";
    QCOMPARE(driver.submit(driver.submitOf({"ada"}, again))->items[0].item.id, idOf(1));
    QCOMPARE(driver.search("ada", "again"), (std::vector<Text>{"Build finished again"}));
    QCOMPARE(driver.apply("ada", OpSet::Read, idOf(1)).seq, 8);

    const auto written = driver.await<Result<int>>([&](auto &home, auto reply) {
        driver.directory().stepJob(
            home, 10, [&](const auto &user, const auto &, const auto &) { return driver.to(user.text); },
            driver.now(), std::move(reply));
    });
    QCOMPARE(written.value_or(-1), 1);
    driver.clock().set(stoppedAt + std::chrono::minutes(2));
    QCOMPARE(driver.settleAll(), 1);
    QCOMPARE(driver.titles("ada"),
             (std::vector<Text>{"Held until then", "To all", "Read before", "Build finished again"}));
    QCOMPARE(driver.state("ada").head, 10);
}

void FirstSchema::check(StoreDriver &driver)
{
    for (const auto part :
         {&FirstSchema::checkInbox, &FirstSchema::checkDirectory, &FirstSchema::checkWork}) {
        part(driver);
        if (QTest::currentTestFailed())
            return;
    }
}
} // namespace belfry::store
