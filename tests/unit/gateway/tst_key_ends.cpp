#include "auth/key.h"
#include "gateway_rig.h"

#include <QTest>

using namespace belfry;
using test::ada;
using test::FakeConnection;
using test::GatewayRig;
using namespace std::chrono_literals;

namespace {
const QByteArray secretText = "blf_a";

ports::ApiKey known(const model::Text &id, const QByteArray &text)
{
    ports::ApiKey key;
    key.id = id;
    key.name = "ci";
    key.hash = auth::hashKey(text);
    key.scopes = auth::allScopes.toInt();
    return key;
}
} // namespace

/// What an API key has opened lives no longer than the key (semantics 19, decisions H72).
class TstKeyEnds : public QObject
{
    Q_OBJECT
private:
    std::unique_ptr<GatewayRig> m_rig;
    std::vector<ports::ApiKey> m_keys;

    void know(std::vector<ports::ApiKey> keys)
    {
        m_keys = std::move(keys);
        m_rig->authenticator.setKeys(m_keys);
        m_rig->settle();
    }
    [[nodiscard]] auth::Principal key() const { return *m_rig->authenticator.fromToken(secretText); }
    static void sayHello(FakeConnection &socket)
    {
        protocol::Hello hello;
        hello.device.text = "phone";
        hello.user = ada;
        GatewayRig::say(socket, hello);
    }
    FakeConnection &greeted(const auth::Principal &who)
    {
        FakeConnection &socket = m_rig->socket(who);
        sayHello(socket);
        return socket;
    }
    /// What a ticket is good for that was made with the key.
    [[nodiscard]] auth::Principal byTicket() const
    {
        const auth::Authenticator &authenticator = m_rig->authenticator;
        return *authenticator.fromTicket(authenticator.makeTicket(ada, key().expiresAt, key().key));
    }
    /// A reader of Ada's inbox that came by the key: `how` is socket, ticket, plain or stream.
    FakeConnection &opened(const QByteArray &how)
    {
        FakeConnection &connection = how == "socket"   ? greeted(key())
                                     : how == "ticket" ? greeted(byTicket())
                                     : how == "plain"  ? m_rig->plain(ada, {}, key())
                                                       : m_rig->stream(ada, {}, {}, key());
        m_rig->settle();
        return connection;
    }
    static void kinds()
    {
        QTest::addColumn<QByteArray>("how");
        for (const char *how : {"socket", "ticket", "plain", "stream"})
            QTest::newRow(how) << QByteArray(how);
    }

private Q_SLOTS:
    void init()
    {
        m_rig = std::make_unique<GatewayRig>();
        know({known("mine", secretText), known("other", "blf_b")});
    }

    void revoked_data() { kinds(); }
    void revoked()
    {
        QFETCH(const QByteArray, how);
        FakeConnection &connection = opened(how);
        QVERIFY(connection.isOpen());
        m_keys[1].revokedAt = m_rig->clock.now();
        know(m_keys);
        QVERIFY(connection.isOpen()); // another one's
        m_keys[0].revokedAt = m_rig->clock.now();
        know(m_keys);
        QCOMPARE(connection.closeCode, std::optional<quint16>(4001));
        const int sends = connection.sends;
        m_rig->commit(ada);
        m_rig->settle();
        QCOMPARE(connection.sends, sends);
    }

    void forgotten_data() { kinds(); }
    void forgotten()
    {
        QFETCH(const QByteArray, how);
        FakeConnection &connection = opened(how);
        know({});
        QCOMPARE(connection.closeCode, std::optional<quint16>(4001));
    }

    void rotated_data() { kinds(); }
    void rotated()
    {
        QFETCH(const QByteArray, how);
        FakeConnection &connection = opened(how);
        m_keys[0].expiresAt = m_rig->clock.now() + 3s;
        know(m_keys);
        QVERIFY(connection.isOpen());
        m_rig->pass(4s);
        QCOMPARE(connection.closeCode, std::optional<quint16>(4001));
    }

    void aReadOfTheSameKeysEndsNothing()
    {
        FakeConnection &connection = opened("socket");
        know(m_keys);
        QVERIFY(connection.isOpen());
    }

    /// More than one turn ends; who was there by something else stays.
    void manyAtOnce()
    {
        std::vector<FakeConnection *> theirs;
        for (int i = 0; i < 600; ++i)
            theirs.push_back(&m_rig->stream({"user-" + QByteArray::number(i)}, {}, {}, key()));
        FakeConnection &person = m_rig->signedIn(ada);
        m_rig->settle();
        know({});
        for (const FakeConnection *connection : theirs)
            QCOMPARE(connection->closeCode, std::optional<quint16>(4001));
        QVERIFY(person.isOpen());
    }

    void betweenTheUpgradeAndTheHello()
    {
        FakeConnection &socket = m_rig->socket(key());
        m_keys[0].revokedAt = m_rig->clock.now();
        know(m_keys);
        sayHello(socket);
        m_rig->settle();
        QCOMPARE(socket.closeCode, std::optional<quint16>(4001));
        QVERIFY(!socket.names().contains("welcome"));
    }
};

QTEST_GUILESS_MAIN(TstKeyEnds)
#include "tst_key_ends.moc"
