// belfryd with a certificate, as an operator runs it and as clients meet it. The other side is OpenSSL's own
// program, Qt's clients and belfry-bench.
#include "client/live_session.h"
#include "client/rest_client.h"
#include "net/tls_context.h"
#include "support/http_client.h"
#include "support/server_process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSslSocket>
#include <QTest>
#include <csignal>

using namespace belfry;

namespace {
QString text(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

void write(const QString &path, const QByteArray &content)
{
    QFile out(path);
    QVERIFY(out.open(QIODevice::WriteOnly | QIODevice::Truncate) && out.write(content) == content.size());
}

struct Ended
{
    int code = -1;
    QByteArray output;
};

Ended run(const QString &program, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    if (!process.waitForFinished(20'000)) {
        process.kill();
        process.waitForFinished();
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAll()};
}
} // namespace

class TstTls : public QObject
{
    Q_OBJECT
private:
    QTemporaryDir m_folder;
    net::CertificatePair m_pair;

    [[nodiscard]] QString certificate() const { return m_folder.filePath(QStringLiteral("tls.crt")); }
    [[nodiscard]] QString key() const { return m_folder.filePath(QStringLiteral("tls.key")); }
    void put(const net::CertificatePair &pair) const
    {
        write(certificate(), pair.certificate);
        write(key(), pair.key);
    }
    [[nodiscard]] test::ServerProcess::Options withTls() const
    {
        test::ServerProcess::Options options;
        options.environment.insert(QStringLiteral("BELFRY_TLS_CERTIFICATE"), certificate());
        options.environment.insert(QStringLiteral("BELFRY_TLS_KEY"), key());
        return options;
    }
    [[nodiscard]] static QUrl url(const test::ServerProcess &server)
    {
        return QUrl(QStringLiteral("https://127.0.0.1:%1").arg(server.port()));
    }
    [[nodiscard]] client::ServerTrust trust() const
    {
        return {QSslCertificate::fromPath(certificate()), false};
    }
    [[nodiscard]] Ended openssl(const test::ServerProcess &server, const QStringList &more,
                                const QByteArray &input = {}) const
    {
        return run(QStringLiteral("openssl"),
                   QStringList{QStringLiteral("s_client"), QStringLiteral("-connect"),
                               QStringLiteral("127.0.0.1:%1").arg(server.port()), QStringLiteral("-CAfile"),
                               certificate(), QStringLiteral("-verify_return_error"),
                               QStringLiteral("-verify_ip"), QStringLiteral("127.0.0.1")} +
                       more,
                   input);
    }
    /// Of what the server shows now.
    [[nodiscard]] static QByteArray shownBy(const test::ServerProcess &server)
    {
        QSslSocket socket;
        socket.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
        return socket.waitForEncrypted(5000) ? socket.peerCertificate().toPem() : QByteArray();
    }

private Q_SLOTS:
    void init()
    {
        m_pair = net::makeSelfSigned({"localhost", "127.0.0.1"}, 30).value();
        put(m_pair);
    }

    void opensslConnects_data()
    {
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("works");
        QTest::newRow("1.0") << QStringLiteral("-tls1") << false;
        QTest::newRow("1.1") << QStringLiteral("-tls1_1") << false;
        QTest::newRow("1.2") << QStringLiteral("-tls1_2") << true;
        QTest::newRow("1.3") << QStringLiteral("-tls1_3") << true;
    }
    void opensslConnects()
    {
        QFETCH(QString, version);
        QFETCH(bool, works);
        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        const Ended client =
            openssl(server,
                    {version, QStringLiteral("-cipher"), QStringLiteral("DEFAULT@SECLEVEL=0"),
                     QStringLiteral("-quiet"), QStringLiteral("-ign_eof")},
                    "GET /health HTTP/1.1\r\nHost: notify.example\r\nConnection: close\r\n\r\n");
        QCOMPARE(client.output.contains("HTTP/1.1 200 OK"), works);
        QCOMPARE(client.output.contains("Strict-Transport-Security: max-age=31536000"), works);
        if (!works)
            QVERIFY2(client.output.contains("alert protocol version"), client.output);
    }

    void theEndOfACertificateIsToldOnce()
    {
        put(net::makeSelfSigned({"127.0.0.1"}, 7).value());
        test::ServerProcess::Options options = withTls();
        options.arguments << QStringLiteral("--listen") << QStringLiteral("127.0.0.1:0"); // a second address
        options.arguments << QStringLiteral("--listen") << QStringLiteral("127.0.0.1:0");
        test::ServerProcess server(options);
        QVERIFY2(server.start(), server.error());
        QCOMPARE(server.output().count("renew it, then send SIGHUP"), 1);
        server.signal(SIGHUP);
        QTRY_COMPARE(server.output().count("renew it, then send SIGHUP"), 2);
    }

    // Who may do what without a key does not depend on who carries it (H08).
    void theLegacyRoutesAreOpenAsWithoutTls_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("this machine") << QByteArray("Host: 127.0.0.1\r\n") << QByteArray("200");
        QTest::newRow("a proxy") << QByteArray("Host: 127.0.0.1\r\nX-Forwarded-For: 192.0.2.1\r\n")
                                 << QByteArray("401");
        QTest::newRow("a rebound name") << QByteArray("Host: evil.example\r\n") << QByteArray("401");
        QTest::newRow("a page") << QByteArray("Host: 127.0.0.1\r\nOrigin: https://evil.example\r\n")
                                << QByteArray("401");
    }
    void theLegacyRoutesAreOpenAsWithoutTls()
    {
        QFETCH(QByteArray, headers);
        QFETCH(QByteArray, status);
        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        const Ended client =
            openssl(server, {QStringLiteral("-quiet"), QStringLiteral("-ign_eof")},
                    "GET /notifications/anna HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
        QVERIFY2(client.output.contains("HTTP/1.1 " + status + " "), client.output);
    }

    void whereItIsIsSaid()
    {
        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        QFile ready(server.dataDir() + QStringLiteral("/ready.json"));
        QVERIFY(ready.open(QIODevice::ReadOnly));
        const QJsonObject info = QJsonDocument::fromJson(ready.readAll()).object();
        QCOMPARE(info.value(QStringLiteral("urls")).toArray().first().toString(), url(server).toString());
        client::RestClient rest({url(server), server.key(), std::chrono::seconds(5), trust()});
        std::optional<protocol::WellKnown> known;
        rest.wellKnown(this, [&](const model::Result<protocol::WellKnown> &answer) {
            QVERIFY2(answer, answer ? "" : answer.error().detail);
            known = *answer;
        });
        QTRY_VERIFY(known);
        QCOMPARE(text(known->webSocket), QStringLiteral("wss://127.0.0.1:%1/ws").arg(server.port()));
        // Over plain HTTP nothing but where to go is said.
        const auto plain = test::HttpClient(server.port()).get("/health");
        QCOMPARE(plain.status, 400);
        QVERIFY2(plain.body.contains("https://"), plain.body);
        QVERIFY(plain.header("Strict-Transport-Security").isEmpty());
    }

    // What was opened with the old one goes on while new connections see the new one.
    void aHangupChangesTheCertificate()
    {
        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        client::RestClient rest({url(server), server.key(), std::chrono::seconds(5), trust()});
        client::LiveSession session({url(server), {"anna"}, server.key(), {"laptop"}, {}, trust()});
        QByteArrayList titles;
        connect(&session, &client::LiveSession::changed, this, [&](const model::Change &change) {
            if (const auto *item = std::get_if<model::Notification>(&change.what))
                titles.append(item->content.title);
        });
        int connects = 0;
        connect(&session, &client::LiveSession::stateChanged, this,
                [&](client::SessionState state) { connects += state == client::SessionState::Live ? 1 : 0; });
        session.start();
        QTRY_COMPARE(connects, 1);

        const net::CertificatePair next = net::makeSelfSigned({"127.0.0.1"}, 30).value();
        put(next);
        server.signal(SIGHUP);
        QTRY_COMPARE(shownBy(server), next.certificate);
        client::RestClient later({url(server), server.key(), std::chrono::seconds(5), trust()});
        later.send(this, "POST", "/api/v1/notifications", R"({"user_id":"anna","title":"after"})",
                   [](const auto &answer) { QVERIFY2(answer, answer ? "" : answer.error().detail); });
        QTRY_COMPARE(titles, QByteArrayList{"after"});
        QCOMPARE(connects, 1);
        session.stop();
        QCOMPARE(server.terminate(), 0);
    }

    void aBadPairLeavesTheOldOne()
    {
        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        write(key(), net::makeSelfSigned({"127.0.0.1"}, 30).value().key); // of another certificate
        server.signal(SIGHUP);
        QTRY_VERIFY2(server.output().contains("does not belong to the certificate"), server.error());
        QVERIFY2(server.output().contains("the old certificate stays in use"), server.error());
        QCOMPARE(shownBy(server), m_pair.certificate);
        QVERIFY(!server.output().contains("PRIVATE KEY"));
        QFile::remove(key());
        server.signal(SIGHUP);
        QTRY_VERIFY2(server.output().contains("tls.key: cannot be read"), server.error());
        QCOMPARE(shownBy(server), m_pair.certificate);
        put(m_pair);
        QCOMPARE(server.terminate(), 0);
    }

    void badConfigurations_data()
    {
        QTest::addColumn<QByteArray>("certificateContent");
        QTest::addColumn<QByteArray>("keyContent");
        QTest::addColumn<QByteArray>("said");
        const auto other = net::makeSelfSigned({"x.example"}, 30).value();
        const auto one = net::makeSelfSigned({"y.example"}, 30).value();
        QTest::newRow("no certificate")
            << QByteArray("hello") << one.key << QByteArray("-----BEGIN CERTIFICATE-----");
        QTest::newRow("no key") << one.certificate << QByteArray("hello") << QByteArray("openssl pkey");
        QTest::newRow("swapped") << one.key << one.certificate << QByteArray("no certificate in PEM");
        QTest::newRow("not a pair") << one.certificate << other.key << QByteArray("does not belong");
        QTest::newRow("empty") << QByteArray() << QByteArray() << QByteArray("tls.crt");
        QTest::newRow("cut chain") << one.certificate + other.certificate.chopped(60) << one.key
                                   << QByteArray("behind the first one");
    }
    void badConfigurations()
    {
        QFETCH(QByteArray, certificateContent);
        QFETCH(QByteArray, keyContent);
        QFETCH(QByteArray, said);
        put({certificateContent, keyContent});
        test::ServerProcess server(withTls());
        for (const QString &command : {QStringLiteral("check-config"), QStringLiteral("serve")}) {
            QByteArray printed;
            QCOMPARE(
                server.run({command, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")}, &printed),
                2);
            QVERIFY2(printed.contains(said) && !printed.contains("PRIVATE KEY"), printed);
        }
        // Those who do not listen do not need it.
        QCOMPARE(server.run({QStringLiteral("migrate")}), 0);
    }

    // From nothing to a server that its own commands and curl's like reach, as the guide says.
    void theQuickStart()
    {
        test::ServerProcess::Options options;
        test::ServerProcess maker(options);
        QByteArray printed;
        QCOMPARE(maker.run({QStringLiteral("tls"), QStringLiteral("self-signed")}, &printed), 0);
        QFile::remove(certificate());
        QFile::remove(key());
        QVERIFY(QFile::copy(maker.dataDir() + QStringLiteral("/tls.crt"), certificate()));
        QVERIFY(QFile::copy(maker.dataDir() + QStringLiteral("/tls.key"), key()));
        QCOMPARE(QFile::permissions(maker.dataDir() + QStringLiteral("/tls.key")) &
                     (QFile::ReadGroup | QFile::ReadOther),
                 QFile::Permissions());
        QVERIFY(printed.contains("--tls-certificate"));
        QCOMPARE(maker.run({QStringLiteral("tls"), QStringLiteral("self-signed")}, &printed), 1);
        QVERIFY2(printed.contains("is there already"), printed);
        QCOMPARE(maker.run({QStringLiteral("tls")}, &printed), 2);

        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        QVERIFY2(server.run({QStringLiteral("self-test")}, &printed) == 0, printed);
        QVERIFY2(server.run({QStringLiteral("keys"), QStringLiteral("list")}, &printed) == 0, printed);
        const QString address = url(server).toString();
        QVERIFY2(server.run({QStringLiteral("self-test"), QStringLiteral("--url"), address,
                             QStringLiteral("--ca-file"), certificate()},
                            &printed) == 0,
                 printed);
        QVERIFY2(server.run({QStringLiteral("self-test"), QStringLiteral("--url"), address}, &printed) == 1,
                 printed);
    }

    // The bench's own TLS, with its checks, over every path that is measured.
    void theBenchSpeaksIt_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("ingest") << QStringList{QStringLiteral("ingest")};
        QTest::newRow("direct") << QStringList{QStringLiteral("direct"), QStringLiteral("--rate"),
                                               QStringLiteral("100"), QStringLiteral("--sockets"),
                                               QStringLiteral("20")};
        QTest::newRow("fanout") << QStringList{QStringLiteral("fanout"), QStringLiteral("--sockets"),
                                               QStringLiteral("50")};
    }
    void theBenchSpeaksIt()
    {
        QFETCH(QStringList, arguments);
        test::ServerProcess server(withTls());
        QVERIFY2(server.start(), server.error());
        const QString bench = qEnvironmentVariable("BELFRY_BIN_DIR") + QStringLiteral("/belfry-bench");
        const auto with = [&](const QStringList &more) {
            return run(bench, arguments +
                                  QStringList{QStringLiteral("--url"), url(server).toString(),
                                              QStringLiteral("--key"), text(server.key()),
                                              QStringLiteral("--duration"), QStringLiteral("0.3"),
                                              QStringLiteral("--warmup"), QStringLiteral("0.1"),
                                              QStringLiteral("--quiet")} +
                                  more);
        };
        const Ended trusted = with({QStringLiteral("--ca-file"), certificate()});
        QVERIFY2(trusted.code == 0, trusted.output);
        const Ended blind = with({QStringLiteral("--insecure")});
        QVERIFY2(blind.code == 0, blind.output);
        const Ended wary = with({});
        QVERIFY2(wary.code != 0 && wary.output.contains("--ca-file"), wary.output);
    }
};

QTEST_GUILESS_MAIN(TstTls)
#include "tst_tls.moc"
