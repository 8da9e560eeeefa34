#include "account_screens/sessions_model.h"
#include "support/small_server.h"
#include "support/wait_until.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace belfry::account_screens {
using test::SmallServer;

class TestSessionsModel : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void thisOneFirstThenTheLastSeen();
    void keepsRowsThatStay();
    void signsOneOut();
    void refusedRowsStay();
    void notThisComputerAndNotTwice();
    void anotherAccountBeginsAnew();

private:
    void list(const QByteArrayList &devices);
    [[nodiscard]] QStringList names() const;
    [[nodiscard]] bool refresh();

    std::unique_ptr<SmallServer> m_server;
    std::unique_ptr<client::RestClient> m_rest;
    std::unique_ptr<SessionsModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    SmallServer::Answer m_list;
    SmallServer::Answer m_removal{200, "{}", {}};
};

namespace {
/// "name@hour"
QByteArray deviceJson(const QByteArray &device)
{
    const QByteArray name = device.left(device.indexOf('@'));
    return R"({"id":"id )" + name + R"(","name":")" + name +
           R"(","platform":"Linux","last_seen_at":"2026-01-01T)" + device.mid(name.size() + 1) +
           R"(:00:00Z"})";
}
} // namespace

void TestSessionsModel::init()
{
    m_server = std::make_unique<SmallServer>();
    m_server->answer = [this](const SmallServer::Request &request) {
        return request.method == "GET" ? m_list : m_removal;
    };
    m_removal = {200, "{}", {}};
    m_rest = std::make_unique<client::RestClient>(client::RestSettings{m_server->url(), "access"});
    m_model = std::make_unique<SessionsModel>();
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_model.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_model->setAccount(m_rest.get(), {"eva&co"}, {"id desk"});
}

void TestSessionsModel::cleanup()
{
    m_tester.reset();
    m_model.reset();
    m_rest.reset();
    m_server.reset();
}

void TestSessionsModel::list(const QByteArrayList &devices)
{
    QByteArrayList json;
    for (const QByteArray &device : devices)
        json.append(deviceJson(device));
    m_list = {200, R"({"data":[)" + json.join(',') + "]}", {}};
}

QStringList TestSessionsModel::names() const
{
    QStringList all;
    for (int row = 0; row < m_model->rowCount(); ++row)
        all.append(m_model->index(row).data(SessionsModel::NameRole).toString());
    return all;
}

bool TestSessionsModel::refresh()
{
    m_model->refresh();
    return test::waitUntil([this] { return !m_model->isBusy(); });
}

void TestSessionsModel::thisOneFirstThenTheLastSeen()
{
    list({"phone@08", "desk@01", "laptop@12"});
    QVERIFY(refresh());
    QCOMPARE(names().join(u' '), QStringLiteral("desk laptop phone"));
    QVERIFY(m_model->index(0).data(SessionsModel::IsThisRole).toBool());
    QVERIFY(!m_model->index(1).data(SessionsModel::IsThisRole).toBool());
    QCOMPARE(m_model->index(1).data(SessionsModel::SeenAtRole).toDateTime().toUTC(),
             QDateTime({2026, 1, 1}, {12, 0}, Qt::UTC));
    QCOMPARE(m_server->requests.front().target, QByteArray("/api/v1/devices?user_id=eva%26co"));
}

void TestSessionsModel::keepsRowsThatStay()
{
    QSignalSpy resets(m_model.get(), &QAbstractItemModel::modelReset);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    list({"phone@08", "desk@01", "laptop@12"});
    QVERIFY(refresh());
    const QPersistentModelIndex phone(m_model->index(2));
    list({"tablet@10", "desk@01", "phone@20"});
    QVERIFY(refresh());
    QCOMPARE(names().join(u' '), QStringLiteral("desk phone tablet"));
    QCOMPARE(phone.row(), 1);
    QCOMPARE(inserted.size(), 4);
    QCOMPARE(resets.size(), 0);
}

void TestSessionsModel::signsOneOut()
{
    list({"phone@08", "desk@01"});
    QVERIFY(refresh());
    m_model->signOut(1);
    QVERIFY(m_model->index(1).data(SessionsModel::IsGoingRole).toBool());
    QVERIFY(test::waitUntil([this] { return m_model->count() == 1; }));
    QCOMPARE(m_server->requests.back().method, QByteArray("DELETE"));
    QCOMPARE(m_server->requests.back().target, QByteArray("/api/v1/devices/id%20phone?user_id=eva%26co"));
    QVERIFY(m_model->problem().isEmpty());
}

void TestSessionsModel::refusedRowsStay()
{
    list({"phone@08", "desk@01"});
    QVERIFY(refresh());
    m_removal = SmallServer::problem(503, "unavailable");
    m_model->signOut(1);
    QVERIFY(test::waitUntil([this] { return !m_model->problem().isEmpty(); }));
    QCOMPARE(m_model->count(), 2);
    QVERIFY(!m_model->index(1).data(SessionsModel::IsGoingRole).toBool());
    m_removal = SmallServer::problem(404, "not-found"); // somebody else did it
    m_model->signOut(1);
    QVERIFY(test::waitUntil([this] { return m_model->count() == 1; }));
    QVERIFY(m_model->problem().isEmpty());
}

void TestSessionsModel::notThisComputerAndNotTwice()
{
    list({"phone@08", "desk@01"});
    QVERIFY(refresh());
    m_model->signOut(0);
    m_model->signOut(7);
    m_model->signOut(-1);
    m_model->signOut(1);
    m_model->signOut(1);
    QVERIFY(test::waitUntil([this] { return m_model->count() == 1; }));
    QCOMPARE(m_server->requests.size(), std::size_t(2));
}

void TestSessionsModel::anotherAccountBeginsAnew()
{
    list({"phone@08", "desk@01"});
    m_model->refresh();
    m_model->setAccount(nullptr, {}, {});
    QVERIFY(!m_model->isBusy());
    m_model->refresh(); // nobody to ask
    QVERIFY(!m_model->isBusy());
    client::RestClient other({m_server->url(), "access"});
    m_model->setAccount(&other, {"ben"}, {"id phone"});
    QVERIFY(refresh());
    QCOMPARE(names().join(u' '), QStringLiteral("phone desk"));
}
} // namespace belfry::account_screens

QTEST_GUILESS_MAIN(belfry::account_screens::TestSessionsModel)
#include "tst_sessions_model.moc"
