#include "program/geometry.h"

#include <QDataStream>
#include <QGuiApplication>
#include <QIODevice>
#include <QScreen>
#include <algorithm>

namespace belfry::program {
QByteArray geometryBytes(const QRect &geometry)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << geometry;
    return bytes;
}

QRect geometryFrom(const QByteArray &bytes)
{
    QRect geometry;
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    stream >> geometry;
    return stream.status() == QDataStream::Ok && geometry.isValid() ? geometry : QRect();
}

bool isInSight(const QRect &geometry)
{
    const QList<QScreen *> screens = QGuiApplication::screens();
    return std::any_of(screens.begin(), screens.end(), [&geometry](const QScreen *screen) {
        const QRect seen = screen->availableGeometry() & geometry;
        return seen.width() >= 120 && seen.height() >= 60;
    });
}
} // namespace belfry::program
