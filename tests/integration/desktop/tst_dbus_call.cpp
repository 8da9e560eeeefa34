#include "desktop/dbus_call.h"
#include "support/private_bus.h"
#include "support/wait_until.h"

using namespace belfry::desktop;
using belfry::test::waitUntil;

namespace {
const QString service = QStringLiteral("org.example.Echo");
const DBusPlace echo{service, QStringLiteral("/"), service};

/// A service on the connection that asks it: its answer is there before the question returns.
class Echo : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.example.Echo")
public Q_SLOTS:
    Q_SCRIPTABLE QString say(const QString &words) { return words; }
};
} // namespace

class TestDBusCall : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anAnswerComesThroughTheEventLoop();
    void anAnswerIsHeardBeforeWhatCameAfterIt();
    void anErrorKeepsItsNameAndText();
    void nobodyIsToldOnceTheReceiverIsGone();
    void withoutABusThereIsAnError();

private:
    /// What was heard of a question with this connection.
    static QDBusMessage answerTo(const QDBusConnection &bus, const QDBusMessage &question);
};

QDBusMessage TestDBusCall::answerTo(const QDBusConnection &bus, const QDBusMessage &question)
{
    QObject receiver;
    QList<QDBusMessage> answers;
    ask(bus, question, &receiver, [&](const QDBusMessage &answer) { answers.append(answer); });
    const bool isAnsweredAtOnce = !answers.isEmpty();
    return !isAnsweredAtOnce && waitUntil([&] { return !answers.isEmpty(); }) ? answers.constFirst()
                                                                              : QDBusMessage();
}

void TestDBusCall::anAnswerComesThroughTheEventLoop()
{
    belfry::test::PrivateBus bus;
    QVERIFY(bus.startMockObject(service, echo.path, echo.interface));
    bus.mock(service, echo.path, QStringLiteral("AddMethod"),
             {service, QStringLiteral("say"), QStringLiteral("s"), QStringLiteral("s"),
              QStringLiteral("ret = args[0]")});
    const QDBusMessage answer =
        answerTo(bus.connect(), methodCall(echo, QStringLiteral("say"), {QStringLiteral("hello")}));
    QCOMPARE(answer.type(), QDBusMessage::ReplyMessage);
    QCOMPARE(answer.arguments(), QVariantList{QStringLiteral("hello")});
}

void TestDBusCall::anAnswerIsHeardBeforeWhatCameAfterIt()
{
    belfry::test::PrivateBus bus;
    QDBusConnection connection = bus.connect();
    Echo here;
    QVERIFY(connection.registerObject(echo.path, &here, QDBusConnection::ExportScriptableSlots));
    QVERIFY(connection.registerService(service));

    QStringList heard;
    ask(connection, methodCall(echo, QStringLiteral("say"), {QStringLiteral("answer")}), this,
        [&](const QDBusMessage &answer) { heard.append(answer.arguments().value(0).toString()); });
    QVERIFY(heard.isEmpty());
    // As a signal would be, that the service sent after its answer.
    QMetaObject::invokeMethod(
        this, [&] { heard.append(QStringLiteral("signal")); }, Qt::QueuedConnection);
    QVERIFY(waitUntil([&] { return heard.size() == 2; }));
    QCOMPARE(heard, (QStringList{QStringLiteral("answer"), QStringLiteral("signal")}));
}

void TestDBusCall::anErrorKeepsItsNameAndText()
{
    belfry::test::PrivateBus bus;
    const QDBusMessage nobody = answerTo(bus.connect(), methodCall(echo, QStringLiteral("say")));
    QCOMPARE(nobody.type(), QDBusMessage::ErrorMessage);
    QVERIFY(saysThatNobodyIsThere(nobody));

    QVERIFY(bus.startMockObject(service, echo.path, echo.interface));
    bus.mock(service, echo.path, QStringLiteral("AddMethod"),
             {service, QStringLiteral("say"), QString(), QString(),
              QStringLiteral("raise dbus.exceptions.DBusException('not today', name='org.example.Tired')")});
    const QDBusMessage refused = answerTo(bus.connect(), methodCall(echo, QStringLiteral("say")));
    QCOMPARE(refused.type(), QDBusMessage::ErrorMessage);
    QCOMPARE(refused.errorName(), QStringLiteral("org.example.Tired"));
    QCOMPARE(refused.errorMessage(), QStringLiteral("not today"));
    QVERIFY(!saysThatNobodyIsThere(refused));
}

void TestDBusCall::nobodyIsToldOnceTheReceiverIsGone()
{
    belfry::test::PrivateBus bus;
    const QDBusConnection connection = bus.connect();
    bool isTold = false;
    {
        QObject receiver;
        ask(connection, methodCall(echo, QStringLiteral("say")), &receiver,
            [&](const QDBusMessage &) { isTold = true; });
    }
    QCOMPARE(answerTo(connection, methodCall(echo, QStringLiteral("say"))).type(),
             QDBusMessage::ErrorMessage); // behind the first one's
    QVERIFY(!isTold);
}

void TestDBusCall::withoutABusThereIsAnError()
{
    const QDBusConnection none(QStringLiteral("nobody's"));
    const QDBusMessage answer = answerTo(none, methodCall(echo, QStringLiteral("say")));
    QCOMPARE(answer.type(), QDBusMessage::ErrorMessage);
    QVERIFY(saysThatNobodyIsThere(answer));
}

QTEST_GUILESS_MAIN(TestDBusCall)
#include "tst_dbus_call.moc"
