#include "picture.h"

#include <algorithm>
#include <vector>

namespace belfry::test {
namespace {
constexpr int tolerance = 20;       // of 255 of a colour
constexpr int place = 16;           // pixels, each way
constexpr int step = 4;             // places overlap
constexpr int mayDiffer = 24;       // of the place * place pixels of a place
constexpr int mayDifferInAll = 100; // one of so many
constexpr int bytes = 4;            // of a pixel

/// Each colour of each pixel as the one of those around it that `choose` prefers; the edge stays as it is.
template<typename Choose>
QImage spread(const QImage &image, Choose choose)
{
    QImage wide = image.copy();
    QImage result = image.copy();
    const qsizetype line = image.bytesPerLine();
    for (int y = 0; y < image.height(); ++y) {
        const uchar *from = image.constScanLine(y);
        uchar *to = wide.scanLine(y);
        for (qsizetype i = bytes; i + bytes < line; ++i)
            to[i] = choose(choose(from[i - bytes], from[i]), from[i + bytes]);
    }
    for (int y = 1; y + 1 < image.height(); ++y) {
        const uchar *above = wide.constScanLine(y - 1);
        const uchar *here = wide.constScanLine(y);
        const uchar *below = wide.constScanLine(y + 1);
        uchar *to = result.scanLine(y);
        for (qsizetype i = 0; i < line; ++i)
            to[i] = choose(choose(above[i], here[i]), below[i]);
    }
    return result;
}

/// Where a colour of `image` is not between those around the same pixel of `other`.
void markOutside(const QImage &image, const QImage &other, std::vector<uchar> &marks)
{
    const QImage low = spread(other, [](uchar a, uchar b) { return std::min(a, b); });
    const QImage high = spread(other, [](uchar a, uchar b) { return std::max(a, b); });
    size_t pixel = 0;
    for (int y = 0; y < image.height(); ++y) {
        const uchar *colour = image.constScanLine(y);
        const uchar *lowest = low.constScanLine(y);
        const uchar *highest = high.constScanLine(y);
        for (int i = 0; i < image.width() * bytes; i += bytes, ++pixel) {
            for (int part = i; part < i + 3; ++part) {
                if (colour[part] + tolerance < lowest[part] || colour[part] > highest[part] + tolerance)
                    marks[pixel] = 1;
            }
        }
    }
}

struct Worst
{
    QPoint at;
    int count = 0;
};

/// The place with the most marks.
Worst worstPlace(const std::vector<uchar> &marks, QSize size)
{
    // sums[y][x]: the marks above and before.
    const size_t columns = size_t(size.width()) + 1;
    std::vector<int> sums(columns * (size_t(size.height()) + 1));
    const auto sum = [&](int x, int y) -> int & { return sums[size_t(y) * columns + size_t(x)]; };
    for (int y = 0; y < size.height(); ++y) {
        for (int x = 0; x < size.width(); ++x)
            sum(x + 1, y + 1) =
                sum(x, y + 1) + sum(x + 1, y) - sum(x, y) + marks[size_t(y) * (columns - 1) + size_t(x)];
    }
    Worst worst;
    for (int y = 0; y < size.height(); y += step) {
        const int bottom = std::min(y + place, size.height());
        for (int x = 0; x < size.width(); x += step) {
            const int right = std::min(x + place, size.width());
            const int count = sum(right, bottom) - sum(x, bottom) - sum(right, y) + sum(x, y);
            if (count > worst.count)
                worst = {{x, y}, count};
        }
    }
    return worst;
}

QImage marked(const QImage &stored, const std::vector<uchar> &marks)
{
    QImage result = stored;
    size_t pixel = 0;
    for (int y = 0; y < result.height(); ++y) {
        QRgb *line = reinterpret_cast<QRgb *>(result.scanLine(y));
        for (int x = 0; x < result.width(); ++x, ++pixel) {
            const int pale = 170 + qGray(line[x]) / 3;
            line[x] = marks[pixel] ? qRgb(220, 0, 0) : qRgb(pale, pale, pale);
        }
    }
    return result;
}

QString text(QSize size)
{
    return QStringLiteral("%1 × %2").arg(size.width()).arg(size.height());
}
} // namespace

Comparison compare(const QImage &stored, const QImage &seen)
{
    if (stored.size() != seen.size())
        return {QStringLiteral("%1 pixels instead of %2").arg(text(seen.size()), text(stored.size())), {}};
    const QImage before = stored.convertToFormat(QImage::Format_RGB32);
    const QImage now = seen.convertToFormat(QImage::Format_RGB32);
    std::vector<uchar> marks(size_t(before.width()) * size_t(before.height()));
    markOutside(now, before, marks);
    markOutside(before, now, marks);
    const Worst worst = worstPlace(marks, before.size());
    const auto all = std::count(marks.begin(), marks.end(), 1);
    if (worst.count <= mayDiffer && all <= qsizetype(marks.size()) / mayDifferInAll)
        return {};
    return {QStringLiteral("%1 of %2 pixels differ around (%3, %4), %5 in all")
                .arg(worst.count)
                .arg(place * place)
                .arg(worst.at.x() + place / 2)
                .arg(worst.at.y() + place / 2)
                .arg(all),
            marked(before, marks)};
}
} // namespace belfry::test
