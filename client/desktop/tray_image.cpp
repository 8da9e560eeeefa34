#include "desktop/tray_image.h"

#include <QPainter>
#include <QPainterPath>
#include <QPixmap>

namespace belfry::desktop {
namespace {
// Everything is drawn on a grid of 64. Colours have a contrast of 3 on white and on black panels alike.
constexpr int grid = 64;
constexpr QColor bellColour(0x3b, 0x82, 0xf6);
constexpr QColor asleepColour(0x7c, 0x85, 0x94);
constexpr QColor badgeColour(0xd9, 0x2d, 0x20);
constexpr QColor errorColour(0xd9, 0x77, 0x06);
constexpr qreal gap = 4; ///< between what lies on the bell and the bell

QPainterPath bell()
{
    QPainterPath body;
    body.moveTo(10, 49);
    body.cubicTo(17, 43, 16, 36, 16, 29);
    body.cubicTo(16, 18, 23, 11, 32, 11);
    body.cubicTo(41, 11, 48, 18, 48, 29);
    body.cubicTo(48, 36, 47, 43, 54, 49);
    body.closeSubpath();
    QPainterPath knob;
    knob.addEllipse(QPointF(32, 9), 5, 5);
    QPainterPath clapper;
    clapper.moveTo(24, 52);
    clapper.cubicTo(24, 63, 40, 63, 40, 52);
    clapper.closeSubpath();
    return body.united(knob).united(clapper);
}

/// Strokes of a digit in a box of 10 × 16. Of our own, so that an icon looks the same whatever fonts there
/// are.
QPainterPath digitStrokes(int digit)
{
    QPainterPath path;
    switch (digit) {
    case 1:
        path.moveTo(2, 3.5);
        path.lineTo(6, 0);
        path.lineTo(6, 16);
        break;
    case 2:
        path.moveTo(0.5, 4);
        path.cubicTo(0.5, -1.3, 9.5, -1.3, 9.5, 4);
        path.cubicTo(9.5, 8.5, 0.5, 11, 0.5, 16);
        path.lineTo(9.8, 16);
        break;
    case 3:
        path.moveTo(1, 0);
        path.lineTo(9, 0);
        path.lineTo(5, 6);
        path.cubicTo(11.5, 6, 11.5, 16, 5, 16);
        path.cubicTo(2.5, 16, 0.8, 15, 0.2, 13);
        break;
    case 4:
        path.moveTo(7.5, 16);
        path.lineTo(7.5, 0);
        path.lineTo(0, 11.5);
        path.lineTo(10, 11.5);
        break;
    case 5:
        path.moveTo(9, 0);
        path.lineTo(1.5, 0);
        path.lineTo(1, 7.3);
        path.cubicTo(11.5, 3.5, 12.5, 16, 4.5, 16);
        path.cubicTo(2.5, 16, 1, 15.2, 0.2, 13.5);
        break;
    case 6:
        path.moveTo(8.5, 0);
        path.cubicTo(3.5, 2, 0.5, 6, 0.5, 11);
        path.cubicTo(0.5, 17.6, 9.5, 17.6, 9.5, 11);
        path.cubicTo(9.5, 5, 0.5, 5, 0.5, 11);
        break;
    case 7:
        path.moveTo(0.5, 0);
        path.lineTo(9.5, 0);
        path.lineTo(4, 16);
        break;
    case 8:
        path.addEllipse(QPointF(5, 3.8), 3.8, 3.8);
        path.addEllipse(QPointF(5, 11.8), 4.5, 4.2);
        break;
    default:
        path = QTransform(-1, 0, 0, -1, 10, 16).map(digitStrokes(6));
    }
    return path;
}

QPainterPath numberStrokes(qint64 unread)
{
    if (unread <= 9)
        return digitStrokes(static_cast<int>(unread));
    QPainterPath path = digitStrokes(9);
    path.moveTo(13, 8);
    path.lineTo(20, 8);
    path.moveTo(16.5, 4.5);
    path.lineTo(16.5, 11.5);
    return path;
}

/// Draws the parts on top of each other; what a part lies on is cut free around it.
class Drawing
{
public:
    Drawing(const TrayLook &look, int size)
        : m_look(look)
        , m_image(size, size, QImage::Format_ARGB32_Premultiplied)
    {
        m_image.fill(Qt::transparent);
        m_painter.begin(&m_image);
        m_painter.setRenderHint(QPainter::Antialiasing);
        m_painter.scale(qreal(size) / grid, qreal(size) / grid);
    }

    QImage finish()
    {
        m_painter.end();
        return m_image;
    }

    void drawBell()
    {
        const bool isAwake = m_look.state != TrayState::Paused && m_look.state != TrayState::Offline;
        fill(bell(), isAwake ? bellColour : asleepColour);
    }

    void drawMark()
    {
        if (m_look.state == TrayState::Paused)
            drawBars();
        else if (m_look.state == TrayState::Offline)
            drawStroke();
        else if (m_look.state == TrayState::Error)
            drawTriangle();
    }

    void drawBadge()
    {
        if (m_look.unread <= 0)
            return;
        QPainterPath badge;
        if (m_look.isDotOnly)
            badge.addEllipse(QPointF(49, 15), 13, 13);
        else if (m_look.unread <= 9)
            badge.addEllipse(QPointF(44, 20), 20, 20);
        else
            badge.addRoundedRect(QRectF(16, 1, 48, 38), 19, 19);
        place(badge, badgeColour);
        if (!m_look.isDotOnly)
            drawNumber(badge.boundingRect().center());
    }

private:
    void drawBars()
    {
        QPainterPath bars;
        bars.addRoundedRect(QRectF(38, 38, 10, 25), 2, 2);
        bars.addRoundedRect(QRectF(54, 38, 10, 25), 2, 2);
        QPainterPath around;
        around.addRect(QRectF(34, 34, 30, 30));
        cut(around);
        fill(bars, bellColour);
    }

    void drawStroke()
    {
        QPainterPath line;
        line.moveTo(7, 5);
        line.lineTo(57, 60);
        cut(stroked(line, 7 + 2 * gap));
        fill(stroked(line, 7), asleepColour);
    }

    void drawTriangle()
    {
        QPainterPath triangle;
        triangle.moveTo(47, 33);
        triangle.lineTo(63, 62);
        triangle.lineTo(31, 62);
        triangle.closeSubpath();
        place(triangle, errorColour);
        QPainterPath mark;
        mark.addRoundedRect(QRectF(44.5, 42, 5, 10), 2, 2);
        mark.addEllipse(QPointF(47, 56.5), 2.8, 2.8);
        write(mark);
    }

    void drawNumber(QPointF centre)
    {
        const bool hasPlus = m_look.unread > 9;
        const qreal scale = hasPlus ? 1.55 : 1.7;
        const qreal width = hasPlus ? 20 : 10;
        QTransform to;
        to.translate(centre.x() - width * scale / 2, centre.y() - 8 * scale);
        to.scale(scale, scale);
        write(stroked(to.map(numberStrokes(m_look.unread)), 5.5));
    }

    void place(const QPainterPath &part, const QColor &colour)
    {
        cut(part.united(stroked(part, 2 * gap)));
        fill(part, colour);
    }

    /// On a part that has a colour: white, or a hole where there is one colour only.
    void write(const QPainterPath &part)
    {
        if (m_look.monochrome)
            cut(part);
        else
            m_painter.fillPath(part, Qt::white);
    }

    void fill(const QPainterPath &part, const QColor &colour)
    {
        m_painter.fillPath(part, m_look.monochrome.value_or(colour));
    }

    void cut(const QPainterPath &part)
    {
        m_painter.setCompositionMode(QPainter::CompositionMode_DestinationOut);
        m_painter.fillPath(part, Qt::black);
        m_painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
    }

    static QPainterPath stroked(const QPainterPath &path, qreal width)
    {
        QPainterPathStroker stroker;
        stroker.setWidth(width);
        stroker.setCapStyle(Qt::RoundCap);
        stroker.setJoinStyle(Qt::RoundJoin);
        QPainterPath outline = stroker.createStroke(path);
        outline.setFillRule(Qt::WindingFill);
        return outline;
    }

    const TrayLook m_look;
    QImage m_image;
    QPainter m_painter;
};
} // namespace

QImage trayImage(const TrayLook &look, int size)
{
    Drawing drawing(look, size);
    drawing.drawBell();
    drawing.drawMark();
    drawing.drawBadge();
    return drawing.finish();
}

QIcon trayIcon(const TrayLook &look)
{
    QIcon icon;
    for (const int size : {16, 22, 24, 32, 48, 64})
        icon.addPixmap(QPixmap::fromImage(trayImage(look, size)));
    return icon;
}
} // namespace belfry::desktop
