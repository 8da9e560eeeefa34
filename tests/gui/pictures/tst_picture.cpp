// What counts as the same picture.
#include "picture.h"

#include <QGuiApplication>
#include <QPainter>
#include <QTest>

using belfry::test::compare;

namespace {
/// A button with a word, a thin frame, a dot.
struct Scene
{
    QPointF button{40, 40};
    QPointF dot{200, 60};
    QRectF frame{20, 20, 260, 120};
    bool hasButton = true;
    bool hasDot = true;
    bool hasFrame = true;
    QPointF words{100, 110};
    QString text = QStringLiteral("Mark all as read");
    QFont::HintingPreference hinting = QFont::PreferNoHinting;
    QColor paper{0xf6, 0xf7, 0xf9};
};

QImage paint(const Scene &scene, QSize size = {300, 160})
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(scene.paper);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    if (scene.hasFrame) {
        painter.setPen(QColor(0xdd, 0xe1, 0xe8));
        painter.setBrush(Qt::white);
        painter.drawRoundedRect(scene.frame.translated(0.5, 0.5), 8, 8);
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x1f, 0x5f, 0xd6));
    if (scene.hasButton)
        painter.drawRoundedRect(QRectF(scene.button, QSizeF(90, 34)), 8, 8);
    if (scene.hasDot)
        painter.drawEllipse(QRectF(scene.dot, QSizeF(9, 9)));
    QFont font(QStringLiteral("DejaVu Sans"));
    font.setPixelSize(12);
    font.setHintingPreference(scene.hinting);
    painter.setFont(font);
    painter.setPen(QColor(0x56, 0x60, 0x72));
    painter.drawText(scene.words, scene.text);
    return image;
}
} // namespace

class PictureTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void equal();
    void alike_data();
    void alike();
    void different_data();
    void different();
    void noise();
    void otherSize();
    void marksWhatDiffers();
};

void PictureTest::equal()
{
    QCOMPARE(compare(paint({}), paint({})).difference, QString());
}

void PictureTest::alike_data()
{
    QTest::addColumn<QImage>("seen");
    Scene scene;
    scene.hinting = QFont::PreferVerticalHinting;
    QTest::newRow("letters hinted up and down") << paint(scene);
    scene = {};
    scene.words += QPointF(0.4, 0.3);
    QTest::newRow("letters smoothed in another way") << paint(scene);
    scene = {};
    scene.paper = scene.paper.darker(103);
    QTest::newRow("a shade that nobody sees") << paint(scene);
}

void PictureTest::alike()
{
    QFETCH(QImage, seen);
    QCOMPARE(compare(paint({}), seen).difference, QString());
    QCOMPARE(compare(seen, paint({})).difference, QString());
}

void PictureTest::different_data()
{
    QTest::addColumn<QImage>("seen");
    Scene scene;
    scene.button += QPointF(3, 0);
    QTest::newRow("a button moved aside") << paint(scene);
    scene = {};
    scene.button += QPointF(0, 3);
    QTest::newRow("a button moved down") << paint(scene);
    scene = {};
    scene.hasButton = false;
    QTest::newRow("no button") << paint(scene);
    scene = {};
    scene.hasDot = false;
    QTest::newRow("no dot") << paint(scene);
    scene = {};
    scene.dot += QPointF(8, 0);
    QTest::newRow("the dot moved") << paint(scene);
    scene = {};
    scene.hasFrame = false;
    QTest::newRow("no frame, which is hardly seen") << paint(scene);
    scene = {};
    scene.words += QPointF(4, 0);
    QTest::newRow("words moved aside") << paint(scene);
    scene = {};
    scene.words += QPointF(0, 3);
    QTest::newRow("words moved down") << paint(scene);
    scene = {};
    scene.text = QStringLiteral("Mark all as seen");
    QTest::newRow("another word") << paint(scene);
    scene = {};
    scene.text.clear();
    QTest::newRow("no words") << paint(scene);
    scene = {};
    scene.paper = QColor(0x15, 0x17, 0x1b);
    QTest::newRow("dark") << paint(scene);
    QTest::newRow("mirrored") << paint({}).mirrored(true, false);
}

void PictureTest::different()
{
    QFETCH(QImage, seen);
    QVERIFY(!compare(paint({}), seen).difference.isEmpty());
    QVERIFY(!compare(seen, paint({})).difference.isEmpty());
}

void PictureTest::noise()
{
    QImage seen = paint({});
    for (int y = 5; y < seen.height(); y += 20) {
        for (int x = 5; x < seen.width(); x += 20)
            seen.setPixelColor(x, y, Qt::black);
    }
    QCOMPARE(compare(paint({}), seen).difference, QString());
}

void PictureTest::otherSize()
{
    const auto comparison = compare(paint({}), paint({}, {300, 161}));
    QCOMPARE(comparison.difference, QStringLiteral("300 × 161 pixels instead of 300 × 160"));
    QVERIFY(comparison.marked.isNull());
}

void PictureTest::marksWhatDiffers()
{
    Scene scene;
    scene.hasButton = false;
    const auto comparison = compare(paint({}), paint(scene));
    QVERIFY2(comparison.difference.contains(QStringLiteral("256 of 256 pixels differ")),
             qPrintable(comparison.difference));
    QCOMPARE(comparison.marked.pixelColor(85, 57), QColor(220, 0, 0));
    QVERIFY(comparison.marked.pixelColor(150, 57) != QColor(220, 0, 0));
}

QTEST_MAIN(PictureTest)
#include "tst_picture.moc"
