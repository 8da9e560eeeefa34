#include "model/folding.h"

#include <QList>

namespace belfry::model {
namespace {
bool isMark(char32_t c)
{
    const QChar::Category category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing ||
           category == QChar::Mark_SpacingCombining;
}
} // namespace

bool isOfRuns(char32_t c)
{
    switch (QChar::script(c)) {
    case QChar::Script_Han:
    case QChar::Script_Hiragana:
    case QChar::Script_Katakana:
    case QChar::Script_Hangul:
        return true;
    default:
        return false;
    }
}

std::u32string foldedCharacters(const QString &text)
{
    QString folded = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    folded.replace(u'\u00df', QStringLiteral("ss"));
    // Hangul and kana were taken apart with the rest: put together again, so that a syllable is one
    // character.
    const QString whole = folded.normalized(QString::NormalizationForm_KC);
    std::u32string characters;
    characters.reserve(std::size_t(whole.size()));
    for (const char32_t c : whole.toUcs4()) {
        if (c < 0x80 || isOfRuns(c)) {
            characters.push_back(c);
            continue;
        }
        for (const char32_t part :
             QString::fromUcs4(&c, 1).normalized(QString::NormalizationForm_KD).toUcs4()) {
            if (!isMark(part))
                characters.push_back(part);
        }
    }
    return characters;
}
} // namespace belfry::model
