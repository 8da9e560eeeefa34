#include "protocol/answers.h"
#include "protocol/client_messages.h"
#include "protocol/legacy.h"
#include "protocol/notification_request.h"
#include "protocol/ops_request.h"
#include "protocol/preferences_document.h"
#include "protocol/server_messages.h"
#include "samples.h"

#include <QDir>
#include <QFile>
#include <QTest>
#include <functional>

using namespace belfry;
using namespace belfry::model;
using namespace belfry::protocol;

/// Files in golden/ pin the wire: each is written from a value and read back into it. A change of a file is
/// a change of the protocol. BELFRY_GOLDEN=write writes them anew.
class TstGolden : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void filesAreWhatIsWritten_data();
    void filesAreWhatIsWritten();
    void filesAreReadBack_data() { filesAreWhatIsWritten_data(); }
    void filesAreReadBack();
    void everyFileHasItsRow();
    void requestsAreRead();
};

namespace {
using Check = std::function<bool(const QByteArray &)>;

QString folder()
{
    return qEnvironmentVariable("BELFRY_SOURCE_DIR") + QStringLiteral("/tests/unit/protocol/golden/");
}

QByteArray contents(const QString &name)
{
    QFile file(folder() + name);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

struct Golden
{
    const char *name;
    QByteArray json;
    Check comesBack;
};

Golden server(const char *name, const ServerMessage &message)
{
    return {name, encode(message), [message](const QByteArray &json) {
                const auto back = parseServerMessage(json);
                return back && *back == message;
            }};
}

Golden client(const char *name, const ClientMessage &message)
{
    return {name, encode(message), [message](const QByteArray &json) {
                const auto back = parseClientMessage(json);
                return back && *back == message;
            }};
}

template<typename Value, typename Parse>
Golden answer(const char *name, const Value &value, Parse parse)
{
    return {name, encode(value), [value, parse](const QByteArray &json) {
                const auto back = parse(json);
                return back && *back == value;
            }};
}

Notification plainItem()
{
    Notification item;
    item.id = samples::someId;
    item.user.text = "ann";
    item.seq = item.createdSeq = 1;
    item.state = State::Queued;
    item.createdAt = item.updatedAt = samples::noon;
    item.content.type = "general";
    item.content.title = "Hello";
    return item;
}

Preferences preferences()
{
    Preferences document;
    document.timeZone = "Europe/Berlin";
    document.quietHours = {{{true, true, true, true, true, false, false}, 1320, 420}};
    document.matrix["*"].byChannel[std::size_t(Channel::Email)] = false;
    document.digest["build"].any =
        DigestRule{DigestMode::At, 1080, {true, true, true, true, true, true, true}};
    return document;
}

Golden item(const char *name, const Notification &value)
{
    QByteArray json;
    appendItem(json, value);
    return {name, json, [value](const QByteArray &text) {
                const auto back = parseItem(text);
                return back && *back == value;
            }};
}

Golden preferencesFile()
{
    QByteArray json;
    appendPreferences(json, preferences());
    return {"preferences.json", json, [](const QByteArray &text) {
                const auto back = parsePreferences(text, [](const Text &) { return true; });
                return back && back->document == preferences();
            }};
}

Golden problemFile()
{
    const Problem problem = makeProblem(
        {ErrorCode::Invalid, "/title: is missing", {{"/title", "is missing"}}, std::chrono::seconds(2)},
        "req-1");
    QByteArray json;
    appendProblem(json, problem);
    return {"problem.json", json, [problem](const QByteArray &text) {
                const auto back = parseProblem(text);
                return back && *back == problem;
            }};
}

/// Written only: their readers are the clients of other systems.
Golden writtenOnly(const char *name, const QByteArray &json)
{
    return {name, json, [](const QByteArray &) { return true; }};
}

std::vector<Golden> serverFiles()
{
    const Instant at = samples::noon;
    const Op op{{"op-1"}, OpSet::Read, QList<NotificationId>{samples::someId}, at, {}};
    return {
        server("server_welcome.json",
               Welcome{{"epoch-1"}, 12, Welcome::Mode::Resume, std::chrono::seconds(25)}),
        server("server_batch.json", Batch{3,
                                          5,
                                          {{3, ChangeKind::Recalled, at, Gone{samples::someId}, Alert::None},
                                           {4, ChangeKind::State, at, StateChange{op}, Alert::None},
                                           {5, ChangeKind::Preferences, at, PreferencesChange{"e7"}, {}}}}),
        server("server_live.json", Live{}),
        server("server_ev.json", Event{samples::created()}),
        server("server_ev_alert.json",
               Event{{9, ChangeKind::Alert, at, AlertChange{{samples::someId}, false}, Alert::Sound}}),
        server("server_ev_digest.json",
               Event{{10, ChangeKind::Alert, at, AlertChange{{samples::someId, samples::otherId}, true},
                      Alert::Silent}}),
        server("server_ev_live_only.json", Event{{0, ChangeKind::Created, at, plainItem(), Alert::Sound}}),
        server("server_counts.json", CountsNow{12, {3, 4}}),
        server("server_applied.json", Applied{{{"op-1"}, 13, true, {samples::someId}}}),
        server("server_error.json",
               Fault{makeProblem({ErrorCode::Invalid, "/set: odd", {{"/set", "odd"}}, {}}), {"op-1"}}),
        server("server_bye.json", Bye{CloseCode::ServiceRestart, std::chrono::milliseconds(1500)}),
    };
}

std::vector<Golden> clientFiles()
{
    const Instant at = samples::noon;
    return {
        client("client_hello.json", Hello{{"dev-1"}, "token", {"epoch-1"}, 12, {}, UserId{"ann"}}),
        client("client_hello_fresh.json", Hello{{"dev-1"}, {}, {}, {}, {}, {}}),
        client("client_ack.json", Ack{12}),
        client("client_op_ids.json",
               OpRequest{{{"op-1"}, OpSet::Archive, QList<NotificationId>{samples::someId}, at, {}}}),
        client("client_op_upto.json", OpRequest{{{"op-2"}, OpSet::Read, UpTo{12}, at, {}}}),
        client(
            "client_op_snooze.json",
            OpRequest{{{"op-3"}, OpSet::Snooze, QList<NotificationId>{samples::someId}, at, at + days(1)}}),
        client("client_presence.json", Presence{Presence::State::Active, at}),
        client("client_refresh.json", Refresh{"token"}),
    };
}

std::vector<Golden> restFiles()
{
    return {
        item("item_full.json", samples::fullItem()),
        item("item_plain.json", plainItem()),
        preferencesFile(),
        problemFile(),
        answer("answer_snapshot.json", Snapshot{{"epoch-1"}, 12, {1, 2}, {plainItem()}, {}}, parseSnapshot),
        answer("answer_log.json", LogAnswer{{"epoch-1"}, 12, 1, {samples::created()}}, parseLog),
        answer("answer_list.json", ListAnswer{{plainItem()}, 50, 0, "c1"}, parseList),
        answer("answer_ops.json", OpsAnswer{{{{"op-1"}, 13, false, {}}}, {0, 1}, 13}, parseOpsAnswer),
        answer("answer_counts.json", CountsAnswer{{1, 2}, 12}, parseCounts),
        answer("answer_well_known.json",
               WellKnown{"0.1.0", {"belfry.v1"}, {"sse", "tickets"}, 262144, 1000, 65536}, parseWellKnown),
        writtenOnly("legacy_list.json", legacyList({{plainItem(), {{"2"}, "Bob"}, {{"ann"}, "Ann"}}})),
        writtenOnly("legacy_socket.json", legacySocketMessage(plainItem(), 1)),
        writtenOnly("legacy_created.json", legacyCreated("Notification queued successfully", plainItem())),
    };
}

std::vector<Golden> allFiles()
{
    std::vector<Golden> files = serverFiles();
    for (const auto &more : {clientFiles(), restFiles()})
        files.insert(files.end(), more.begin(), more.end());
    return files;
}
} // namespace

Q_DECLARE_METATYPE(Check)

void TstGolden::filesAreWhatIsWritten_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<Check>("comesBack");
    for (const Golden &golden : allFiles())
        QTest::newRow(golden.name) << golden.json << golden.comesBack;
}

void TstGolden::filesAreWhatIsWritten()
{
    QFETCH(QByteArray, json);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    if (qEnvironmentVariable("BELFRY_GOLDEN") == u"write") {
        QFile file(folder() + name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(json + '\n');
        file.close();
    }
    QCOMPARE(contents(name), json);
}

void TstGolden::filesAreReadBack()
{
    QFETCH(Check, comesBack);
    QVERIFY(comesBack(contents(QString::fromLatin1(QTest::currentDataTag()))));
}

void TstGolden::everyFileHasItsRow()
{
    QStringList known{QStringLiteral("request_native.json"), QStringLiteral("request_s1.json")};
    for (const Golden &golden : allFiles())
        known.append(QString::fromLatin1(golden.name));
    known.sort();
    QCOMPARE(QDir(folder()).entryList(QDir::Files, QDir::Name), known);
}

// What other programs send: these files are never written by us.
void TstGolden::requestsAreRead()
{
    const auto native = parseNotification(contents(QStringLiteral("request_native.json")), samples::noon);
    QVERIFY2(native, native ? "" : native.error().detail.constData());
    QCOMPARE(native->content.actions.size(), 1);
    QVERIFY(native->ignored.isEmpty());
    const auto legacy = parseNotification(contents(QStringLiteral("request_s1.json")), samples::noon);
    QVERIFY2(legacy, legacy ? "" : legacy.error().detail.constData());
    QVERIFY(legacy->legacyFieldsOnly && legacy->ignored.isEmpty());
}

QTEST_APPLESS_MAIN(TstGolden)
#include "tst_golden.moc"
