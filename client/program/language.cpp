#include "program/language.h"

#include <QGuiApplication>

namespace belfry::program {
namespace {
/// The desktop's language in its order of preference, as far as it is known here.
QString codeOfDesktop()
{
    for (const QString &name : QLocale::system().uiLanguages()) {
        QString code = name.section(QLatin1Char('-'), 0, 0);
        if (Language::known().contains(code))
            return code;
    }
    return Language::known().first();
}

/// Of that language; as the desktop's country writes dates, where it speaks it.
QLocale localeOf(const QString &code)
{
    const QLocale system = QLocale::system();
    const QLocale plain(code);
    return system.language() == plain.language() ? system : plain;
}
} // namespace

Language::Language()
{
    QCoreApplication::installTranslator(&m_texts);
}

Language::~Language()
{
    QCoreApplication::removeTranslator(&m_texts);
}

const QStringList &Language::known()
{
    static const QStringList codes{QStringLiteral("en"), QStringLiteral("de")};
    return codes;
}

void Language::use(const QString &code)
{
    const QString spoken = known().contains(code) ? code : codeOfDesktop();
    const QLocale locale = localeOf(spoken);
    QLocale::setDefault(locale);
    // English has plurals in it, so it has a file as well.
    if (!m_texts.load(QStringLiteral(":/i18n/belfry_%1.qm").arg(spoken)))
        qWarning("belfry: the texts for %s are missing", qPrintable(spoken));
    // From left to right is not said, so that `belfry -reverse` shows all of it the other way.
    const bool isFromRight = locale.textDirection() == Qt::RightToLeft;
    QGuiApplication::setLayoutDirection(isFromRight ? Qt::RightToLeft : Qt::LayoutDirectionAuto);
}
} // namespace belfry::program
