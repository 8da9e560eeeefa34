#include "store_contract.h"

using namespace std::chrono_literals;

namespace belfry::store {
using model::ErrorCode;
using model::Result;
using model::Text;
using model::VoidResult;
using ports::Category;
using ports::Device;

namespace {
Result<Category> putCategory(StoreDriver &s, Category category)
{
    category.updatedAt = s.now();
    return s.await<Result<Category>>(
        [&](auto &home, auto reply) { s.registry().putCategory(home, category, std::move(reply)); });
}

Result<Category> putCategory(StoreDriver &s, const Text &name)
{
    Category category;
    category.name = name;
    return putCategory(s, category);
}

std::vector<Category> categoriesOf(StoreDriver &s)
{
    return s
        .await<Result<std::vector<Category>>>(
            [&](auto &home, auto reply) { s.registry().categories(home, std::move(reply)); })
        .value();
}

VoidResult removeCategory(StoreDriver &s, const Text &name)
{
    return s.await<VoidResult>(
        [&](auto &home, auto reply) { s.registry().removeCategory(home, name, s.now(), std::move(reply)); });
}

Result<Device> putDevice(StoreDriver &s, const Text &user, const Text &id, const Text &name,
                         bool makeUser = true)
{
    Device device;
    device.user.text = user;
    device.id.text = id;
    device.name = name;
    device.platform = "Linux";
    device.updatedAt = s.now();
    return s.await<Result<Device>>(
        [&](auto &home, auto reply) { s.registry().putDevice(home, device, makeUser, std::move(reply)); });
}

std::vector<Device> devicesOf(StoreDriver &s, const Text &user)
{
    return s
        .await<Result<std::vector<Device>>>(
            [&](auto &home, auto reply) { s.registry().devices(home, {user}, std::move(reply)); })
        .value();
}

VoidResult removeDevice(StoreDriver &s, const Text &user, const Text &id)
{
    return s.await<VoidResult>([&](auto &home, auto reply) {
        s.registry().removeDevice(home, {{user}, {id}, model::Role::Owner}, s.now(), std::move(reply));
    });
}
} // namespace

void StoreContract::keepsCategories()
{
    Category chat;
    chat.name = "chat";
    chat.title = "Chat \"room\"";
    chat.description = "What people write; größer";
    chat.channels.byChannel[std::size_t(model::Channel::Toast)] = false;
    chat.channels.byChannel[std::size_t(model::Channel::Webhook)] = true;
    chat.channels.any = true;
    chat.mandatory = true;
    chat.ttl = 90s;
    chat.retainDays = 0;
    const auto made = putCategory(s(), chat);
    QVERIFY(made);
    chat.createdAt = chat.updatedAt = s().now();
    QCOMPARE(*made, chat);
    QVERIFY(putCategory(s(), "billing"));
    auto all = categoriesOf(s());
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].name, Text("billing"));
    QVERIFY(!all[0].ttl && !all[0].retainDays && !all[0].mandatory && all[0].title.isEmpty());
    QCOMPARE(all[1], chat);

    m_clock.advance(1h);
    const auto replaced = putCategory(s(), "chat"); // all of it
    QCOMPARE(replaced->createdAt, chat.createdAt);
    QCOMPARE(replaced->updatedAt, s().now());
    all = categoriesOf(s());
    QCOMPARE(all[1], *replaced);
    QVERIFY(all[1].channels == model::ChannelRow<bool>{});
    QVERIFY(removeCategory(s(), "chat"));
    QCOMPARE(removeCategory(s(), "chat").error().code, ErrorCode::NotFound);
    QCOMPARE(categoriesOf(s()).size(), 1);
}

void StoreContract::refusesTooManyCategories()
{
    for (std::size_t i = 0; i < ports::maxCategories; ++i)
        QVERIFY(putCategory(s(), "c" + Text::number(qsizetype(i))));
    QCOMPARE(putCategory(s(), "one more").error().code, ErrorCode::Conflict);
    QVERIFY(putCategory(s(), "c7"));
}

void StoreContract::keepsDevices()
{
    const auto made = putDevice(s(), "ada", "d1", "Ada's laptop");
    QVERIFY(made);
    QCOMPARE(made->createdAt, s().now());
    QVERIFY(putDevice(s(), "ada", "d0", "phone"));
    QVERIFY(putDevice(s(), "ben", "d1", "Ben's"));
    QCOMPARE(putDevice(s(), "cem", "d1", "x", false).error().code, ErrorCode::NotFound);
    QCOMPARE(devicesOf(s(), "cem").size(), 0);
    m_clock.advance(1h);
    QVERIFY(putDevice(s(), "ada", "d1", "laptop"));
    s().send("ada", "x");
    s().inbox().moveCursor({"ada"}, {"d1"}, 1, s().now());
    QVERIFY(QTest::qWaitFor([this] { return bool(devicesOf(s(), "ada")[1].seenAt); }, 10'000));
    const auto all = devicesOf(s(), "ada");
    QCOMPARE(all.size(), 2);
    QCOMPARE(all[0].id.text, Text("d0"));
    QVERIFY(!all[0].seenAt);
    const Device expected{{"ada"}, {"d1"}, "laptop", "Linux", made->createdAt, s().now(), s().now()};
    QCOMPARE(all[1], expected);
    QCOMPARE(*putDevice(s(), "ada", "d1", "laptop"), expected);

    QVERIFY(removeDevice(s(), "ada", "d1"));
    QCOMPARE(removeDevice(s(), "ada", "d1").error().code, ErrorCode::NotFound);
    QCOMPARE(removeDevice(s(), "nobody", "d1").error().code, ErrorCode::NotFound);
    QCOMPARE(devicesOf(s(), "ada").size(), 1);
    QCOMPARE(devicesOf(s(), "ben").size(), 1);
    QVERIFY(putDevice(s(), "ada", "d1", "again"));
    QVERIFY(!devicesOf(s(), "ada")[1].seenAt); // as one that never was here
}

void StoreContract::refusesTooManyDevices()
{
    for (std::size_t i = 0; i < ports::maxDevices; ++i)
        QVERIFY(putDevice(s(), "ada", "d" + Text::number(qsizetype(i)), "x"));
    QCOMPARE(putDevice(s(), "ada", "one more", "x").error().code, ErrorCode::Conflict);
    QVERIFY(putDevice(s(), "ada", "d7", "x"));
}

void StoreContract::keepsByCategory()
{
    const auto sent = [this](const Text &type) {
        auto content = StoreDriver::content("x");
        content.type = type;
        return s().send("ada", content);
    };
    const auto code = sent("code");
    const auto contract = sent("contract");
    const auto other = sent("other");
    m_clock.advance(model::days(31));
    s().settleAll();
    s().send("ben", "the newest");
    ports::Keeping keeping;
    keeping.categories = {{"code", model::days(31)}, {"contract", std::nullopt}};
    s().sweepAll(keeping);
    QVERIFY(s().item(code.id));
    m_clock.advance(1us);
    s().sweepAll(keeping);
    QVERIFY(!s().item(code.id));
    m_clock.advance(model::days(100));
    s().sweepAll(keeping);
    QVERIFY(!s().item(other.id));
    QVERIFY(s().item(contract.id));
    checkWhole("ada");
}
} // namespace belfry::store
