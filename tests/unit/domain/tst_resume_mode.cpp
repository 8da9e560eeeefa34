#include "domain/resume_mode.h"

#include <QTest>

using namespace belfry;
using domain::ResumeMode;

class TestResumeMode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
};

void TestResumeMode::decides_data()
{
    QTest::addColumn<QByteArray>("epoch");
    QTest::addColumn<qint64>("since"); // -100: not given
    QTest::addColumn<int>("expected");
    const int resume = int(ResumeMode::Resume);
    const int reset = int(ResumeMode::Reset);
    const int snapshot = int(ResumeMode::Snapshot);
    QTest::newRow("position given") << QByteArray("e1") << qint64(12) << resume;
    QTest::newRow("no epoch: taken as given") << QByteArray() << qint64(12) << resume;
    QTest::newRow("other epoch") << QByteArray("e2") << qint64(12) << reset;
    QTest::newRow("other epoch, no position") << QByteArray("e2") << qint64(-100) << reset;
    QTest::newRow("neither") << QByteArray() << qint64(-100) << snapshot;
    QTest::newRow("epoch alone") << QByteArray("e1") << qint64(-100) << snapshot;
    QTest::newRow("at the head") << QByteArray("e1") << qint64(20) << resume;
    QTest::newRow("beyond the head") << QByteArray("e1") << qint64(21) << reset;
    QTest::newRow("just below the floor") << QByteArray("e1") << qint64(9) << resume;
    QTest::newRow("below the floor") << QByteArray("e1") << qint64(8) << reset;
    QTest::newRow("negative") << QByteArray("e1") << qint64(-1) << reset;
}

void TestResumeMode::decides()
{
    QFETCH(QByteArray, epoch);
    QFETCH(qint64, since);
    QFETCH(int, expected);
    const auto given = since == -100 ? std::nullopt : std::optional<model::Seq>(since);
    QCOMPARE(int(domain::resumeMode({epoch}, given, {"e1"}, 20, 10)), expected);
}

QTEST_GUILESS_MAIN(TestResumeMode)
#include "tst_resume_mode.moc"
