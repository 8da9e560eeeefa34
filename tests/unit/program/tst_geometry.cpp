#include "program/geometry.h"

#include <QtTest>

namespace belfry::program {
class TestGeometry : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void comesBack();
    void bytesOfSomethingElseAreNone_data();
    void bytesOfSomethingElseAreNone();
    void isInSightWhereAScreenIs_data();
    void isInSightWhereAScreenIs();
};

void TestGeometry::comesBack()
{
    const QRect geometry(-20, 30, 900, 600);
    QCOMPARE(geometryFrom(geometryBytes(geometry)), geometry);
}

void TestGeometry::bytesOfSomethingElseAreNone_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("none") << QByteArray();
    QTest::newRow("cut off") << geometryBytes({1, 2, 3, 4}).chopped(1);
    QTest::newRow("no size") << geometryBytes({1, 2, 0, 4});
    QTest::newRow("text") << QByteArray("a window, somewhere");
}

void TestGeometry::bytesOfSomethingElseAreNone()
{
    QFETCH(QByteArray, bytes);
    QVERIFY(!geometryFrom(bytes).isValid());
}

void TestGeometry::isInSightWhereAScreenIs_data()
{
    QTest::addColumn<QRect>("geometry");
    QTest::addColumn<bool>("isSeen");
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    QTest::newRow("on it") << screen.adjusted(10, 10, -10, -10) << true;
    QTest::newRow("half of it") << screen.translated(screen.width() / 2, 0) << true;
    QTest::newRow("its edge alone") << screen.translated(screen.width() - 10, 0) << false;
    QTest::newRow("on a screen that is gone") << screen.translated(10 * screen.width(), 0) << false;
}

void TestGeometry::isInSightWhereAScreenIs()
{
    QFETCH(QRect, geometry);
    QFETCH(bool, isSeen);
    QCOMPARE(isInSight(geometry), isSeen);
}
} // namespace belfry::program

QTEST_MAIN(belfry::program::TestGeometry)

#include "tst_geometry.moc"
