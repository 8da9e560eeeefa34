#include "protocol/preferences_document.h"
#include "samples.h"

#include <QTest>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

class TstPreferencesDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullDocumentComesBack();
    void absentIsDefault();
    void legacyRows_data();
    void legacyRows();
    void badDocuments_data();
    void badDocuments();
    void unknownMembersAreNamed();
    void answersComeBack();
};

namespace {
bool isZone(const Text &name)
{
    return name == "UTC" || name == "Europe/Berlin";
}

QByteArray json(const Preferences &document)
{
    QByteArray out;
    appendPreferences(out, document);
    return out;
}

Preferences fullDocument()
{
    Preferences document;
    document.timeZone = "Europe/Berlin";
    document.locale = "de-CH";
    document.quietHours = {{{true, true, true, true, true, false, false}, 1320, 420},
                           {{false, false, false, false, false, true, true}, 0, 1440}};
    document.quietEmail = true;
    document.dndUntil = samples::noon;
    document.matrix["*"].any = true;
    document.matrix["build"].byChannel[std::size_t(Channel::Email)] = false;
    document.matrix["a \"b\""].byChannel[std::size_t(Channel::InApp)] = true;
    document.digest["*"].byChannel[std::size_t(Channel::Email)] = DigestRule{DigestMode::Window, 0, {}};
    document.digest["x"].any =
        DigestRule{DigestMode::At, 1080, {true, false, true, false, true, false, true}};
    document.digest["y"].byChannel[std::size_t(Channel::Push)] = DigestRule{};
    document.digest["z"].byChannel[std::size_t(Channel::Sms)] = DigestRule{DigestMode::Lookback, 0, {}};
    document.minUrgency = Urgency::Low;
    document.sound = false;
    return document;
}
} // namespace

void TstPreferencesDocument::fullDocumentComesBack()
{
    const auto back = parsePreferences(json(fullDocument()), isZone);
    QVERIFY2(back, back ? "" : back.error().detail.constData());
    QCOMPARE(back->document, fullDocument());
    QVERIFY(back->ignored.isEmpty());
}

void TstPreferencesDocument::absentIsDefault()
{
    QCOMPARE(parsePreferences("{}", isZone)->document, Preferences{});
    QCOMPARE(parsePreferences("{}", isZone, "Europe/Berlin")->document.timeZone, Text("Europe/Berlin"));
    QCOMPARE(parsePreferences(json(Preferences{}), isZone)->document, Preferences{});
    const auto days =
        parsePreferences(R"({"quiet_hours":[{"start":"22:00","end":"07:00"}],"dnd_until":null})", isZone);
    QCOMPARE(days->document.quietHours.first().days,
             (std::array<bool, 7>{true, true, true, true, true, true, true}));
}

// S1's row form, decisions H30.
void TstPreferencesDocument::legacyRows_data()
{
    QTest::addColumn<QByteArray>("text");
    const QByteArray row = R"({"notification_type":"build","channel":"email","enabled":false,
        "quiet_hours_start":"22:00","quiet_hours_end":"07:00"})";
    QTest::newRow("array") << '[' + row + ']';
    QTest::newRow("one") << row;
    QTest::newRow("wrapped") << R"({"preferences":[)" + row + "]}";
}

void TstPreferencesDocument::legacyRows()
{
    QFETCH(QByteArray, text);
    Preferences expected;
    expected.matrix["build"].byChannel[std::size_t(Channel::Email)] = false;
    expected.quietHours = {{{true, true, true, true, true, true, true}, 1320, 420}};
    const auto document = parsePreferences(text, isZone);
    QVERIFY2(document, document ? "" : document.error().detail.constData());
    QCOMPARE(document->document, expected);
}

void TstPreferencesDocument::badDocuments_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("pointer");
    const auto row = [](const char *name, const char *text, const char *pointer) {
        QTest::newRow(name) << QByteArray(text) << QByteArray(pointer);
    };
    row("zone", R"({"time_zone":"Mars/Base"})", "/time_zone");
    row("offset as zone", R"({"time_zone":"UTC+2"})", "/time_zone");
    row("zone no text", R"({"time_zone":1})", "/time_zone");
    row("channel", R"({"matrix":{"a":{"smoke":true}}})", "/matrix/a/smoke");
    row("not bool", R"({"matrix":{"a":{"push":1}}})", "/matrix/a/push");
    row("row no object", R"({"matrix":{"a/b":true}})", "/matrix/a~1b");
    row("empty category", R"({"matrix":{"":{}}})", "/matrix/");
    row("matrix no object", R"({"matrix":[]})", "/matrix");
    row("digest word", R"({"digest":{"a":{"email":"daily"}}})", "/digest/a/email");
    row("digest time", R"({"digest":{"a":{"email":{"at":"25:00"}}}})", "/digest/a/email");
    row("digest days", R"({"digest":{"a":{"email":{"at":"18:00","days":["monday"]}}}})", "/digest/a/email");
    row("quiet hours no array", R"({"quiet_hours":{}})", "/quiet_hours");
    row("no end", R"({"quiet_hours":[{"start":"22:00"}]})", "/quiet_hours/0");
    row("day", R"({"quiet_hours":[{"days":["mo"],"start":"22:00","end":"23:00"}]})", "/quiet_hours/0/days");
    row("start at 24:00", R"({"quiet_hours":[{"start":"24:00","end":"23:00"}]})", "/quiet_hours/0/start");
    row("dnd", R"({"dnd_until":"tomorrow"})", "/dnd_until");
    row("urgency", R"({"min_urgency":"x"})", "/min_urgency");
    row("half quiet row", R"([{"notification_type":"a","channel":"push","quiet_hours_start":"22:00"}])",
        "/0");
    row("row without a type", R"([{"notification_type":"","channel":"push"}])", "/0/notification_type");
    row("row channel", R"([{"notification_type":"a","channel":"smoke"}])", "/0/channel");
    row("row zone", R"([{"notification_type":"a","channel":"push","timezone":"Nowhere"}])", "/time_zone");
    row("no object", "7", "");
    QTest::newRow("too many rows") << '[' + QByteArray("{},").repeated(1000) + "{}]" << QByteArray("");
}

void TstPreferencesDocument::badDocuments()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, pointer);
    const auto document = parsePreferences(text, isZone);
    QVERIFY(!document);
    QCOMPARE(document.error().code, ErrorCode::Invalid);
    QCOMPARE(document.error().fields.first().pointer, pointer);
}

void TstPreferencesDocument::unknownMembersAreNamed()
{
    QCOMPARE(parsePreferences(R"({"colour":"red","sound":false})", isZone)->ignored, QList<Text>{"colour"});
}

void TstPreferencesDocument::answersComeBack()
{
    QCOMPARE(parsePreferencesAnswer(preferencesAnswer(fullDocument()), isZone).value(), fullDocument());
    QVERIFY(!parsePreferencesAnswer("{}", isZone));
}

QTEST_APPLESS_MAIN(TstPreferencesDocument)
#include "tst_preferences_document.moc"
