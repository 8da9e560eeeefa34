#include "picture_book.h"

#include "picture.h"

#include <QFontInfo>
#include <QGuiApplication>
#include <QImageWriter>
#include <QQmlEngine>
#include <QQmlProperty>
#include <QQuickWindow>
#include <QStyleHints>

namespace belfry::test {
namespace {
/// The many shades at the edge of a letter take most of the bytes; fewer are well within what a comparison
/// allows.
QImage coarse(QImage image)
{
    const QImage exact = image.copy();
    for (int y = 0; y < image.height(); ++y) {
        const QRgb *from = reinterpret_cast<const QRgb *>(exact.constScanLine(y));
        QRgb *to = reinterpret_cast<QRgb *>(image.scanLine(y));
        for (int x = 1; x + 1 < image.width(); ++x) {
            if (from[x] != from[x - 1] && from[x] != from[x + 1])
                to[x] = (from[x] & 0xfff8f8f8) | ((from[x] >> 5) & 0x00070707);
        }
    }
    return image;
}

bool write(const QImage &image, const QString &path)
{
    QImageWriter writer(path, "png");
    writer.setCompression(100);
    return writer.write(image);
}
} // namespace

PictureBook::PictureBook(const QString &stored, const QString &seen, QObject *parent)
    : QObject(parent)
    , m_stored(stored)
    , m_seen(seen)
{
    QGuiApplication::styleHints()->setCursorFlashTime(0);
    QCoreApplication::installTranslator(&m_texts);
}

QImage PictureBook::grab(const QQuickItem &item)
{
    const QImage all = item.window()->grabWindow();
    const qreal scale = item.window()->effectiveDevicePixelRatio();
    const QRectF there = item.mapRectToScene(item.boundingRect());
    const QRect pixels = QRectF(there.topLeft() * scale, there.size() * scale).toRect();
    QImage image = all.copy(pixels).convertToFormat(QImage::Format_RGB32);
    image.setDevicePixelRatio(1);
    return image;
}

QString PictureBook::look(QQuickItem *item, const QString &name)
{
    if (QFontInfo(QFont(QStringLiteral("Inter"))).family() != QLatin1String("DejaVu Sans"))
        return QStringLiteral("not drawn with the font of fonts-dejavu-core, as fonts.conf tells");
    const int scale = qRound(item->window()->effectiveDevicePixelRatio());
    const QString file = QStringLiteral("%1-%2x.png").arg(name).arg(scale);
    const QImage image = grab(*item);
    if (qEnvironmentVariable("BELFRY_PICTURES") == QLatin1String("write"))
        return store(image, file);
    const QImage known(m_stored.filePath(file));
    if (known.isNull())
        return QStringLiteral("%1 is not there; BELFRY_PICTURES=write makes it").arg(m_stored.filePath(file));
    const Comparison comparison = compare(known, image);
    if (comparison.difference.isEmpty())
        return {};
    m_seen.mkpath(QStringLiteral("."));
    const QString seen = m_seen.filePath(file);
    write(image, seen);
    if (comparison.marked.isNull())
        return QStringLiteral("%1: %2; see %3").arg(file, comparison.difference, seen);
    const QString marked = m_seen.filePath(QStringLiteral("differs-") + file);
    write(comparison.marked, marked);
    return QStringLiteral("%1: %2; see %3 and %4").arg(file, comparison.difference, seen, marked);
}

QString PictureBook::store(const QImage &image, const QString &file) const
{
    const QString path = m_stored.filePath(file);
    const QImage known(path);
    if (!known.isNull() && compare(known, image).difference.isEmpty())
        return {}; // a change that nobody sees is none
    m_stored.mkpath(QStringLiteral("."));
    return write(coarse(image), path) ? QString() : QStringLiteral("cannot write %1").arg(path);
}

void PictureBook::setMirrored(QQuickItem *item, bool isMirrored)
{
    QGuiApplication::setLayoutDirection(isMirrored ? Qt::RightToLeft : Qt::LeftToRight);
    // As MainWindow says it: to the window, so that what pops up hears it, too.
    QQmlContext *context = qmlContext(item);
    QQuickItem *all = item->window()->contentItem();
    QQmlProperty::write(all, QStringLiteral("LayoutMirroring.childrenInherit"), true, context);
    QQmlProperty::write(all, QStringLiteral("LayoutMirroring.enabled"), isMirrored, context);
}

void PictureBook::speak(QQuickItem *item, const QString &language)
{
    if (!m_texts.load(QStringLiteral(BELFRY_TEXTS "/belfry_%1.qm").arg(language)))
        qWarning("the texts for %s are missing", qPrintable(language));
    qmlEngine(item)->retranslate();
}
} // namespace belfry::test

#include "moc_picture_book.cpp"
