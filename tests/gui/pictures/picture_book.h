#pragma once

#include <QDir>
#include <QQuickItem>
#include <QTranslator>

namespace belfry::test {
/// The pictures that are stored beside a test in QML, which sees it as `pictures`. Things that blink stand
/// still while it lives. BELFRY_PICTURES=write stores anew what is seen.
class PictureBook : public QObject
{
    Q_OBJECT
public:
    /// `stored`: the folder in the sources; `seen`: where the picture and what differs go when it is another
    /// one.
    PictureBook(const QString &stored, const QString &seen, QObject *parent = nullptr);

    /// "": what is in the place of `item`, with all that is above it, looks like NAME-1x.png (-2x.png where
    /// pixels are half as big); else how it differs, and where to see that.
    Q_INVOKABLE QString look(QQuickItem *item, const QString &name);
    /// The window as in a language that is written from right to left.
    Q_INVOKABLE void setMirrored(QQuickItem *item, bool isMirrored);
    /// "de", "en": the language of all that QML says.
    Q_INVOKABLE void speak(QQuickItem *item, const QString &language);

private:
    [[nodiscard]] static QImage grab(const QQuickItem &item);
    [[nodiscard]] QString store(const QImage &image, const QString &file) const;

    const QDir m_stored;
    const QDir m_seen;
    QTranslator m_texts;
};
} // namespace belfry::test
