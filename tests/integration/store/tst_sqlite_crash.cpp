#include "store_driver.h"

#include <QProcess>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <unistd.h>

namespace belfry::store {
namespace {
const std::vector<model::Text> users{"ann", "bob", "cem"};

StoreOptions optionsIn(const QString &folder)
{
    StoreOptions options;
    options.dataDir = folder;
    options.url = "sqlite://" + folder.toUtf8() + "/belfry.db";
    return options;
}

/// The process that is killed: posts without end and tells each id once its answer is there.
int runVictim(const QString &folder)
{
    const runtime::SystemClock clock;
    runtime::FakeClock fake(clock.now());
    const auto store = openStore(optionsIn(folder), clock);
    if (!store->start())
        return 1;
    StoreDriver driver(*store, fake);
    std::function<void()> post = [&] {
        const model::Text &user = users[QRandomGenerator::global()->generate() % users.size()];
        fake.set(clock.now());
        driver.inbox().submit(
            driver.home(), driver.submitOf({user, "all"}, driver.content("x")), [&](const auto &result) {
                for (const ports::SubmittedItem &one : result->items) {
                    const model::Text line = one.item.id.toText() + '\n';
                    static_cast<void>(::write(1, line.constData(), static_cast<std::size_t>(line.size())));
                }
                post();
            });
    };
    for (int i = 0; i < 8; ++i)
        post();
    return QCoreApplication::exec();
}

/// Another one: it writes, and removes what it wrote as soon as that is old, in the smallest steps.
int runSweeper(const QString &folder)
{
    runtime::FakeClock clock(runtime::SystemClock().now());
    const auto store = openStore(optionsIn(folder), clock);
    if (!store->start())
        return 1;
    StoreDriver driver(*store, clock);
    while (true) {
        for (const model::Text &user : users) {
            const auto item = driver.send(user, "x");
            driver.apply(user, model::OpSet::Read, item.id);
            driver.send(user, "y");
            driver.apply(user, model::OpSet::Delete, item.id);
        }
        clock.advance(model::days(20));
        while (driver.settleAll() > 0) {
        }
        static_cast<void>(::write(1, "\n", 1));
        driver.sweepAll({}, 2);
    }
}
} // namespace

/// What was answered before a SIGKILL is there afterwards, once, and the logs have no gap.
class TestSqliteCrash : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void losesNothingOfWhatWasAnswered();
    void removesWholePiecesOnly();
};

void TestSqliteCrash::losesNothingOfWhatWasAnswered()
{
    const QTemporaryDir folder;
    QSet<QByteArray> answered;
    for (int round = 0; round < 6; ++round) {
        QProcess victim;
        victim.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--victim"), folder.path()});
        QVERIFY(victim.waitForReadyRead(20'000)); // it answers
        victim.waitForFinished(QRandomGenerator::global()->bounded(5, 150));
        victim.kill();
        QVERIFY(victim.waitForFinished(20'000));
        QCOMPARE(victim.exitStatus(), QProcess::CrashExit);
        QList<QByteArray> lines = victim.readAllStandardOutput().split('\n');
        lines.removeLast(); // what stands behind the last line feed
        for (const QByteArray &line : lines) {
            QVERIFY(!answered.contains(line));
            answered.insert(line);
        }
    }
    QVERIFY(answered.size() > 50);

    runtime::FakeClock clock;
    const auto store = openStore(optionsIn(folder.path()), clock);
    QVERIFY(store->start());
    StoreDriver driver(*store, clock);
    QSet<QByteArray> stored;
    std::vector<model::Text> all = users;
    all.push_back("all");
    for (const model::Text &user : all) {
        const auto log = driver.log(user, 0, 1'000'000);
        model::Seq next = 1;
        for (const model::Change &change : log->changes) {
            QCOMPARE(change.seq, next++);
            stored.insert(std::get<model::Notification>(change.what).id.toText());
        }
        QCOMPARE(log->state.head, next - 1);
        QCOMPARE(log->state.counts.unread, next - 1);
    }
    QVERIFY(stored.contains(answered));
    store->stop();
}

/// However often it is killed while it removes what is old: each log has every seq from its floor on, and the
/// counts are those of what is there.
void TestSqliteCrash::removesWholePiecesOnly()
{
    const QTemporaryDir folder;
    for (int round = 0; round < 8; ++round) {
        QProcess victim;
        victim.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--sweeper"), folder.path()});
        QVERIFY(victim.waitForReadyRead(20'000));
        victim.waitForFinished(QRandomGenerator::global()->bounded(5, 300));
        victim.kill();
        QVERIFY(victim.waitForFinished(20'000));
        QCOMPARE(victim.exitStatus(), QProcess::CrashExit);
        runtime::FakeClock clock(runtime::SystemClock().now());
        const auto store = openStore(optionsIn(folder.path()), clock);
        QVERIFY(store->start());
        StoreDriver driver(*store, clock);
        for (const model::Text &user : users) {
            const ports::LogState state = driver.state(user);
            const auto log = driver.log(user, state.floor - 1, 1'000'000);
            model::Seq next = state.floor;
            for (const model::Change &change : log->changes)
                QCOMPARE(change.seq, next++);
            QCOMPARE(state.head, next - 1);
            ports::InboxQuery query;
            query.user.text = user;
            query.limit = 1'000'000;
            query.state = ports::ListState::Unread;
            QCOMPARE(state.counts.unread, std::ssize(driver.list(query).items));
        }
        store->stop();
    }
}
} // namespace belfry::store

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--victim"))
        return belfry::store::runVictim(arguments.value(2));
    if (arguments.value(1) == QStringLiteral("--sweeper"))
        return belfry::store::runSweeper(arguments.value(2));
    belfry::store::TestSqliteCrash test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_sqlite_crash.moc"
