#include "domain/decide.h"

#include <QTest>

using namespace belfry;
using domain::ChannelDecision;
using domain::Verdict;
using model::Channel;
using model::SuppressReason;

namespace {
const model::UserId ada{"ada"};

struct Case
{
    model::Preferences preferences;
    model::Content content;
    domain::Routes routes;
    domain::CategoryRules category;
};

model::ChannelRow<bool> row(Channel channel, bool on)
{
    model::ChannelRow<bool> row;
    row.byChannel[std::size_t(channel)] = on;
    return row;
}

model::ChannelRow<bool> anyRow(bool on)
{
    model::ChannelRow<bool> row;
    row.any = on;
    return row;
}

ChannelDecision deliver(Channel channel, const model::Text &rule)
{
    return {channel, Verdict::Deliver, SuppressReason::None, rule};
}

ChannelDecision suppress(Channel channel, SuppressReason reason, const model::Text &rule)
{
    return {channel, Verdict::Suppress, reason, rule};
}
} // namespace
Q_DECLARE_METATYPE(Case)
Q_DECLARE_METATYPE(ChannelDecision)

class TestDecide : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneChannel_data();
    void oneChannel();
    void allChannelsInOrder();
    void inboxAgrees_data() { oneChannel_data(); }
    void inboxAgrees();
    void inboxOff();
    void toastOffOnly();
    void normalise_data();
    void normalise();
};

void TestDecide::oneChannel_data()
{
    QTest::addColumn<Case>("with");
    QTest::addColumn<ChannelDecision>("expected");

    Case plain;
    QTest::newRow("inbox by default") << plain << deliver(Channel::InApp, "server_default");
    QTest::newRow("toast by default") << plain << deliver(Channel::Toast, "server_default");
    QTest::newRow("email not by default")
        << plain << suppress(Channel::Email, SuppressReason::None, "server_default");

    Case asked;
    asked.content.channels = {Channel::Email};
    QTest::newRow("email asked for, not set up")
        << asked << suppress(Channel::Email, SuppressReason::ChannelNotConfigured, "server_default");
    QTest::newRow("the inbox is the record") << asked << deliver(Channel::InApp, "server_default");
    QTest::newRow("sms not asked for")
        << asked << suppress(Channel::Sms, SuppressReason::None, "not_requested");
    asked.routes.configured[std::size_t(Channel::Email)] = true;
    QTest::newRow("email asked for and set up") << asked << deliver(Channel::Email, "server_default");

    Case hooked;
    QTest::newRow("no webhook is registered")
        << hooked << suppress(Channel::Webhook, SuppressReason::None, "server_default");
    hooked.routes.configured[std::size_t(Channel::Webhook)] = true;
    QTest::newRow("a webhook that fits") << hooked << deliver(Channel::Webhook, "server_default");
    hooked.content.channels = {Channel::Email};
    QTest::newRow("the sender wants another channel")
        << hooked << suppress(Channel::Webhook, SuppressReason::None, "not_requested");
    hooked.content.channels = {Channel::Webhook};
    QTest::newRow("the sender wants the webhook") << hooked << deliver(Channel::Webhook, "server_default");
    hooked.routes.webhookFits = false;
    QTest::newRow("none fits") << hooked
                               << suppress(Channel::Webhook, SuppressReason::NoEndpoint, "server_default");
    hooked.content.channels.clear();
    QTest::newRow("none fits, none was wanted")
        << hooked << suppress(Channel::Webhook, SuppressReason::None, "server_default");
    hooked.routes.webhookFits = true;
    hooked.preferences.matrix["*"] = row(Channel::Webhook, false);
    QTest::newRow("the user wants no webhook")
        << hooked << suppress(Channel::Webhook, SuppressReason::Preference, "channel:*");

    Case category;
    category.content.type = "chat";
    category.preferences.matrix["chat"] = row(Channel::InApp, false);
    category.preferences.matrix["*"] = row(Channel::InApp, true);
    QTest::newRow("category before any category")
        << category << suppress(Channel::InApp, SuppressReason::Preference, "category:chat");
    QTest::newRow("other channel of the row") << category << deliver(Channel::Toast, "server_default");

    Case any;
    any.content.type = "chat";
    any.preferences.matrix["*"] = row(Channel::Toast, false);
    QTest::newRow("channel for any category")
        << any << suppress(Channel::Toast, SuppressReason::Preference, "channel:*");

    Case wholeRow;
    wholeRow.content.type = "chat";
    wholeRow.preferences.matrix["chat"] = anyRow(false);
    wholeRow.preferences.matrix["chat"].byChannel[std::size_t(Channel::InApp)] = true;
    QTest::newRow("own value before '*'") << wholeRow << deliver(Channel::InApp, "category:chat");
    QTest::newRow("'*' of a row") << wholeRow
                                  << suppress(Channel::Toast, SuppressReason::Preference, "category:chat");

    Case general;
    general.preferences.matrix["general"] = row(Channel::Toast, false);
    QTest::newRow("no type is general")
        << general << suppress(Channel::Toast, SuppressReason::Preference, "category:general");

    Case critical = category;
    critical.content.critical = true;
    QTest::newRow("critical passes preferences") << critical << deliver(Channel::InApp, "critical");
    QTest::newRow("critical adds no channel")
        << critical << suppress(Channel::Email, SuppressReason::None, "server_default");

    Case own = critical;
    own.content.actorId = "ada";
    QTest::newRow("own action first")
        << own << suppress(Channel::InApp, SuppressReason::OwnAction, "own_action");
    own.content.actorId = "bob";
    QTest::newRow("somebody else's action") << own << deliver(Channel::InApp, "critical");

    Case quiet;
    quiet.category.channels = row(Channel::Toast, false);
    QTest::newRow("the category's default")
        << quiet << suppress(Channel::Toast, SuppressReason::Preference, "category_default");
    QTest::newRow("where the category says nothing") << quiet << deliver(Channel::InApp, "server_default");
    quiet.preferences.matrix["*"] = row(Channel::Toast, true);
    QTest::newRow("the user before the category") << quiet << deliver(Channel::Toast, "channel:*");
    quiet.preferences = {};
    quiet.category.channels = anyRow(false);
    QTest::newRow("the category's default for all")
        << quiet << suppress(Channel::InApp, SuppressReason::Preference, "category_default");
    QTest::newRow("nobody asked for it")
        << quiet << suppress(Channel::Email, SuppressReason::None, "category_default");
    quiet.content.channels = {Channel::Email};
    QTest::newRow("the category before the sender")
        << quiet << suppress(Channel::Email, SuppressReason::Preference, "category_default");

    Case mailed;
    mailed.category.channels = row(Channel::Email, true);
    mailed.routes.configured[std::size_t(Channel::Email)] = true;
    QTest::newRow("by the category's default") << mailed << deliver(Channel::Email, "category_default");
    mailed.content.channels = {Channel::Sms};
    QTest::newRow("the sender wants another one than the category")
        << mailed << suppress(Channel::Email, SuppressReason::None, "not_requested");

    Case mandatory;
    mandatory.category.mandatory = true;
    mandatory.preferences.matrix["*"] = anyRow(false);
    QTest::newRow("mandatory passes preferences") << mandatory << deliver(Channel::InApp, "mandatory");
    QTest::newRow("mandatory adds no channel")
        << mandatory << suppress(Channel::Email, SuppressReason::Preference, "channel:*");
    mandatory.category.channels = row(Channel::Toast, false);
    mandatory.preferences.matrix["*"] = row(Channel::Toast, true);
    QTest::newRow("what a mandatory one leaves to the user")
        << mandatory << deliver(Channel::Toast, "channel:*");
    mandatory.content.critical = true;
    QTest::newRow("critical before mandatory") << mandatory << deliver(Channel::InApp, "critical");
}

void TestDecide::oneChannel()
{
    QFETCH(Case, with);
    QFETCH(ChannelDecision, expected);
    const auto got = domain::decideChannel(expected.channel, ada, with.preferences, with.content, with.routes,
                                           with.category);
    QCOMPARE(got.rule, expected.rule);
    QCOMPARE(got.reason, expected.reason);
    QCOMPARE(got.verdict, expected.verdict);
    QCOMPARE(got.channel, expected.channel);
}

void TestDecide::allChannelsInOrder()
{
    const auto all = domain::decide(ada, {}, {}, {});
    for (int i = 0; i < model::channelCount; ++i)
        QCOMPARE(int(all[std::size_t(i)].channel), i);
}

void TestDecide::inboxAgrees()
{
    QFETCH(Case, with);
    const auto all = domain::decide(ada, with.preferences, with.content, with.routes, with.category);
    const auto inbox = domain::decideInbox(ada, with.preferences, with.content, with.category);
    QCOMPARE(inbox.inApp, all[0].verdict == Verdict::Deliver);
    QCOMPARE(inbox.toast, inbox.inApp && all[1].verdict == Verdict::Deliver);
    QCOMPARE(inbox.reason, all[0].reason);
}

void TestDecide::inboxOff()
{
    model::Preferences preferences;
    preferences.matrix["*"] = row(Channel::InApp, false);
    const auto decision = domain::decideInbox(ada, preferences, {});
    const domain::InboxDecision expected{false, false, SuppressReason::Preference, "channel:*"};
    QVERIFY(decision == expected);
}

void TestDecide::toastOffOnly()
{
    model::Preferences preferences;
    preferences.matrix["*"] = row(Channel::Toast, false);
    const auto decision = domain::decideInbox(ada, preferences, {});
    const domain::InboxDecision expected{true, false, SuppressReason::None, "channel:*"};
    QVERIFY(decision == expected);
}

void TestDecide::normalise_data()
{
    QTest::addColumn<bool>("critical");
    QTest::addColumn<int>("urgency");
    QTest::addColumn<int>("expected");
    const int low = int(model::Urgency::Low);
    const int normal = int(model::Urgency::Normal);
    const int high = int(model::Urgency::High);
    QTest::newRow("not critical") << false << low << low;
    QTest::newRow("critical low is high (H61)") << true << low << high;
    QTest::newRow("critical very-low is high") << true << int(model::Urgency::VeryLow) << high;
    QTest::newRow("critical normal stays") << true << normal << normal;
}

void TestDecide::normalise()
{
    QFETCH(bool, critical);
    QFETCH(int, urgency);
    QFETCH(int, expected);
    model::Content content;
    content.critical = critical;
    content.urgency = static_cast<model::Urgency>(urgency);
    domain::normalise(content);
    QCOMPARE(int(content.urgency), expected);
    QCOMPARE(content.ackRequired, critical);
}

QTEST_GUILESS_MAIN(TestDecide)
#include "tst_decide.moc"
