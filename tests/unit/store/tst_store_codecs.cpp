#include "store/content_codec.h"
#include "store/log_codec.h"
#include "store/preferences_codec.h"

#include <QJsonDocument>
#include <QtTest>

namespace belfry::store {
using model::Channel;
using model::Content;
using model::Instant;
using model::NotificationId;
using model::Op;
using model::OpSet;
using model::Preferences;

class TestStoreCodecs : public QObject
{
    Q_OBJECT
private:
    static Content fullContent()
    {
        Content c;
        c.type = "chat";
        c.title = "title \"\\\n\x01 漢";
        c.message = "message";
        c.data = R"({"z":1,"a":"\u0000"})";
        c.channels = {Channel::Push, Channel::InApp};
        c.priority = "high";
        c.urgency = model::Urgency::VeryLow;
        c.critical = true;
        c.ackRequired = true;
        c.collapseKey = "c";
        c.dedupeKey = "d";
        c.actions = {{"a", "A \"quoted\"", "https://x"}, {"b", "B", {}}};
        c.progress = 1.0 / 3.0;
        c.icon = "i";
        c.link = "l";
        c.source = "s";
        c.thread = "t";
        c.actorId = "7";
        return c;
    }

private Q_SLOTS:
    void extraComesBack();
    void plainContentHasNoExtra();
    void marksComeBack();
    void jobComesBack();
    void opComesBack_data();
    void opComesBack();
    void alertComesBack();
    void idsComeBack();
    void preferencesComeBack();
    void defaultsHaveAnEtag();
};

void TestStoreCodecs::extraComesBack()
{
    Content bare = fullContent();
    bare.channels.clear();
    bare.actions.clear();
    bare.progress.reset();
    bare.icon = bare.link = bare.thread = bare.actorId = {};
    const model::Text extra = encodeExtra(fullContent());
    QVERIFY(!QJsonDocument::fromJson(extra).isNull());
    decodeExtra(extra, bare);
    QVERIFY(bare == fullContent());
}

void TestStoreCodecs::plainContentHasNoExtra()
{
    Content plain;
    plain.title = "t";
    plain.source = "ci";
    QVERIFY(encodeExtra(plain).isEmpty());
    decodeExtra({}, plain);
    QVERIFY(plain.channels.isEmpty() && !plain.progress);
}

void TestStoreCodecs::marksComeBack()
{
    for (int bits = 0; bits < 32; ++bits) {
        NotificationRow row;
        row.item.toast = bits & 1;
        row.item.content.critical = bits & 2;
        row.item.content.ackRequired = bits & 4;
        row.renotify = bits & 8;
        row.collapsed = bits & 16;
        NotificationRow back;
        decodeMarks(encodeMarks(row), back);
        QVERIFY(back == row);
    }
}

void TestStoreCodecs::jobComesBack()
{
    ports::Submit submit;
    submit.event = model::EventId::makeV7({1'700'000'000'000'000});
    submit.content = std::make_shared<const Content>(fullContent());
    submit.now = {1'700'000'000'000'001};
    submit.scheduledFor = Instant{1'700'000'000'000'002};
    submit.expiresAt = Instant{9'007'199'254'740'993};
    submit.dedupeWindow = model::days(7);
    submit.renotify = true;
    submit.legacyId = true;
    submit.traceparent = "00-trace";
    const ports::Submit back = decodeJob(encodeJob(submit));
    QVERIFY(*back.content == *submit.content);
    QVERIFY(back.event == submit.event && back.now == submit.now);
    QVERIFY(back.scheduledFor == submit.scheduledFor && back.expiresAt == submit.expiresAt);
    QVERIFY(back.dedupeWindow == submit.dedupeWindow && back.renotify && back.legacyId);
    QCOMPARE(back.traceparent, submit.traceparent);

    submit.scheduledFor.reset();
    submit.expiresAt.reset();
    submit.content = std::make_shared<const Content>();
    const ports::Submit bare = decodeJob(encodeJob(submit));
    QVERIFY(!bare.scheduledFor && !bare.expiresAt && *bare.content == Content{});
}

void TestStoreCodecs::opComesBack_data()
{
    QTest::addColumn<bool>("upTo");
    QTest::addColumn<bool>("times");
    QTest::newRow("ids") << false << true;
    QTest::newRow("no times") << false << false;
    QTest::newRow("up to") << true << true;
}

void TestStoreCodecs::opComesBack()
{
    QFETCH(bool, upTo);
    QFETCH(bool, times);
    Op op;
    op.id.text = "op \"1\"";
    op.set = OpSet::Snooze;
    if (upTo)
        op.target = model::UpTo{1LL << 40, {NotificationId::makeV7({3})}};
    else
        op.target = QList{NotificationId::makeV7({1}), NotificationId::makeV7({2})};
    if (times) {
        op.at = Instant{1'700'000'000'123'456};
        op.until = Instant{9'007'199'254'740'993};
    }
    QVERIFY(decodeOp(encodeOp(op)) == op);
}

void TestStoreCodecs::alertComesBack()
{
    for (const bool digest : {false, true}) {
        const model::AlertChange alert{{NotificationId::makeV7({1}), NotificationId::makeV7({2})}, digest};
        QVERIFY(decodeAlert(encodeAlert(alert)) == alert);
    }
}

void TestStoreCodecs::idsComeBack()
{
    const QList ids{NotificationId::makeV7({1}), NotificationId::makeV7({2})};
    QVERIFY(decodeIds(encodeIds(ids)) == ids);
    QVERIFY(decodeIds({}).isEmpty());
}

void TestStoreCodecs::preferencesComeBack()
{
    Preferences p;
    p.timeZone = "Europe/Zurich";
    p.locale = "de-CH";
    p.quietHours = {{{true, true, true, true, true, false, false}, 22 * 60, 7 * 60}, {{}, 0, 1440}};
    p.quietEmail = true;
    p.dndUntil = Instant{9'007'199'254'740'993};
    p.matrix["*"].any = false;
    p.matrix["chat"].byChannel[2] = true;
    p.matrix["chat"].byChannel[5] = false;
    p.matrix["empty"] = {};
    p.digest["*"].byChannel[2] = model::DigestRule{model::DigestMode::At, 1080, {false, true}};
    p.digest["*"].any = model::DigestRule{model::DigestMode::Window, 0, {}};
    p.minUrgency = model::Urgency::High;
    p.sound = false;
    QVERIFY(decodePreferences(encodePreferences(p)) == p);
    QVERIFY(preferencesRow(p).etag != preferencesRow({}).etag);
    QCOMPARE(preferencesRow(p).etag, preferencesRow(p).etag);
}

void TestStoreCodecs::defaultsHaveAnEtag()
{
    QVERIFY(storedPreferences({}).document == Preferences{});
    QCOMPARE(storedPreferences({}).etag, preferencesRow({}).etag);
}
} // namespace belfry::store

QTEST_GUILESS_MAIN(belfry::store::TestStoreCodecs)
#include "tst_store_codecs.moc"
