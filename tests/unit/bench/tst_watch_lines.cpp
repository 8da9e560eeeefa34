#include "bench/watch_lines.h"

#include <QDateTime>
#include <QTest>

using namespace belfry::bench;
using namespace belfry::model;

namespace {
const Instant at{1'700'000'000'000'000};

Change entry(ChangeKind kind, const Text &title, const Text &message)
{
    Notification notification;
    notification.content.type = "news";
    notification.content.title = title;
    notification.content.message = message;
    return {7, kind, at, notification, Alert::None};
}
} // namespace

class WatchLinesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void showsWhatANotificationSays_data();
    void showsWhatANotificationSays();
    void recalledIsTold();
    void statesAreNoNews();
};

void WatchLinesTest::showsWhatANotificationSays_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("title");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *name, ChangeKind kind, const char *title, const char *message,
                        const char *line) {
        QTest::newRow(name) << static_cast<int>(kind) << QByteArray(title) << QByteArray(message)
                            << QByteArray(line);
    };
    row("both", ChangeKind::Created, "Hello", "World", "Hello: World");
    row("title only", ChangeKind::Created, "Hello", "", "Hello");
    row("message only", ChangeKind::Created, "", "World", "World");
    row("neither", ChangeKind::Created, "", "", "news");
    row("updated", ChangeKind::Updated, "Hello", "again", "updated: Hello: again");
    row("controls", ChangeKind::Created, "a\x1b[2Jb\x7f", "c\r\nd\tf", "a [2Jb : c  d f");
    row("C1 controls", ChangeKind::Created,
        "a\xc2\x9b"
        "2J",
        "\xc2\x80", "a 2J:  ");
    row("text beyond ASCII", ChangeKind::Created, "Grüße", "für 日本 ✓", "Grüße: für 日本 ✓");
}

void WatchLinesTest::showsWhatANotificationSays()
{
    QFETCH(int, kind);
    QFETCH(QByteArray, title);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, line);
    const QByteArray time = QDateTime::fromMSecsSinceEpoch(at.us / 1000).time().toString().toLatin1();
    const auto shown = lineFor(entry(static_cast<ChangeKind>(kind), title, message));
    QVERIFY(shown.has_value());
    QCOMPARE(*shown, time + "  " + line);
}

void WatchLinesTest::recalledIsTold()
{
    const Uuid id = Uuid::makeV7(at);
    const auto shown = lineFor({8, ChangeKind::Recalled, at, Gone{id}, Alert::None});
    QVERIFY(shown.has_value());
    QVERIFY2(shown->endsWith("recalled " + id.toText()), shown->constData());
}

void WatchLinesTest::statesAreNoNews()
{
    QVERIFY(!lineFor({9, ChangeKind::State, at, StateChange{}, Alert::None}));
    QVERIFY(!lineFor({9, ChangeKind::Preferences, at, PreferencesChange{}, Alert::None}));
    QVERIFY(!lineFor(entry(ChangeKind::Expired, "old", "news")));
}

QTEST_APPLESS_MAIN(WatchLinesTest)
#include "tst_watch_lines.moc"
