// The screens of the account (C1, C9) in front of a server of few lines: tst_*.qml beside this file.
#include "account_bed.h"
#include "pictures/picture_book.h"

#include <QQmlContext>
#include <QQmlEngine>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest>

Q_IMPORT_QML_PLUGIN(Belfry_UiPlugin)
Q_IMPORT_QML_PLUGIN(Belfry_AccountPlugin)

class AccountSetup : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        m_bed = std::make_unique<belfry::account_screens::AccountBed>();
        m_pictures = std::make_unique<belfry::test::PictureBook>(
            QStringLiteral(QUICK_TEST_SOURCE_DIR "/pictures"), QStringLiteral(BELFRY_PICTURES_SEEN));
        engine->rootContext()->setContextProperty(QStringLiteral("bed"), m_bed.get());
        engine->rootContext()->setContextProperty(QStringLiteral("pictures"), m_pictures.get());
    }
    void cleanupTestCase()
    {
        m_pictures.reset();
        m_bed.reset();
    }

private:
    std::unique_ptr<belfry::account_screens::AccountBed> m_bed;
    std::unique_ptr<belfry::test::PictureBook> m_pictures;
};

QUICK_TEST_MAIN_WITH_SETUP(account_screens, AccountSetup)

#include "tst_account_screens.moc"
