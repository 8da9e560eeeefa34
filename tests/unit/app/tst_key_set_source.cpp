#include "app/key_set_source.h"
#include "support/token_issuer.h"

#include <QFile>
#include <QRegularExpression>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace belfry;
using app::KeySetSource;

namespace {
/// An issuer's web server: answers every request with what is set, and closes.
class KeyServer : public QTcpServer
{
public:
    KeyServer()
    {
        connect(this, &QTcpServer::newConnection, this, [this] { serve(*nextPendingConnection()); });
        if (!listen(QHostAddress::LocalHost))
            qFatal("cannot listen");
    }

    [[nodiscard]] QByteArray url() const
    {
        return "http://127.0.0.1:" + QByteArray::number(serverPort()) + "/keys";
    }

    QByteArray status = "200 OK";
    QByteArray body;
    int asked = 0;

private:
    void serve(QTcpSocket &socket)
    {
        connect(&socket, &QTcpSocket::disconnected, &socket, &QObject::deleteLater);
        connect(&socket, &QTcpSocket::readyRead, this, [this, &socket] {
            if (!socket.readAll().endsWith("\r\n\r\n"))
                return;
            ++asked;
            socket.write("HTTP/1.1 " + status +
                         "\r\nLocation: /other\r\nConnection: close\r\nContent-Length: " +
                         QByteArray::number(body.size()) + "\r\n\r\n" + body);
            socket.disconnectFromHost();
        });
    }
};

QByteArray idOf(const std::vector<auth::VerifyKey> &keys)
{
    return keys.empty() ? QByteArray() : keys.front().id;
}
} // namespace

class TstKeySetSource : public QObject
{
    Q_OBJECT
private:
    const test::TokenIssuer m_old{"old"};
    const test::TokenIssuer m_new{"new"};
    QTemporaryDir m_dir;

    QByteArray write(const QByteArray &content)
    {
        QFile out(m_dir.filePath(QStringLiteral("keys.json")));
        if (!out.open(QIODevice::WriteOnly) || out.write(content) != content.size())
            qFatal("cannot write the test's file");
        return QFile::encodeName(out.fileName());
    }

private Q_SLOTS:
    void aFileIsReadAtOnceAndAgainWhenAsked()
    {
        std::vector<auth::VerifyKey> taken;
        KeySetSource source(write(m_old.keySet()), [&taken](auto keys) { taken = std::move(keys); });
        source.start();
        QCOMPARE(idOf(taken), "old");
        write(m_new.keySet());
        source.reload();
        QCOMPARE(idOf(taken), "new");
    }

    void whatWasReadLastStaysGood()
    {
        std::vector<auth::VerifyKey> taken;
        KeySetSource source(write(m_old.keySet()), [&taken](auto keys) { taken = std::move(keys); });
        source.start();
        write("{\"keys\":[]}");
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("the last one goes on.*no Ed25519 key")));
        source.reload();
        QCOMPARE(idOf(taken), "old");
    }

    void unknownKeysMakeItReadAgainButNotAllTheTime()
    {
        int taken = 0;
        KeySetSource source(write(m_old.keySet()), [&taken](const auto &) { ++taken; });
        source.start();
        for (int i = 0; i < 100; ++i)
            source.unknownKey();
        QCOMPARE(taken, 2);
    }

    void aUrlIsAsked()
    {
        KeyServer issuer;
        issuer.body = m_old.keySet();
        std::vector<auth::VerifyKey> taken;
        KeySetSource source(issuer.url(), [&taken](auto keys) { taken = std::move(keys); });
        source.start();
        source.reload(); // while the first is under way: the same answer
        QTRY_COMPARE(idOf(taken), "old");
        QCOMPARE(issuer.asked, 1);
        issuer.body = m_new.keySet();
        source.reload();
        QTRY_COMPARE(idOf(taken), "new");
    }

    void anAnswerThatIsNoKeySetChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("error") << QByteArray("503 Service Unavailable") << m_new.keySet();
        QTest::newRow("redirect") << QByteArray("302 Found") << m_new.keySet();
        QTest::newRow("page") << QByteArray("200 OK") << QByteArray("<html>");
        QTest::newRow("too large") << QByteArray("200 OK")
                                   << m_new.keySet() + QByteArray(auth::largestKeySet, ' ');
    }
    void anAnswerThatIsNoKeySetChangesNothing()
    {
        QFETCH(QByteArray, status);
        QFETCH(QByteArray, body);
        KeyServer issuer;
        issuer.body = m_old.keySet();
        std::vector<auth::VerifyKey> taken;
        KeySetSource source(issuer.url(), [&taken](auto keys) { taken = std::move(keys); });
        source.start();
        QTRY_COMPARE(idOf(taken), "old");

        issuer.status = status;
        issuer.body = body;
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("the last one goes on")));
        source.reload();
        QTRY_COMPARE(issuer.asked, 2);
        issuer.status = "200 OK";
        issuer.body = m_old.keySet(); // a third read that shows that the second is over
        QTRY_VERIFY((source.reload(), issuer.asked > 2));
        QCOMPARE(idOf(taken), "old");
    }

    void theQueryOfAUrlIsNotLogged()
    {
        KeyServer issuer;
        issuer.body = m_old.keySet();
        std::vector<auth::VerifyKey> taken;
        KeySetSource source(issuer.url() + "?token=secret", [&taken](auto keys) { taken = std::move(keys); });
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("read from http://[^?]+$")));
        source.start();
        QTRY_COMPARE(idOf(taken), "old");
        issuer.status = "503 Service Unavailable";
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("^[^?]+: was answered with status 503$")));
        source.reload();
        QTRY_COMPARE(issuer.asked, 2);
        issuer.status = "200 OK";
        issuer.body = m_new.keySet(); // read after what was to be said
        QTRY_VERIFY((source.reload(), idOf(taken) == "new"));
    }

    void places_data()
    {
        QTest::addColumn<QByteArray>("location");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *location, const char *reason) {
            QTest::newRow(location) << QByteArray(location) << QByteArray(reason);
        };
        row("https://issuer.example/jwks.json", "");
        row("http://127.0.0.1:8000/jwks.json", "");
        row("http://[::1]/jwks.json", "");
        row("http://localhost/jwks.json", "");
        row("http://issuer.example/jwks.json", "https");
        row("https:///jwks.json", "host");
        row("https://me:secret@issuer.example/", "password");
        row("https://iss uer.example/", "URL");
        row("/no/such/file", "read");
        row("ftp://issuer.example/jwks.json", "read");
    }
    void places()
    {
        QFETCH(QByteArray, location);
        QFETCH(QByteArray, reason);
        const auto usable = KeySetSource::check(location);
        QCOMPARE(bool(usable), reason.isEmpty());
        if (!usable)
            QVERIFY2(usable.error().detail.contains(reason), usable.error().detail.constData());
    }

    void aFileMustBeAKeySet()
    {
        QVERIFY(KeySetSource::check(write(m_old.keySet())));
        QVERIFY(!KeySetSource::check(write("[]")));
    }
};

QTEST_GUILESS_MAIN(TstKeySetSource)
#include "tst_key_set_source.moc"
