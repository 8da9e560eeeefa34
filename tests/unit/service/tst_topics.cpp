#include "world.h"

#include <QTest>

using namespace belfry;
using namespace belfry::test;
using auth::Scope;
using model::ErrorCode;

class TestTopics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registry();
    void names_data();
    void names();
    void subscribing();
    void unknownUsers();
    void scopes();
};

void TestTopics::registry()
{
    World w;
    service::Topics &topics = w.services.topics;
    Answer<model::Result<bool>> first, second;
    Answer<model::Result<std::vector<ports::Topic>>> list;
    Answer<model::Result<ports::Topic>> unknown;
    Answer<model::VoidResult> removed, again;
    topics.put(w.home, World::key(), {"news"}, "News", first.reply());
    topics.put(w.home, World::key(), {"news"}, "The news", second.reply());
    topics.list(w.home, World::key(), list.reply());
    topics.get(w.home, World::key(), {"other"}, unknown.reply());
    topics.remove(w.home, World::key(), {"news"}, removed.reply());
    topics.remove(w.home, World::key(), {"news"}, again.reply());
    QVERIFY(again.wait());
    QVERIFY(first->value());
    QVERIFY(!second->value());
    QCOMPARE(list->value().size(), std::size_t(1));
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
    QVERIFY(*removed);
    QCOMPARE(again->error().code, ErrorCode::NotFound);
}

void TestTopics::names_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("good");
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("128") << QByteArray(128, 'a') << true;
    QTest::newRow("129") << QByteArray(129, 'a') << false;
}

void TestTopics::names()
{
    QFETCH(QByteArray, name);
    QFETCH(bool, good);
    World w;
    Answer<model::Result<bool>> put;
    w.services.topics.put(w.home, World::key(), {name}, {}, put.reply());
    QVERIFY(put.wait());
    QCOMPARE(put->has_value(), good);
}

void TestTopics::subscribing()
{
    World w;
    service::Topics &topics = w.services.topics;
    for (int i = 0; i < 501; ++i)
        w.store.topicUsers[{"news"}].push_back({QByteArray::number(i)});
    Answer<model::VoidResult> on;
    Answer<model::Result<service::Topics::Page>> first, rest;
    topics.subscribe(w.home, World::person(ada), {"news"}, ada, true, on.reply());
    topics.subscribers(w.home, World::key(), {"news"}, 0, first.reply());
    QVERIFY(first.wait());
    QVERIFY(*on);
    QCOMPARE(first->value().first.size(), std::size_t(500));
    topics.subscribers(w.home, World::key(), {"news"}, first->value().second, rest.reply());
    QVERIFY(rest.wait());
    QCOMPARE(rest->value().first.back(), ada);
    QVERIFY(first->value().second > 0);
    QCOMPARE(rest->value().second, 0); // the last page
}

void TestTopics::unknownUsers()
{
    service::Settings settings;
    settings.usersOnFirstUse = false;
    World w(settings);
    w.store.knownPeople[ada] = {ada, "Ada", {}, {}, {}};
    Answer<model::VoidResult> known, unknown;
    w.services.topics.subscribe(w.home, World::key(), {"news"}, ada, true, known.reply());
    w.services.topics.subscribe(w.home, World::key(), {"news"}, bob, true, unknown.reply());
    QVERIFY(unknown.wait());
    QVERIFY(*known);
    QCOMPARE(unknown->error().code, ErrorCode::NotFound);
}

void TestTopics::scopes()
{
    World w;
    service::Topics &topics = w.services.topics;
    Answer<model::Result<bool>> put;
    Answer<model::VoidResult> removed, others, byAdmin;
    Answer<model::Result<std::vector<ports::Topic>>> readByPerson, readByWriter;
    Answer<model::Result<service::Topics::Page>> subscribers;
    topics.put(w.home, World::person(ada), {"t"}, {}, put.reply());
    topics.remove(w.home, World::key(Scope::AdminRead), {"t"}, removed.reply());
    topics.subscribe(w.home, World::person(ada), {"t"}, bob, true, others.reply());
    topics.subscribe(w.home, World::key(Scope::AdminWrite), {"t"}, bob, true, byAdmin.reply());
    topics.list(w.home, World::person(ada), readByPerson.reply());
    topics.list(w.home, World::key(Scope::NotifyWrite), readByWriter.reply());
    topics.subscribers(w.home, World::person(ada), {"t"}, 0, subscribers.reply());
    QVERIFY(byAdmin.wait() && readByPerson.wait());
    QCOMPARE(put->error().code, ErrorCode::Forbidden);
    QCOMPARE(removed->error().code, ErrorCode::Forbidden);
    QCOMPARE(others->error().code, ErrorCode::Forbidden);
    QVERIFY(*byAdmin);
    QVERIFY(*readByPerson);
    QCOMPARE(readByWriter->error().code, ErrorCode::Forbidden);
    QCOMPARE(subscribers->error().code, ErrorCode::Forbidden);
}

QTEST_GUILESS_MAIN(TestTopics)
#include "tst_topics.moc"
