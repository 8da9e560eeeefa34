#pragma once

#include <QLocale>
#include <QStringList>
#include <QTranslator>

namespace belfry::program {
/// The language that the program speaks: texts, dates and numbers, direction. One per program, GUI thread.
class Language
{
public:
    Language();
    ~Language();
    Q_DISABLE_COPY_MOVE(Language)

    /// Codes that it can speak; "en" is what it was written in.
    [[nodiscard]] static const QStringList &known();
    /// One of known(); anything else: the desktop's, or English where that is not known.
    void use(const QString &code);

private:
    QTranslator m_texts;
};
} // namespace belfry::program
