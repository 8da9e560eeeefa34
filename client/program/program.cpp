#include "program/program.h"

#include "account/server_address.h"
#include "desktop/instance.h"
#include "program/geometry.h"
#include "session/error_text.h"
#include "window/safe_markdown.h"

#include <QClipboard>
#include <QDesktopServices>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QSGRendererInterface>
#include <QSysInfo>
#include <QUrl>
#include <cstdio>

namespace belfry::program {
using account::Options;
using account_screens::SettingsView;
using account_screens::SignInView;

namespace {
Q_LOGGING_CATEGORY(logStart, "belfry.start", QtInfoMsg)

enum Scheme { Light, Dark, HighContrast }; // as Theme numbers them

desktop::HideContent hidingFrom(Options::LockPrivacy privacy)
{
    switch (privacy) {
    case Options::LockPrivacy::Always:
        return desktop::HideContent::Always;
    case Options::LockPrivacy::Never:
        return desktop::HideContent::Never;
    case Options::LockPrivacy::WhenLocked:
        break;
    }
    return desktop::HideContent::WhenLocked;
}
} // namespace

Program::Program(const Places &places, const Buses &buses, QObject *parent)
    : QObject(parent)
    , m_settings(places.settings)
    , m_files(places.secrets)
    , m_accounts({m_settings, m_keychain, m_files, places.caches})
    , m_appearance(buses.session, QGuiApplication::palette())
    , m_autostart(QCoreApplication::applicationFilePath())
    , m_link(buses.session, buses.system)
    , m_settingsView(settingsParts(places))
{
    m_sinceStart.start();
    m_language.use(m_settings.options().language);
    joinDesktop();
    joinSettings();
    applyOptions(m_settings.options());
    connect(&m_appearance, &desktop::Appearance::changed, this, &Program::lookChanged);
    connect(&m_accounts, &Accounts::deskChanged, this, &Program::followDesk);
    connect(&m_accounts, &Accounts::opened, this, &Program::tellSettings);
    connect(&m_accounts, &Accounts::signInWanted, this, [this] {
        m_isSignInWanted = true;
        updateSignIn();
        showWindow();
    });
    connect(&m_accounts, &Accounts::leftSomething, this, [this](const QString &words) {
        m_notice = words;
        Q_EMIT noticeChanged();
    });
}

Program::~Program() = default;

void Program::joinDesktop()
{
    connect(&m_link, &DesktopLink::windowWanted, this,
            [this](const model::NotificationId &id, const QString &token) {
                showWindow(token);
                if (!id.isNull())
                    Q_EMIT showWanted(QString::fromLatin1(id.toText()));
            });
    connect(&m_link, &DesktopLink::linkWanted, this, &Program::openLink);
    connect(&m_link, &DesktopLink::networkChanged, &m_accounts, &Accounts::retryNow);
    desktop::TrayIcon &tray = m_link.tray();
    connect(&tray, &desktop::TrayIcon::isThereChanged, this, &Program::trayChanged);
    connect(&tray, &desktop::TrayIcon::toggleWanted, this, &Program::toggleWindow);
    connect(&tray, &desktop::TrayIcon::openWanted, this, [this] { showWindow(); });
    connect(&tray, &desktop::TrayIcon::preferencesWanted, this,
            [this] { perform(QStringLiteral("preferences"), {}); });
    connect(&tray, &desktop::TrayIcon::quitWanted, this, &Program::quit);
}

bool Program::use(const Given &given)
{
    const model::Result<QUrl> server = account::serverAddress(given.server);
    if (!server || given.user.isEmpty()) {
        std::fprintf(stderr,
                     "belfry: BELFRY_KEY goes with BELFRY_USER, whose inbox it is, and BELFRY_SERVER%s%s\n",
                     server ? "" : ": ", server ? "" : server.error().detail.constData());
        return false;
    }
    m_accounts.openWithKey({*server, {given.user.toUtf8()}}, given.key.toUtf8());
    return true;
}

bool Program::start(bool isHidden, const std::optional<Given> &given)
{
    if (!given)
        m_accounts.start();
    else if (!use(*given))
        return false;
    updateSignIn();
    // Somebody who starts it at login and has no account would wonder where it is.
    if (isHidden && m_accounts.hasAccount())
        return true;
    showWindow(desktop::takeActivationToken());
    return m_window != nullptr;
}

void Program::perform(const QString &action, const QString &activationToken)
{
    if (action == u"mark-all-read" && desk())
        return desk()->triage().readAll();
    showWindow(activationToken);
    if (action == u"preferences")
        Q_EMIT settingsWanted();
}

void Program::quit()
{
    if (std::exchange(m_isEnding, true))
        return;
    keepGeometry();
    if (m_window)
        m_window->hide();
    m_accounts.finish([] { QCoreApplication::quit(); });
}

// ---- the account

Program::Screen Program::screen() const
{
    if (m_isEnding)
        return Nothing;
    if (m_signIn)
        return SignIn;
    if (!desk())
        return Nothing;
    return m_settings.options().isTourDone ? Inbox : Tour;
}

void Program::followDesk()
{
    m_link.setDesk(desk());
    if (desk()) {
        connect(desk()->detail(), &window::DetailView::linkWanted, this, &Program::openLink);
        connect(desk()->detail(), &window::DetailView::copyWanted, this, &Program::copy);
        connect(desk()->inbox()->more(), &window::MoreRows::copyWanted, this, &Program::copy);
        connect(desk()->toast(), &window::ToastView::copyWanted, this, &Program::copy);
        connect(desk()->whyView(), &window::WhyView::copyWanted, this, &Program::copy);
        connect(desk()->connection(), &window::ConnectionView::copyWanted, this, &Program::copy);
        tellSettings();
    } else if (!m_accounts.hasAccount()) {
        m_settingsView.setSignedOut();
    }
    windowShown();
    updateSignIn();
}

void Program::tellSettings()
{
    m_settingsView.setAccount(m_settings.options().account->account, desk()->session().rest());
}

/// There while somebody may sign in: what is typed there ends with it.
void Program::updateSignIn()
{
    const bool isDue = !m_isEnding && (m_isSignInWanted || !m_accounts.hasAccount());
    if (isDue && !m_signIn) {
        m_signIn = std::make_unique<SignInView>(m_settings, m_accounts.vault(), QSysInfo::machineHostName());
        connect(m_signIn.get(), &SignInView::signedIn, this, [this](const account::SignedIn &who) {
            m_isSignInWanted = false;
            m_notice.clear();
            Q_EMIT noticeChanged();
            m_accounts.signedIn(who);
        });
    }
    std::unique_ptr<SignInView> former;
    if (!isDue)
        former = std::move(m_signIn);
    Q_EMIT screenChanged();
    Q_EMIT partsChanged();
    if (former) // it may be what called
        former.release()->deleteLater();
}

void Program::leaveSignIn()
{
    m_isSignInWanted = false;
    updateSignIn();
}

// ---- settings

SettingsView::Parts Program::settingsParts(const Places &places)
{
    return {m_settings,
            m_accounts.vault(),
            m_accounts.log(),
            places.caches,
            Language::known(),
            [this] { return desk() ? desk()->items() : std::vector<model::Notification>(); },
            [this] { return facts(); }};
}

void Program::joinSettings()
{
    connect(&m_settings, &account::LocalSettings::changed, this, &Program::optionsChanged);
    connect(&m_settingsView, &SettingsView::signOutWanted, &m_accounts, &Accounts::signOut,
            Qt::QueuedConnection); // the screen that asks goes with it
    connect(
        &m_settingsView, &SettingsView::clearCacheWanted, this,
        [this] {
            m_accounts.withoutDesk(
                [this](const std::function<void()> &then) { m_settingsView.clearCacheNow(then); });
        },
        Qt::QueuedConnection);
    const auto showTest = [this] {
        m_link.say(tr("This is a test"), tr("So you will hear of what happens."), model::Alert::Sound);
    };
    connect(&m_settingsView, &SettingsView::bannerTestWanted, this, showTest);
    connect(&m_settingsView, &SettingsView::soundTestWanted, this, showTest);
}

void Program::applyOptions(const Options &now)
{
    m_link.setBanners({true, now.hasSounds, hidingFrom(now.lockPrivacy)});
}

void Program::optionsChanged(const Options &now, const Options &before)
{
    applyOptions(now);
    if (now.startsAtLogin != before.startsAtLogin)
        setAutostart(now.startsAtLogin);
    if (now.language != before.language)
        speak(now.language);
    if (now.isTourDone != before.isTourDone)
        Q_EMIT screenChanged();
    Q_EMIT lookChanged();
}

void Program::setAutostart(bool isOn)
{
    if (m_autostart.isOn() == isOn)
        return;
    if (const model::VoidResult done = m_autostart.set(isOn); !done)
        tell(session::errorText(done.error()));
}

/// Dates and numbers are told by the desk's views, which keep the language that they began with.
void Program::speak(const QString &code)
{
    m_language.use(code);
    m_engine.retranslate();
    m_accounts.withoutDesk([](const std::function<void()> &then) { then(); });
}

void Program::tell(const QString &problem)
{
    if (desk())
        desk()->toast()->tell(problem, true);
    else
        qWarning("belfry: %s", qPrintable(problem));
}

account::Facts Program::facts() const
{
    account::Facts facts = m_link.facts();
    const bool isSoftware = QQuickWindow::graphicsApi() == QSGRendererInterface::Software;
    facts.append({QStringLiteral("Drawn by"), isSoftware ? QStringLiteral("Qt Quick, in software")
                                                         : QStringLiteral("Qt Quick, by the graphics card")});
    if (const AccountDesk *now = desk())
        facts.append({QStringLiteral("Notifications here"), QString::number(now->size())});
    return facts;
}

// ---- look

int Program::scheme() const
{
    switch (m_settings.options().theme) {
    case Options::Theme::Light:
        return Light;
    case Options::Theme::Dark:
        return Dark;
    case Options::Theme::HighContrast:
        return HighContrast;
    case Options::Theme::System:
        break;
    }
    const desktop::Look &look = m_appearance.look();
    return look.hasHighContrast ? HighContrast : look.isDark ? Dark : Light;
}

bool Program::isCompact() const
{
    return m_settings.options().density == Options::Density::Compact;
}

// ---- the window

/// With the first sight of it: a start at login needs no QML.
bool Program::makeWindow()
{
    if (m_window)
        return true;
    m_engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
    m_engine.setInitialProperties({{QStringLiteral("program"), QVariant::fromValue(this)}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Belfry/Program/MainWindow.qml")));
    const QList<QObject *> roots = m_engine.rootObjects();
    m_window = roots.isEmpty() ? nullptr : qobject_cast<QQuickWindow *>(roots.first());
    if (!m_window)
        return false;
    connect(m_window, &QWindow::visibleChanged, this, &Program::windowShown);
    placeWindow();
    measureFirstFrame();
    return true;
}

void Program::measureFirstFrame()
{
    if (!logStart().isDebugEnabled())
        return;
    connect(
        m_window, &QQuickWindow::frameSwapped, this,
        [this] { qCDebug(logStart, "first frame after %lld ms", m_sinceStart.elapsed()); },
        Qt::ConnectionType(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void Program::placeWindow()
{
    const QRect kept = geometryFrom(m_settings.options().windowGeometry);
    if (kept.isValid() && isInSight(kept))
        m_window->setGeometry(kept);
}

void Program::keepGeometry()
{
    if (!m_window || !m_window->isVisible() || m_window->visibility() != QWindow::Windowed)
        return;
    const QByteArray bytes = geometryBytes(m_window->geometry());
    m_settings.update([&bytes](Options &options) { options.windowGeometry = bytes; });
}

void Program::windowShown()
{
    if (desk())
        desk()->setShown(m_window && m_window->isVisible());
}

void Program::showWindow(const QString &activationToken)
{
    if (m_isEnding || !makeWindow())
        return;
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken.toUtf8()); // Qt reads it as it activates
    if (m_window->visibility() == QWindow::Minimized)
        m_window->showNormal();
    else
        m_window->show();
    m_window->raise();
    m_window->requestActivate();
}

void Program::toggleWindow()
{
    if (m_window && m_window->isVisible() && m_window->isActive())
        hideWindow();
    else
        showWindow();
}

void Program::hideWindow()
{
    keepGeometry();
    m_window->hide();
}

void Program::closing()
{
    if (!m_settings.options().closesToTray || !m_accounts.hasAccount())
        return quit();
    // Without a tray nobody would find a hidden window: it goes into the task bar.
    if (!hasTray()) {
        keepGeometry();
        m_window->showMinimized();
        return;
    }
    hideWindow();
    if (m_settings.options().knowsTray)
        return;
    m_settings.update([](Options &options) { options.knowsTray = true; });
    m_link.say(tr("Belfry is still running"),
               tr("Its icon in the tray opens the window again, and its menu ends the program."),
               model::Alert::Silent);
}

void Program::openLink(const QString &link)
{
    if (window::isSafeLink(link) && !QDesktopServices::openUrl(QUrl(link)))
        tell(tr("This desktop has no program that opens %1").arg(link));
}

void Program::copy(const QString &text)
{
    QGuiApplication::clipboard()->setText(text);
    if (desk())
        desk()->toast()->tell(tr("Copied"));
}
} // namespace belfry::program

#include "moc_program.cpp"
