#include "desktop/banner_words.h"

#include "desktop/application_id.h"

#include <QCoreApplication>
#include <QDBusArgument>

namespace belfry::desktop {
namespace {
constexpr qsizetype longestBody = 400; // UTF-16 units: more than any banner has room for
constexpr qsizetype mostButtons = 3;
constexpr int largestPicture = 96; // px; it travels with each banner

struct BannerText
{
    Q_DECLARE_TR_FUNCTIONS(BannerText)
};

QString oneLine(const model::Text &text)
{
    return QString::fromUtf8(text).simplified();
}

/// What no service draws anyway is left out; so is half a character at the end.
QString bodyOf(const model::Text &message)
{
    QString text;
    for (const QChar c : QString::fromUtf8(message).trimmed()) {
        if (c == u'\n' || c.category() != QChar::Other_Control)
            text += c;
    }
    if (text.size() <= longestBody)
        return text;
    text.truncate(text.at(longestBody - 1).isHighSurrogate() ? longestBody - 1 : longestBody);
    return text.trimmed() + QChar(u'…');
}

void tellOne(const Banner &banner, BannerWords &words)
{
    const model::Content &content = banner.item.content;
    words.summary = oneLine(content.title);
    if (words.summary.isEmpty())
        words.summary = oneLine(content.source);
    if (words.summary.isEmpty())
        words.summary = applicationName;
    words.body = bodyOf(content.message);
}

QString summaryOfSeveral(const Banner &banner)
{
    const int count = static_cast<int>(banner.count);
    if (banner.isHidden && count == 1)
        return BannerText::tr("1 new notification");
    if (banner.isHidden)
        return BannerText::tr("%n new notifications", nullptr, count);
    if (banner.source.isEmpty())
        return BannerText::tr("%n new", nullptr, count);
    return BannerText::tr("%n new from %1", nullptr, count).arg(oneLine(banner.source));
}

QStringList actionsOf(const Banner &banner)
{
    QStringList actions{openKey, BannerText::tr("Open")};
    if (banner.isTogether())
        return actions;
    const auto offer = [&actions](const QString &key, const QString &label) {
        if (actions.size() < 2 * (mostButtons + 1))
            actions << key << label;
    };
    const model::Notification &item = banner.item;
    for (const model::Action &action : item.content.actions)
        offer(senderPrefix + QString::fromUtf8(action.id), oneLine(action.title));
    if (item.seq == 0) // is kept nowhere, so it can't be read or come again (H15)
        return actions;
    if (item.content.ackRequired || item.content.critical)
        offer(acknowledgeKey, BannerText::tr("Acknowledge"));
    else
        offer(readKey, BannerText::tr("Mark read"));
    if (!item.content.critical)
        offer(snoozeKey, BannerText::tr("Snooze"));
    return actions;
}

/// Of the specification: 0 low, 1 normal, 2 critical, a byte.
uchar urgencyOf(const Banner &banner)
{
    if (banner.isCritical)
        return 2;
    const bool isLow = !banner.isTogether() && banner.item.content.urgency < model::Urgency::Normal;
    return isLow ? 0 : 1;
}

/// With a prefix of ours, as the specification asks of names that it does not list; so that rules of a
/// service can tell them apart.
QString categoryOf(const Banner &banner)
{
    QString name = QStringLiteral("x-belfry.");
    if (banner.isTogether())
        return name + QStringLiteral("several");
    for (const QChar c : QString::fromUtf8(model::categoryOf(banner.item.content.type)))
        name += c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.' ? c : QChar(u'-');
    return name;
}

ImageData imageOf(const QImage &icon)
{
    QImage picture = icon;
    if (std::max(icon.width(), icon.height()) > largestPicture)
        picture = icon.scaled(largestPicture, largestPicture, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    return {picture.convertToFormat(QImage::Format_RGBA8888)};
}

QVariantMap hintsOf(const Banner &banner)
{
    QVariantMap hints{{QStringLiteral("urgency"), QVariant::fromValue<uchar>(urgencyOf(banner))},
                      {QStringLiteral("category"), categoryOf(banner)},
                      {QStringLiteral("desktop-entry"), applicationId}};
    if (banner.hasSound)
        hints.insert(QStringLiteral("sound-name"), QStringLiteral("message-new-instant"));
    else
        hints.insert(QStringLiteral("suppress-sound"), true);
    if (banner.isTogether())
        return hints;
    const model::Content &content = banner.item.content;
    if (banner.item.seq == 0) // a history would keep what nobody else does
        hints.insert(QStringLiteral("transient"), true);
    if (!banner.icon.isNull())
        hints.insert(QStringLiteral("image-data"), QVariant::fromValue(imageOf(banner.icon)));
    if (content.progress)
        hints.insert(QStringLiteral("value"), qBound(0, qRound(*content.progress * 100), 100));
    if (!content.source.isEmpty()) // Plasma shows it beside our name
        hints.insert(QStringLiteral("x-kde-origin-name"), oneLine(content.source));
    return hints;
}
} // namespace

QDBusArgument &operator<<(QDBusArgument &argument, const ImageData &image)
{
    constexpr int bitsPerSample = 8;
    constexpr int channels = 4;
    const QImage &picture = image.picture;
    const QByteArray bytes(reinterpret_cast<const char *>(picture.constBits()), picture.sizeInBytes());
    argument.beginStructure();
    argument << picture.width() << picture.height() << static_cast<int>(picture.bytesPerLine()) << true
             << bitsPerSample << channels << bytes;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, ImageData &image)
{
    int width = 0;
    int height = 0;
    int stride = 0;
    int bits = 0;
    int channels = 0;
    bool hasAlpha = false;
    QByteArray bytes;
    argument.beginStructure();
    argument >> width >> height >> stride >> hasAlpha >> bits >> channels >> bytes;
    argument.endStructure();
    const bool isOurs = hasAlpha && bits == 8 && channels == 4 && width > 0 && height > 0 &&
                        stride >= 4 * width && bytes.size() >= qsizetype(stride) * height;
    image.picture = isOurs ? QImage(reinterpret_cast<const uchar *>(bytes.constData()), width, height, stride,
                                    QImage::Format_RGBA8888)
                                 .copy()
                           : QImage();
    return argument;
}

BannerWords wordsFor(const Banner &banner, const Capabilities &can)
{
    BannerWords words;
    if (banner.isTogether())
        words.summary = summaryOfSeveral(banner);
    else
        tellOne(banner, words);
    if (can.has(QLatin1String("body-markup")))
        words.body.replace(u'&', QLatin1String("&amp;"))
            .replace(u'<', QLatin1String("&lt;"))
            .replace(u'>', QLatin1String("&gt;"));
    if (can.has(QLatin1String("actions")))
        words.actions = actionsOf(banner);
    words.hints = hintsOf(banner);
    if (banner.isCritical)
        words.expireMs = 0; // until acknowledged (semantics 10)
    return words;
}
} // namespace belfry::desktop
