#include "desktop/tray_image.h"

#include <QTest>

namespace belfry::desktop {
namespace {
constexpr int sizes[] = {16, 22, 24, 32, 48, 64};

TrayLook lookOf(TrayState state, qint64 unread = 0)
{
    TrayLook look;
    look.state = state;
    look.unread = unread;
    return look;
}

/// What is left of the colours on a panel of this brightness.
QImage greyOn(const TrayLook &look, int size, int panel)
{
    const QImage image = trayImage(look, size);
    QImage grey(size, size, QImage::Format_Grayscale8);
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const QColor colour = image.pixelColor(x, y);
            const double light =
                (panel * (255 - colour.alpha()) + qGray(colour.rgb()) * colour.alpha()) / 255.0;
            grey.scanLine(y)[x] = static_cast<uchar>(light);
        }
    }
    return grey;
}

/// How much of two pictures differs so that one sees it, in hundredths of the area.
double difference(const QImage &a, const QImage &b)
{
    int pixels = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x)
            pixels += std::abs(a.constScanLine(y)[x] - b.constScanLine(y)[x]) > 48 ? 1 : 0;
    }
    return 100.0 * pixels / (a.width() * a.height());
}

std::vector<std::pair<const char *, TrayLook>> allStates()
{
    return {{"normal", lookOf(TrayState::Normal)},
            {"unread", lookOf(TrayState::Unread, 7)},
            {"paused", lookOf(TrayState::Paused)},
            {"offline", lookOf(TrayState::Offline)},
            {"error", lookOf(TrayState::Error)}};
}
} // namespace

class TestTrayImage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hasItsSizeAndIsClearAround();
    void statesDifferByShape_data();
    void statesDifferByShape();
    void numbersDiffer();
    void aboveNineIsOnePicture();
    void aDotSaysNoNumber();
    void oneColourIsOneColour();
    void isSeenOnLightAndDark();
    void isTheSameEachTime();
};

void TestTrayImage::hasItsSizeAndIsClearAround()
{
    for (const int size : sizes) {
        const QImage image = trayImage(lookOf(TrayState::Normal), size);
        QCOMPARE(image.size(), QSize(size, size));
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(image.pixelColor(size - 1, size - 1).alpha(), 0);
        QCOMPARE(image.pixelColor(size / 2, size / 2).alpha(), 255);
    }
}

void TestTrayImage::statesDifferByShape_data()
{
    QTest::addColumn<bool>("isMonochrome");
    QTest::addColumn<bool>("isDotOnly");
    QTest::addColumn<int>("panel");
    for (const int panel : {0, 255}) {
        QTest::addRow("coloured on %d", panel) << false << false << panel;
        QTest::addRow("one colour on %d", panel) << true << false << panel;
        QTest::addRow("dots on %d", panel) << true << true << panel;
    }
}

void TestTrayImage::statesDifferByShape()
{
    QFETCH(bool, isMonochrome);
    QFETCH(bool, isDotOnly);
    QFETCH(int, panel);
    for (const int size : sizes) {
        for (const auto &[name, state] : allStates()) {
            for (const auto &[otherName, otherState] : allStates()) {
                if (state == otherState)
                    continue;
                TrayLook look = state;
                TrayLook other = otherState;
                for (TrayLook *one : {&look, &other}) {
                    one->isDotOnly = isDotOnly;
                    if (isMonochrome)
                        one->monochrome = panel == 0 ? Qt::white : Qt::black;
                }
                const double seen = difference(greyOn(look, size, panel), greyOn(other, size, panel));
                QVERIFY2(seen > 5, qPrintable(QStringLiteral("%1 and %2 at %3 px: %4 %")
                                                  .arg(QLatin1String(name), QLatin1String(otherName))
                                                  .arg(size)
                                                  .arg(seen)));
            }
        }
    }
}

void TestTrayImage::numbersDiffer()
{
    for (const int size : sizes) {
        for (qint64 a = 1; a <= 10; ++a) {
            for (qint64 b = a + 1; b <= 10; ++b)
                QVERIFY2(difference(greyOn(lookOf(TrayState::Unread, a), size, 0),
                                    greyOn(lookOf(TrayState::Unread, b), size, 0)) > 1,
                         qPrintable(QStringLiteral("%1 and %2 at %3 px").arg(a).arg(b).arg(size)));
        }
    }
}

void TestTrayImage::aboveNineIsOnePicture()
{
    QCOMPARE(trayImage(lookOf(TrayState::Unread, 10), 22), trayImage(lookOf(TrayState::Unread, 123'456), 22));
    QVERIFY(trayImage(lookOf(TrayState::Unread, 9), 22) != trayImage(lookOf(TrayState::Unread, 10), 22));
}

void TestTrayImage::aDotSaysNoNumber()
{
    TrayLook one = lookOf(TrayState::Unread, 1);
    one.isDotOnly = true;
    TrayLook many = lookOf(TrayState::Unread, 44);
    many.isDotOnly = true;
    QCOMPARE(trayImage(one, 22), trayImage(many, 22));
    QVERIFY(trayImage(one, 22) != trayImage(lookOf(TrayState::Normal), 22));
}

void TestTrayImage::oneColourIsOneColour()
{
    for (auto [name, look] : allStates()) {
        look.monochrome = QColor(10, 200, 30);
        const QImage image = trayImage(look, 64).convertToFormat(QImage::Format_ARGB32);
        for (int y = 0; y < 64; ++y) {
            for (int x = 0; x < 64; ++x) {
                const QColor colour = image.pixelColor(x, y);
                if (colour.alpha() == 255)
                    QCOMPARE(colour, *look.monochrome);
            }
        }
    }
}

void TestTrayImage::isSeenOnLightAndDark()
{
    for (auto [name, look] : allStates()) {
        for (const int panel : {30, 245}) {
            QImage empty(22, 22, QImage::Format_Grayscale8);
            empty.fill(panel);
            QVERIFY2(difference(greyOn(look, 22, panel), empty) > 25, name);
        }
    }
}

void TestTrayImage::isTheSameEachTime()
{
    for (const auto &[name, look] : allStates())
        QCOMPARE(trayImage(look, 48), trayImage(look, 48));
}
} // namespace belfry::desktop

QTEST_GUILESS_MAIN(belfry::desktop::TestTrayImage)
#include "tst_tray_image.moc"
