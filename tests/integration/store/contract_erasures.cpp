#include "store_contract.h"

#include "store_listener.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Notification;
using model::Result;
using model::Text;
using model::VoidResult;

namespace {
ports::AuditEntry eraseNote(StoreDriver &s)
{
    ports::AuditEntry entry;
    entry.at = s.now();
    entry.actor = "key:1";
    entry.action = "user.erase";
    return entry;
}

VoidResult erase(StoreDriver &s, const Text &user, model::Role upTo = model::Role::Owner)
{
    return s.await<VoidResult>([&](auto &home, auto reply) {
        s.people().erase(home, {user}, upTo, eraseNote(s), std::move(reply));
    });
}

ports::ErasureStep stepOnce(StoreDriver &s, int limit)
{
    return s
        .await<Result<ports::ErasureStep>>(
            [&](auto &home, auto reply) { s.people().stepErasure(home, limit, s.now(), std::move(reply)); })
        .value();
}

int eraseAll(StoreDriver &s, int limit = 100)
{
    int steps = 0;
    while (stepOnce(s, limit).worked)
        ++steps;
    return steps;
}

ports::Person whoIs(StoreDriver &s, const Text &user)
{
    return s
        .await<Result<ports::Person>>(
            [&](auto &home, auto reply) { s.people().find(home, {user}, std::move(reply)); })
        .value();
}

void addAnna(StoreDriver &s, model::Role role = model::Role::User)
{
    ports::NewPerson wish;
    wish.person.id.text = "anna";
    wish.person.name = "Anna";
    wish.person.email = "anna@example.org";
    wish.person.role = role;
    wish.passwordHash = "hash";
    wish.upTo = model::Role::Owner;
    const auto made = s.await<Result<ports::Person>>(
        [&](auto &home, auto reply) { s.people().add(home, wish, eraseNote(s), std::move(reply)); });
    QVERIFY(made);
}

ports::WebhookId hookOf(StoreDriver &s, const Text &user)
{
    ports::Webhook webhook;
    webhook.createdAt = webhook.updatedAt = s.now();
    webhook.id = ports::WebhookId::makeV7(s.now());
    webhook.url = "https://app.example";
    webhook.secret = "whsec_c2VjcmV0";
    webhook.user.text = user;
    const auto added = s.await<VoidResult>(
        [&](auto &home, auto reply) { s.webhooks().addWebhook(home, webhook, std::move(reply)); });
    if (!added)
        qFatal("refused: %s", added.error().detail.constData());
    return webhook.id;
}

std::vector<ports::DeliveryRecord> allDeliveries(StoreDriver &s)
{
    return s
        .await<Result<ports::DeliveryPage>>(
            [&](auto &home, auto reply) { s.webhooks().deliveries(home, {}, 0, 100, std::move(reply)); })
        ->items;
}

void nameDevice(StoreDriver &s, const Text &user, const Text &id)
{
    ports::Device device;
    device.user.text = user;
    device.id.text = id;
    device.updatedAt = s.now();
    QVERIFY(s.await<Result<ports::Device>>(
        [&](auto &home, auto reply) { s.registry().putDevice(home, device, true, std::move(reply)); }));
}

std::vector<Text> namedDevices(StoreDriver &s, const Text &user)
{
    const auto all = s.await<Result<std::vector<ports::Device>>>(
        [&](auto &home, auto reply) { s.registry().devices(home, {user}, std::move(reply)); });
    std::vector<Text> ids;
    for (const ports::Device &device : *all)
        ids.push_back(device.id.text);
    return ids;
}

void keepAnswer(StoreDriver &s, const Text &scope, const QByteArray &body)
{
    const ports::IdempotencyKey key{scope, "k", QByteArray(32, 'h')};
    QVERIFY(s.await<VoidResult>([&](auto &home, auto reply) {
        s.directory().keepAnswer(home, key, {201, "application/json", body}, s.now(), std::move(reply));
    }));
}

/// The stored body; "none" without an answer.
QByteArray answerAt(StoreDriver &s, const Text &scope)
{
    const ports::IdempotencyKey key{scope, "k", QByteArray(32, 'h')};
    const auto found = s.await<Result<std::optional<ports::StoredAnswer>>>(
        [&](auto &home, auto reply) { s.directory().findAnswer(home, key, s.now(), std::move(reply)); });
    return *found ? (**found).body : QByteArray("none");
}

bool isBlank(const model::Change &change)
{
    return std::holds_alternative<model::Gone>(change.what) ||
           std::holds_alternative<model::PreferencesChange>(change.what);
}
} // namespace

void StoreContract::forgetsAUser()
{
    addAnna(s());
    const Notification first = s().send("anna", "First alpha");
    const Notification second = s().send("anna", "Second alpha");
    s().send("anna", "Third alpha");
    s().apply("anna", model::OpSet::Read, first.id);
    s().apply("anna", model::OpSet::Archive, second.id);
    QVERIFY(s().submit(s().later("anna", StoreDriver::content("Held alpha"), 1h)));
    QVERIFY(s().recall(second.id));
    s().send("ben", "Ben's alpha");
    const auto before = s().log("anna");
    const model::Seq head = before->state.head;

    QCOMPARE(erase(s(), "nobody").error().code, ErrorCode::NotFound);
    m_listener->take();
    QVERIFY(erase(s(), "anna"));
    QVERIFY(whoIs(s(), "anna").erasing && whoIs(s(), "anna").name.isEmpty());
    const auto account = s().await<Result<std::optional<ports::Account>>>(
        [&](auto &home, auto reply) { s().sessions().account(home, "anna@example.org", std::move(reply)); });
    QVERIFY(!*account);
    QVERIFY(eraseAll(s(), 2) > 4);
    QVERIFY(!whoIs(s(), "anna").erasing && whoIs(s(), "anna").erasedAt == s().now());

    // Live devices hear of those two that were there, as of recalls.
    int recalled = 0;
    for (const ports::Committed &entry : m_listener->take())
        recalled += entry.change.kind == model::ChangeKind::Recalled ? 1 : 0;
    QCOMPARE(recalled, 2);
    const auto after = s().log("anna");
    QCOMPARE(after->state.head, head + 2);
    QCOMPARE(after->state.floor, before->state.floor);
    QVERIFY(std::all_of(after->changes.begin(), after->changes.end(), isBlank));
    checkWhole("anna");
    QVERIFY(s().titles("anna", ports::ListState::All).empty());
    QVERIFY(s().titles("anna", ports::ListState::Scheduled).empty());
    QVERIFY(s().search("anna", "alpha").empty());
    QCOMPARE(s().item(first.id).error().code, ErrorCode::NotFound);
    QCOMPARE(s().titles("ben"), (std::vector<Text>{"Ben's alpha"}));
    QCOMPARE(s().search("ben", "alpha").size(), 1);

    QCOMPARE(s().send("anna", "New alpha").seq, head + 3);
    QCOMPARE(s().search("anna", "alpha"), (std::vector<Text>{"New alpha"}));
    checkWhole("anna");
    QCOMPARE(eraseAll(s()), 0);
}

void StoreContract::forgetsWhatBelongsToAUser()
{
    addAnna(s());
    const auto hook = hookOf(s(), "anna");
    const auto foreign = hookOf(s(), "");
    for (const char *user : {"anna", "ben"}) {
        ports::Submit submit = s().submitOf({user}, StoreDriver::content("Hello"));
        submit.recipients.front().ways = {{foreign, model::SuppressReason::None, "r"}};
        if (Text(user) == "anna")
            submit.recipients.front().ways.push_back({hook, model::SuppressReason::None, "r"});
        QVERIFY(s().submit(submit));
    }
    QVERIFY(s().await<Result<bool>>([&](auto &home, auto reply) {
        s().directory().putTopic(home, {{"t"}, "T", s().now(), 0}, std::move(reply));
    }));
    for (const char *user : {"anna", "ben"})
        QVERIFY(s().await<VoidResult>([&](auto &home, auto reply) {
            s().directory().subscribe(home, {{"t"}, {user}, true, true}, s().now(), std::move(reply));
        }));
    model::Preferences own;
    own.timeZone = "Europe/Zurich";
    QVERIFY(s().await<Result<ports::StoredPreferences>>([&](auto &home, auto reply) {
        s().directory().putPreferences(home, {{"anna"}, own, {}, true}, s().now(), std::move(reply));
    }));
    keepAnswer(s(), "user:anna POST /x", "own");
    keepAnswer(s(), "key POST /api/v1/notifications", R"({"data":{"user_id":"anna","title":"Hello"}})");
    keepAnswer(s(), "key POST /api/v1/users/anna/inbox/ops", "{}");
    keepAnswer(s(), "key POST /other", R"({"data":{"user_id":"annabel"}})");

    QVERIFY(erase(s(), "anna"));
    ports::ErasureStep step = stepOnce(s(), 100);
    QVERIFY(step.worked && step.webhooksChanged);
    eraseAll(s());
    const auto webhooks = s().await<Result<std::vector<ports::Webhook>>>(
        [&](auto &home, auto reply) { s().webhooks().webhooks(home, std::move(reply)); });
    QCOMPARE(webhooks->size(), 1);
    QVERIFY(webhooks->front().id == foreign);
    QCOMPARE(allDeliveries(s()).size(), 1);
    QCOMPARE(allDeliveries(s()).front().user.text, Text("ben"));
    const auto topic = s().await<Result<ports::Topic>>(
        [&](auto &home, auto reply) { s().directory().topic(home, {"t"}, std::move(reply)); });
    QCOMPARE(topic->subscribers, 1);
    const auto documents = s().await<Result<std::vector<ports::StoredPreferences>>>(
        [&](auto &home, auto reply) { s().directory().preferences(home, {{"anna"}}, std::move(reply)); });
    QVERIFY(documents->front().document == model::Preferences());
    QCOMPARE(answerAt(s(), "user:anna POST /x"), QByteArray("none"));
    QVERIFY(!answerAt(s(), "key POST /api/v1/notifications").contains("Hello"));
    QVERIFY(answerAt(s(), "key POST /api/v1/users/anna/inbox/ops").contains("erased"));
    QVERIFY(answerAt(s(), "key POST /other").contains("annabel"));
}

void StoreContract::redactsNumbersThatAreThatUser()
{
    s().send("5", "Hello");
    keepAnswer(s(), "key POST /whose", R"({"user_id":5,"seq":1})");
    keepAnswer(s(), "key POST /spaced", R"({"data":{"data":{"from" : 5}}})");
    keepAnswer(s(), "key POST /last", R"({"data":{"to":5}})");
    const std::pair<const char *, const char *> others[] = {
        {"key POST /seq", R"({"data":{"user_id":"ben","seq":5}})"},
        {"key POST /limit", R"({"meta":{"limit":5,"count":5}})"},
        {"key POST /longer", R"({"user_id":55,"seq":1})"},
        {"key POST /similar", R"({"other_user_id":5})"}};
    for (const auto &[scope, body] : others)
        keepAnswer(s(), scope, body);
    QVERIFY(erase(s(), "5"));
    eraseAll(s());
    for (const char *scope : {"key POST /whose", "key POST /spaced", "key POST /last"})
        QVERIFY2(answerAt(s(), scope).contains("erased"), scope);
    for (const auto &[scope, body] : others)
        QCOMPARE(answerAt(s(), scope), QByteArray(body));
}

void StoreContract::keepsWhatCameLater()
{
    addAnna(s());
    s().send("anna", "Old");
    for (const char *device : {"desk", "phone", "watch"})
        nameDevice(s(), "anna", device);
    nameDevice(s(), "ben", "desk");
    QVERIFY(erase(s(), "anna"));
    s().clock().advance(1s);
    nameDevice(s(), "anna", "phone");
    const Notification later = s().send("anna", "New");
    QVERIFY(erase(s(), "anna")); // a repeat: the first one goes on
    eraseAll(s(), 1);
    QCOMPARE(s().titles("anna"), (std::vector<Text>{"New"}));
    QCOMPARE(namedDevices(s(), "anna"), (std::vector<Text>{"phone"}));
    QCOMPARE(namedDevices(s(), "ben"), (std::vector<Text>{"desk"}));
    QCOMPARE(s().log("anna")->state.counts.unread, 1);
    checkWhole("anna");
    s().apply("anna", model::OpSet::Read, later.id);
    QVERIFY(erase(s(), "anna"));
    eraseAll(s(), 1);
    QVERIFY(s().titles("anna", ports::ListState::All).empty());
    checkWhole("anna");
}

void StoreContract::nobodyForgetsAHigherRole()
{
    addAnna(s(), model::Role::Owner);
    s().send("anna", "Hello");
    QCOMPARE(erase(s(), "anna", model::Role::Admin).error().code, ErrorCode::Forbidden);
    QCOMPARE(whoIs(s(), "anna").name, Text("Anna"));
    QCOMPARE(eraseAll(s()), 0);
    const ports::Session session{
        "one", {"anna"}, {"phone"}, "192.0.2.7", s().now(), s().now(), s().now() + model::days(30), {}};
    QVERIFY(s().await<VoidResult>([&](auto &home, auto reply) {
        s().sessions().open(home, session, {QByteArray(32, 'f'), QByteArray(32, 's')}, eraseNote(s()),
                            std::move(reply));
    }));
    QVERIFY(erase(s(), "anna"));
    const auto known = s().await<Result<ports::Standings>>([&](auto &home, auto reply) {
        s().people().standings(home, s().now(), s().now() - 15min, std::move(reply));
    });
    QVERIFY(known->privileged.empty());
    QCOMPARE(known->ended, (std::vector<Text>{"one"}));
}
} // namespace belfry::store
