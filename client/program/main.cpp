#include "desktop/application_id.h"
#include "desktop/instance.h"
#include "program/program.h"
#include "program/stop_signals.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QSGRendererInterface>
#include <QtQml/qqmlextensionplugin.h>
#include <cstdio>
#include <malloc.h>

Q_IMPORT_QML_PLUGIN(Belfry_UiPlugin)
Q_IMPORT_QML_PLUGIN(Belfry_WindowPlugin)
Q_IMPORT_QML_PLUGIN(Belfry_AccountPlugin)
Q_IMPORT_QML_PLUGIN(Belfry_ProgramPlugin)

using namespace belfry;

namespace {
struct Arguments
{
    bool isHidden = false;
    QString action;
};

Arguments argumentsOf(const QCoreApplication &app)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Notifications on the desktop."));
    parser.addHelpOption();
    parser.addVersionOption();
    const QCommandLineOption hidden(QStringLiteral("hidden"), QStringLiteral("Start without the window."));
    const QCommandLineOption action(
        QStringLiteral("action"),
        QStringLiteral("Do this in the program that runs: mark-all-read, preferences."),
        QStringLiteral("name"));
    parser.addOptions({hidden, action});
    parser.process(app);
    return {parser.isSet(hidden), parser.value(action)};
}

/// Taken out of the environment: what is opened from here shall not have it.
std::optional<program::Program::Given> givenAccount()
{
    if (!qEnvironmentVariableIsSet("BELFRY_KEY"))
        return {};
    const program::Program::Given given{qEnvironmentVariable("BELFRY_SERVER"),
                                        qEnvironmentVariable("BELFRY_USER"),
                                        qEnvironmentVariable("BELFRY_KEY")};
    qunsetenv("BELFRY_KEY");
    return given;
}

/// Another one runs: it is told what is wanted, and this one ends.
int handOver(desktop::Instance &instance, const Arguments &arguments)
{
    using Kind = desktop::Wanted::Kind;
    const Kind kind = !arguments.action.isEmpty() ? Kind::Action
                      : arguments.isHidden        ? Kind::Nothing
                                                  : Kind::Window;
    const desktop::Wanted wanted{kind, desktop::takeActivationToken(), {}, arguments.action};
    instance.handOver(wanted, [](const model::VoidResult &done) {
        if (!done)
            std::fprintf(stderr, "belfry: %s\n", done.error().detail.constData());
        QCoreApplication::exit(done ? 0 : 1);
    });
    return QCoreApplication::exec();
}

/// It stands there all day: what loading took is given back, not kept for a next time.
void keepLittleMemory()
{
    constexpr int unusedAtMost = 64 * 1024;
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_TRIM_THRESHOLD, unusedAtMost);
}

void setUp()
{
    QApplication::setApplicationName(desktop::applicationName);
    QApplication::setApplicationVersion(QStringLiteral(BELFRY_VERSION));
    QGuiApplication::setDesktopFileName(desktop::applicationId);
    QGuiApplication::setQuitOnLastWindowClosed(false);
    QApplication::setWindowIcon(
        QIcon::fromTheme(desktop::applicationId, QIcon(QStringLiteral(":/belfry.png"))));
    // A window that stands still most of the day: drawn in software it takes less memory, and looks
    // the same everywhere. Qt's own variables decide otherwise.
    if (!qEnvironmentVariableIsSet("QT_QUICK_BACKEND") && !qEnvironmentVariableIsSet("QSG_RHI_BACKEND"))
        QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
}
} // namespace

int main(int argc, char **argv)
{
    keepLittleMemory();
    // Before threads are made, so that all of them leave the signals alone.
    program::StopSignals stopSignals;
    QApplication app(argc, argv);
    setUp();
    const Arguments arguments = argumentsOf(app);

    const program::Places places = program::Places::ofThisUser();
    const program::Program::Buses buses{QDBusConnection::sessionBus(), QDBusConnection::systemBus()};
    desktop::Instance instance(buses.session, places.runtime);
    if (instance.claim() == desktop::Instance::Place::Second)
        return handOver(instance, arguments);

    program::Program program(places, buses);
    stopSignals.listen(&program, [&program] { program.quit(); });
    QObject::connect(&instance, &desktop::Instance::activated, &program, &program::Program::showWindow);
    QObject::connect(&instance, &desktop::Instance::openWanted, &program,
                     [&program](const QStringList &, const QString &token) { program.showWindow(token); });
    QObject::connect(&instance, &desktop::Instance::actionWanted, &program, &program::Program::perform);
    if (!program.start(arguments.isHidden || !arguments.action.isEmpty(), givenAccount()))
        return 1;
    if (!arguments.action.isEmpty())
        program.perform(arguments.action, desktop::takeActivationToken());
    return QApplication::exec();
}
