// The main window in front of a server that answers at once: tst_*.qml beside this file.
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
        engine->rootContext()->setContextProperty(QStringLiteral("bed"), m_bed.get());
    }
    void cleanupTestCase() { m_bed.reset(); }

private:
    std::unique_ptr<belfry::window::WindowBed> m_bed;
};

QUICK_TEST_MAIN_WITH_SETUP(window, WindowSetup)

#include "tst_window.moc"
