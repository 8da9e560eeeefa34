#include "bench/options.h"
#include "bench/watch.h"
#include "fake_server.h"
#include "protocol/answers.h"

#include <QSignalSpy>
#include <QTest>

using namespace belfry;
using namespace belfry::bench;
using namespace belfry::model;
using protocol::Welcome;

namespace {
/// A file in memory.
class Printed
{
public:
    Printed()
        : file(::open_memstream(&m_text, &m_size))
    {
    }
    ~Printed()
    {
        std::fclose(file);
        ::free(m_text);
    }
    Printed(const Printed &) = delete;
    Printed &operator=(const Printed &) = delete;

    [[nodiscard]] QByteArray text() const
    {
        std::fflush(file);
        return {m_text, static_cast<qsizetype>(m_size)};
    }

private:
    char *m_text = nullptr;
    std::size_t m_size = 0;

public:
    std::FILE *file;
};

Change created(Seq seq, const Text &title)
{
    Notification notification;
    notification.id = {1, static_cast<quint64>(seq)};
    notification.user.text = "u 1";
    notification.seq = seq;
    notification.createdSeq = seq;
    notification.content.title = title;
    return {seq, ChangeKind::Created, {1'700'000'000'000'000}, notification, Alert::Sound};
}
} // namespace

class WatchTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void printsWhatArrivesAndEndsAfterCount();
    void saysWhenTheKeyIsRefused();
    void refusesBadSettings_data();
    void refusesBadSettings();

private:
    [[nodiscard]] std::unique_ptr<Watch> makeWatch(const Printed &out, const Printed &remarks) const;
    [[nodiscard]] Options options() const;

    std::unique_ptr<FakeServer> m_server;
};

void WatchTest::init()
{
    m_server = std::make_unique<FakeServer>();
    m_server->http = [](const FakeServer::Request &) {
        return FakeServer::Answer{200, protocol::encode(protocol::Snapshot{{"e1"}, 40, {}, {}, {}}), {}};
    };
    m_server->onMessage = [this](const protocol::ClientMessage &message) {
        if (!std::holds_alternative<protocol::Hello>(message))
            return;
        m_server->say(Welcome{{"e1"}, 40, Welcome::Mode::Snapshot, std::chrono::seconds(25)});
        m_server->say(protocol::Live{});
    };
    m_server->listen();
}

void WatchTest::cleanup()
{
    m_server.reset();
}

Options WatchTest::options() const
{
    Options options;
    options.url = m_server->url().toString().toStdString();
    options.user = "u 1";
    options.key = "blf_key";
    options.count = 2;
    return options;
}

std::unique_ptr<Watch> WatchTest::makeWatch(const Printed &out, const Printed &remarks) const
{
    return Watch::make(options(), out.file, remarks.file).value();
}

void WatchTest::printsWhatArrivesAndEndsAfterCount()
{
    const Printed out;
    const Printed remarks;
    const auto watch = makeWatch(out, remarks);
    QSignalSpy finished(watch.get(), &Watch::finished);
    watch->start();
    QTRY_VERIFY(remarks.text().contains("watching u 1"));
    m_server->say(protocol::Event{created(41, "First")});
    QTRY_VERIFY(out.text().endsWith("  First\n"));
    QVERIFY(finished.isEmpty());
    m_server->say(protocol::Event{created(42, "Second")});
    m_server->say(protocol::Event{created(43, "Third")});
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toInt(), 0);
    QCOMPARE(out.text().count('\n'), 2);
    QVERIFY(out.text().endsWith("  Second\n"));
    const auto hellos = m_server->said<protocol::Hello>();
    QVERIFY(!hellos.empty());
    QCOMPARE(hellos.front().user->text, QByteArray("u 1"));
}

void WatchTest::saysWhenTheKeyIsRefused()
{
    m_server->onMessage = [this](const protocol::ClientMessage &) {
        m_server->closeSocket(protocol::CloseCode::Unauthenticated);
    };
    const Printed out;
    const Printed remarks;
    const auto watch = makeWatch(out, remarks);
    QSignalSpy finished(watch.get(), &Watch::finished);
    watch->start();
    QTRY_COMPARE(finished.size(), 1);
    QCOMPARE(finished.first().first().toInt(), 1);
    QVERIFY2(remarks.text().contains("--key-file"), remarks.text().constData());
}

void WatchTest::refusesBadSettings_data()
{
    QTest::addColumn<QByteArray>("url");
    QTest::addColumn<QByteArray>("user");
    QTest::newRow("no user") << QByteArray("http://127.0.0.1:1") << QByteArray();
    QTest::newRow("no host") << QByteArray("nonsense") << QByteArray("u");
}

void WatchTest::refusesBadSettings()
{
    QFETCH(QByteArray, url);
    QFETCH(QByteArray, user);
    Options bad = options();
    bad.url = url.toStdString();
    bad.user = user.toStdString();
    QVERIFY(!Watch::make(bad, stdout, stderr).has_value());
}

QTEST_GUILESS_MAIN(WatchTest)
#include "tst_watch.moc"
