// What changes while belfryd runs.
#include "support/http_client.h"
#include "support/server_process.h"
#include "support/token_issuer.h"

#include <QDateTime>
#include <QFile>
#include <QTest>
#include <csignal>

using namespace belfry;

class TstReload : public QObject
{
    Q_OBJECT
private:
    static void write(const QString &path, const QByteArray &content)
    {
        QFile out(path);
        QVERIFY(out.open(QIODevice::WriteOnly) && out.write(content) == content.size());
    }
    static int statusWith(quint16 port, const QByteArray &token)
    {
        return test::HttpClient(port, token).get("/api/v1/users/anna/inbox/counts").status;
    }

private Q_SLOTS:
    void aHangupChangesTheKeysOfUserTokens()
    {
        const test::TokenIssuer first("first");
        const test::TokenIssuer second("second");
        const qint64 now = QDateTime::currentSecsSinceEpoch();
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jwks.json"));
        write(path, first.keySet());

        test::ServerProcess::Options options;
        options.environment.insert(QStringLiteral("BELFRY_JWT_JWKS"), path);
        test::ServerProcess server(options);
        QVERIFY2(server.start(), server.error());
        QCOMPARE(statusWith(server.port(), first.tokenFor("anna", now)), 200);
        QCOMPARE(statusWith(server.port(), first.tokenFor("bert", now)), 403);
        QCOMPARE(statusWith(server.port(), second.tokenFor("anna", now)), 401);

        write(path, second.keySet());
        server.signal(SIGHUP);
        QTRY_COMPARE(statusWith(server.port(), second.tokenFor("anna", now)), 200);
        QCOMPARE(statusWith(server.port(), first.tokenFor("anna", now)), 401);
        QCOMPARE(server.terminate(), 0);
    }

    void aFileThatIsNoKeySetIsABadConfiguration()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("jwks.json"));
        write(path, "{}");
        test::ServerProcess::Options options;
        options.environment.insert(QStringLiteral("BELFRY_JWT_JWKS"), path);
        test::ServerProcess server(options);
        QByteArray said;
        QCOMPARE(server.run({QStringLiteral("check-config")}, &said), 2);
        QVERIFY2(said.contains("BELFRY_JWT_JWKS") && said.contains("`keys`"), said);
    }
};

QTEST_GUILESS_MAIN(TstReload)
#include "tst_reload.moc"
