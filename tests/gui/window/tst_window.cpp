// The main window in front of a server that answers at once: tst_*.qml beside this file.
#include "pictures/picture_book.h"
#include "window_bed.h"

#include <QGuiApplication>
#include <QQmlContext>
#include <QQmlEngine>
#include <QtQml/qqmlextensionplugin.h>
#include <QtQuickTest>

Q_IMPORT_QML_PLUGIN(Belfry_UiPlugin)
Q_IMPORT_QML_PLUGIN(Belfry_WindowPlugin)

class WindowSetup : public QObject
{
    Q_OBJECT
public Q_SLOTS:
    void qmlEngineAvailable(QQmlEngine *engine)
    {
        engine->addImportPath(QStringLiteral("qrc:/qt/qml"));
        m_bed = std::make_unique<belfry::window::WindowBed>();
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
    std::unique_ptr<belfry::window::WindowBed> m_bed;
    std::unique_ptr<belfry::test::PictureBook> m_pictures;
};

QUICK_TEST_MAIN_WITH_SETUP(window, WindowSetup)

#include "tst_window.moc"
