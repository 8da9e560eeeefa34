#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using model::ErrorCode;
using model::Preferences;
using service::PreferencesService;

Q_DECLARE_METATYPE(Preferences)

class TestPreferencesService : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checks_data();
    void checks();
    void namesEveryBadMember();
    void gets();
    void puts();
    void unknownUsers();
    void needsScopeAndReach();
};

using Stored = Answer<model::Result<ports::StoredPreferences>>;

void TestPreferencesService::checks_data()
{
    QTest::addColumn<Preferences>("document");
    QTest::addColumn<QByteArray>("pointer"); // empty: good
    QTest::newRow("defaults") << Preferences() << QByteArray();
    Preferences document;
    document.timeZone = "Europe/Zurich";
    document.quietHours = {{{true}, 22 * 60, 24 * 60}, {{true}, 0, 0}};
    document.digest["*"].any = model::DigestRule{model::DigestMode::Window, 0, {}};
    document.matrix["chat"].any = false;
    QTest::newRow("everything") << document << QByteArray();
    Preferences bad;
    bad.timeZone = "UTC+02:00";
    QTest::newRow("offset for a zone") << bad << QByteArray("/time_zone");
    bad = {};
    bad.locale.clear();
    QTest::newRow("no locale") << bad << QByteArray("/locale");
    bad = {};
    bad.quietHours = {{{true}, 0, 60}, {{}, 0, 60}};
    QTest::newRow("no day") << bad << QByteArray("/quiet_hours/1/days");
    bad.quietHours = {{{true}, 24 * 60, 60}};
    QTest::newRow("starts at 24:00") << bad << QByteArray("/quiet_hours/0/start");
    bad.quietHours = {{{true}, 0, 24 * 60 + 1}};
    QTest::newRow("ends after 24:00") << bad << QByteArray("/quiet_hours/0/end");
    bad = {};
    bad.quietHours = QList<model::QuietRange>(51, {{true}, 0, 60});
    QTest::newRow("too many ranges") << bad << QByteArray("/quiet_hours");
    bad = {};
    bad.matrix[QByteArray(129, 'a')].any = true;
    QTest::newRow("long category") << bad << QByteArray("/matrix");
    bad = {};
    bad.digest["chat"].byChannel[2] = model::DigestRule{model::DigestMode::At, 18 * 60, {}};
    QTest::newRow("digest without a day") << bad << QByteArray("/digest/chat/days");
    bad.digest["chat"].byChannel[2] = model::DigestRule{model::DigestMode::At, 24 * 60, {true}};
    QTest::newRow("digest at 24:00") << bad << QByteArray("/digest/chat/at");
}

void TestPreferencesService::checks()
{
    QFETCH(Preferences, document);
    QFETCH(QByteArray, pointer);
    const auto ok = PreferencesService::check(document);
    QCOMPARE(ok.has_value(), pointer.isEmpty());
    if (!ok) {
        QCOMPARE(ok.error().code, ErrorCode::Invalid);
        QCOMPARE(ok.error().fields.value(0).pointer, pointer);
        QVERIFY(ok.error().detail.startsWith(pointer));
    }
}

void TestPreferencesService::namesEveryBadMember()
{
    Preferences bad;
    bad.timeZone = "Mars/Base";
    bad.locale.clear();
    QCOMPARE(PreferencesService::check(bad).error().fields.size(), 2);
}

void TestPreferencesService::gets()
{
    World w;
    w.store.documents[ada] = withToastOff();
    Stored stored;
    w.services.preferences.get(w.home, World::person(ada), ada, stored.reply());
    QVERIFY(stored.wait());
    QVERIFY(stored->value().document == withToastOff());
    QCOMPARE(stored->value().etag, "etag");
}

void TestPreferencesService::puts()
{
    World w;
    Stored bad, stale, good;
    Preferences invalid;
    invalid.timeZone.clear();
    w.services.preferences.put(w.home, World::person(ada), ada, invalid, {}, bad.reply());
    QCOMPARE(bad->error().code, ErrorCode::Invalid);
    w.services.preferences.put(w.home, World::person(ada), ada, withToastOff(), QList<model::Text>{"old"},
                               stale.reply());
    QVERIFY(stale.wait());
    QCOMPARE(stale->error().code, ErrorCode::Precondition);
    QVERIFY(w.store.documents.empty());
    w.services.preferences.put(w.home, World::person(ada), ada, withToastOff(),
                               QList<model::Text>{"old", "etag"}, good.reply());
    QVERIFY(good.wait());
    QCOMPARE(good->value().etag, "etag-2");
    QVERIFY(w.store.documents[ada] == withToastOff());
}

void TestPreferencesService::unknownUsers()
{
    service::Settings settings;
    settings.usersOnFirstUse = false;
    World w(settings);
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    Stored known, unknown;
    w.services.preferences.put(w.home, World::key(), ada, withToastOff(), {}, known.reply());
    w.services.preferences.put(w.home, World::key(), bob, withToastOff(), {}, unknown.reply());
    QVERIFY(unknown.wait());
    QVERIFY(*known);
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
}

void TestPreferencesService::needsScopeAndReach()
{
    World w;
    Stored read, write, reach;
    w.services.preferences.get(w.home, World::key(auth::Scope::PrefsWrite), ada, read.reply());
    w.services.preferences.put(w.home, World::key(auth::Scope::PrefsRead), ada, {}, {}, write.reply());
    w.services.preferences.get(w.home, World::person(bob), ada, reach.reply());
    QCOMPARE(read->error().code, ErrorCode::Forbidden);
    QCOMPARE(write->error().code, ErrorCode::Forbidden);
    QCOMPARE(reach->error().code, ErrorCode::Forbidden);
}

QTEST_GUILESS_MAIN(TestPreferencesService)
#include "tst_preferences_service.moc"
