#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Result;
using model::Role;
using model::Text;
using model::VoidResult;
using ports::Person;

namespace {
ports::AuditEntry noteOf(StoreDriver &s, const Text &action)
{
    ports::AuditEntry entry;
    entry.at = s.now();
    entry.actor = "key:1";
    entry.action = action;
    return entry;
}

Result<Person> add(StoreDriver &s, const Person &person, Role upTo = Role::Owner)
{
    const ports::NewPerson wish{person, "hash", upTo};
    return s.await<Result<Person>>([&](auto &home, auto reply) {
        s.people().add(home, wish, noteOf(s, "user.create"), std::move(reply));
    });
}

Person personOf(const Text &id, const Text &email, Role role = Role::User)
{
    Person person;
    person.id.text = id;
    person.email = email;
    person.role = role;
    return person;
}

Result<Person> change(StoreDriver &s, ports::PersonChange wish, Role upTo = Role::Owner)
{
    wish.upTo = upTo;
    return s.await<Result<Person>>([&](auto &home, auto reply) {
        s.people().change(home, wish, noteOf(s, "user.change"), std::move(reply));
    });
}

ports::PersonChange changeOf(const Text &id)
{
    ports::PersonChange wish;
    wish.id.text = id;
    return wish;
}

ports::PeoplePage page(StoreDriver &s, const ports::PeopleQuery &query)
{
    return s
        .await<Result<ports::PeoplePage>>(
            [&](auto &home, auto reply) { s.people().page(home, query, std::move(reply)); })
        .value();
}

std::vector<Text> idsOf(const ports::PeoplePage &page)
{
    std::vector<Text> ids;
    for (const Person &person : page.people)
        ids.push_back(person.id.text);
    return ids;
}

ports::Standings standings(StoreDriver &s, model::Duration since = 15min)
{
    return s
        .await<Result<ports::Standings>>([&](auto &home, auto reply) {
            s.people().standings(home, s.now(), s.now() - since, std::move(reply));
        })
        .value();
}

VoidResult signIn(StoreDriver &s, const Text &user, const Text &device)
{
    const ports::Session session{
        "at-" + device, {user}, {device}, "192.0.2.7", s.now(), s.now(), s.now() + model::days(30), {}};
    const QByteArray family(32, device.front());
    return s.await<VoidResult>([&](auto &home, auto reply) {
        s.sessions().open(home, session, {family, family}, noteOf(s, "login"), std::move(reply));
    });
}

std::vector<Text> privilegedOf(const ports::Standings &standings)
{
    std::vector<Text> found;
    for (const auto &session : standings.privileged)
        found.push_back(session.id + ' ' + session.user.text + ' ' + Text::number(int(session.role)));
    std::sort(found.begin(), found.end());
    return found;
}
} // namespace

void StoreContract::addsPeople()
{
    s().send("ben", "Hello");
    Person wished = personOf("eva", "eva@example.org", Role::Operator);
    wished.name = "Eva";
    wished.phone = "+41441234567";
    wished.locale = "de-CH";
    const auto eva = add(s(), wished);
    QVERIFY(eva);
    wished.hasPassword = true;
    wished.createdAt = s().now();
    QVERIFY(*eva == wished);
    const auto find = [this](const Text &id) {
        return s().await<Result<Person>>(
            [&](auto &home, auto reply) { s().people().find(home, {id}, std::move(reply)); });
    };
    QVERIFY(*find("eva") == wished);
    QCOMPARE(find("ben")->email, Text());
    QCOMPARE(find("nobody").error().code, ErrorCode::NotFound);
    QCOMPARE(add(s(), personOf("", "one@example.org"))->id.text, Text("1"));
    QCOMPARE(add(s(), personOf("", ""))->id.text, Text("2"));
    QVERIFY(add(s(), personOf("no-mail", "")));

    const auto fieldOf = [](const Result<Person> &refused) {
        return refused.error().fields.isEmpty() ? Text() : refused.error().fields.front().pointer;
    };
    QCOMPARE(fieldOf(add(s(), personOf("ben", "ben@example.org"))), Text("/user_id"));
    const auto again = add(s(), personOf("eve", "eva@example.org"));
    QCOMPARE(again.error().code, ErrorCode::Conflict);
    QCOMPARE(fieldOf(again), Text("/email"));
    const auto above = add(s(), personOf("eve", "", Role::Admin), Role::Operator);
    QCOMPARE(above.error().code, ErrorCode::Forbidden);
    QCOMPARE(find("eve").error().code, ErrorCode::NotFound); // who was refused is nobody
}

void StoreContract::changesPeople()
{
    QVERIFY(add(s(), personOf("eva", "eva@example.org", Role::Admin)));
    QVERIFY(add(s(), personOf("ben", "ben@example.org")));
    s().send("ann", "Hello");
    auto wish = changeOf("ann");
    wish.name = "Ann";
    wish.email = "ann@example.org";
    QCOMPARE(change(s(), wish)->name, Text("Ann"));
    QVERIFY(!change(s(), wish)->hasPassword);
    wish.email = "eva@example.org";
    QCOMPARE(change(s(), wish).error().code, ErrorCode::Conflict);
    wish.email = "";
    QCOMPARE(change(s(), wish)->email, Text());
    QCOMPARE(change(s(), changeOf("nobody")).error().code, ErrorCode::NotFound);

    auto raise = changeOf("ben");
    raise.role = Role::Admin;
    QCOMPARE(change(s(), raise, Role::Operator).error().code, ErrorCode::Forbidden);
    auto lower = changeOf("eva");
    lower.role = Role::User;
    QCOMPARE(change(s(), lower, Role::Operator).error().code, ErrorCode::Forbidden);
    QCOMPARE(change(s(), raise, Role::Admin)->role, Role::Admin);
    const auto audit = s().await<Result<std::vector<ports::AuditEntry>>>(
        [&](auto &home, auto reply) { s().sessions().audit(home, 0, 100, std::move(reply)); });
    QCOMPARE(audit->size(), 6); // what was refused is not there
    QCOMPARE(audit->back().target, Text("user:eva"));
}

void StoreContract::findsPeople()
{
    for (const Text &id : {Text("a"), Text("b"), Text("c"), Text("d"), Text("e")}) {
        Person person = personOf(id, id + "@example.org");
        person.name = id == "d" ? "Zoë Müller" : "Somebody";
        QVERIFY(add(s(), person));
    }
    QCOMPARE(idsOf(page(s(), {0, 2, {}})), (std::vector<Text>{"a", "b"}));
    const qint64 next = page(s(), {0, 2, {}}).next;
    QVERIFY(next > 0);
    QCOMPARE(idsOf(page(s(), {next, 10, {}})), (std::vector<Text>{"c", "d", "e"}));
    QCOMPARE(page(s(), {next, 10, {}}).next, 0);
    QCOMPARE(idsOf(page(s(), {0, 10, "zoe mull"})), (std::vector<Text>{"d"}));
    QCOMPARE(idsOf(page(s(), {0, 10, "b@example"})), (std::vector<Text>{"b"}));
    QCOMPARE(idsOf(page(s(), {next, 10, "some"})), (std::vector<Text>{"c", "e"}));
    QVERIFY(page(s(), {0, 10, "nobody"}).people.empty());
    QVERIFY(page(s(), {0, 10, "--"}).people.empty());
}

void StoreContract::tellsWhoIsMoreThanAUser()
{
    QVERIFY(add(s(), personOf("eva", "eva@example.org", Role::Operator)));
    QVERIFY(add(s(), personOf("ben", "ben@example.org")));
    QVERIFY(signIn(s(), "eva", "phone") && signIn(s(), "eva", "laptop") && signIn(s(), "ben", "tablet"));
    QCOMPARE(privilegedOf(standings(s())), (std::vector<Text>{"at-laptop eva 2", "at-phone eva 2"}));
    QVERIFY(standings(s()).ended.empty());

    auto wish = changeOf("ben");
    wish.role = Role::Auditor;
    QVERIFY(change(s(), wish));
    QCOMPARE(privilegedOf(standings(s())).back(), Text("at-tablet ben 1"));
    wish.role = Role::User;
    QVERIFY(change(s(), wish));
    QCOMPARE(privilegedOf(standings(s())).size(), 2);
    QVERIFY(standings(s()).ended.empty()); // they go on

    auto newPassword = changeOf("eva");
    newPassword.passwordHash = "another hash";
    QVERIFY(change(s(), newPassword));
    QVERIFY(privilegedOf(standings(s())).empty());
    QCOMPARE(standings(s()).ended.size(), 2);
    s().clock().advance(16min);
    QVERIFY(standings(s()).ended.empty());
    QVERIFY(signIn(s(), "eva", "watch"));
    s().clock().advance(model::days(30));
    QVERIFY(privilegedOf(standings(s())).empty());
}

void StoreContract::whoIsDisabledSignsInNoMore()
{
    QVERIFY(add(s(), personOf("eva", "eva@example.org", Role::Admin)));
    QVERIFY(signIn(s(), "eva", "phone"));
    auto wish = changeOf("eva");
    wish.disabled = true;
    QVERIFY(change(s(), wish)->disabledAt == s().now());
    QCOMPARE(standings(s()).ended, (std::vector<Text>{"at-phone"}));
    QCOMPARE(signIn(s(), "eva", "laptop").error().code, ErrorCode::NotFound);
    const auto account = s().await<Result<std::optional<ports::Account>>>(
        [&](auto &home, auto reply) { s().sessions().account(home, "eva@example.org", std::move(reply)); });
    QVERIFY((*account)->disabled && (*account)->role == Role::Admin);
    wish.disabled = false;
    QVERIFY(!change(s(), wish)->disabledAt);
    QVERIFY(signIn(s(), "eva", "laptop"));
}
} // namespace belfry::store
