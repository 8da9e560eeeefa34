#pragma once

#include "account/diagnostics.h"
#include "account/local_data.h"
#include "account/local_settings.h"
#include "account/secret_vault.h"
#include "account_screens/sessions_model.h"

#include <QtQmlIntegration/qqmlintegration.h>

namespace belfry::account_screens {
using account::ConnectionLog;
using account::Facts;
using account::LocalData;
using account::LocalSettings;
using account::Options;
using account::SecretVault;
using account::systemFacts;
/// What the settings (C9) and the tour (C1) show and change: the options of this computer, the account, its
/// data here, diagnostics. What needs more than that (an end of the session, a banner) is asked for by a
/// signal that ends in "Wanted". GUI thread.
class SettingsView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("made by the program")
    // Each writes to LocalSettings at once.
    Q_PROPERTY(Theme theme READ theme WRITE setTheme NOTIFY optionsChanged)
    Q_PROPERTY(bool isCompact READ isCompact WRITE setCompact NOTIFY optionsChanged)
    Q_PROPERTY(bool isMotionReduced READ isMotionReduced WRITE setMotionReduced NOTIFY optionsChanged)
    /// An entry of `languages`; the first one is the desktop's.
    Q_PROPERTY(int language READ language WRITE setLanguage NOTIFY optionsChanged)
    Q_PROPERTY(QStringList languages READ languages CONSTANT)
    Q_PROPERTY(bool startsAtLogin READ startsAtLogin WRITE setStartsAtLogin NOTIFY optionsChanged)
    Q_PROPERTY(bool startsHidden READ startsHidden WRITE setStartsHidden NOTIFY optionsChanged)
    Q_PROPERTY(bool closesToTray READ closesToTray WRITE setClosesToTray NOTIFY optionsChanged)
    Q_PROPERTY(LockPrivacy lockPrivacy READ lockPrivacy WRITE setLockPrivacy NOTIFY optionsChanged)
    Q_PROPERTY(bool hasSounds READ hasSounds WRITE setHasSounds NOTIFY optionsChanged)
    Q_PROPERTY(bool isTourDone READ isTourDone WRITE setTourDone NOTIFY optionsChanged)
    /// They can't be written; empty: they can.
    Q_PROPERTY(QString settingsProblem READ settingsProblem NOTIFY settingsProblemChanged)

    /// Empty: nobody is signed in.
    Q_PROPERTY(QString user READ user NOTIFY accountChanged)
    Q_PROPERTY(QString server READ server NOTIFY accountChanged)
    /// Where the secret is kept, in words.
    Q_PROPERTY(QString secretPlace READ secretPlace NOTIFY accountChanged)
    Q_PROPERTY(belfry::account_screens::SessionsModel *sessions READ sessions CONSTANT)

    /// As in "1.4 MB"; empty until refreshData() has it.
    Q_PROPERTY(QString dataSize READ dataSize NOTIFY dataChanged)
    Q_PROPERTY(bool isDataBusy READ isDataBusy NOTIFY dataChanged)
    /// What came of the last export or clearing.
    Q_PROPERTY(QString dataWords READ dataWords NOTIFY dataChanged)

    Q_PROPERTY(TestState testState READ testState NOTIFY testChanged)
    Q_PROPERTY(QString testWords READ testWords NOTIFY testChanged)

public:
    enum class Theme {
        System = int(Options::Theme::System),
        Light = int(Options::Theme::Light),
        Dark = int(Options::Theme::Dark),
        HighContrast = int(Options::Theme::HighContrast)
    };
    Q_ENUM(Theme)
    enum class LockPrivacy {
        WhenLocked = int(Options::LockPrivacy::WhenLocked),
        Always = int(Options::LockPrivacy::Always),
        Never = int(Options::LockPrivacy::Never)
    };
    Q_ENUM(LockPrivacy)
    enum class TestState {
        None,
        Asking,
        Sent, ///< by the server: it comes as any other
        Here, ///< made on this computer, since the account may not send
        Failed
    };
    Q_ENUM(TestState)

    struct Parts
    {
        LocalSettings &settings;
        SecretVault &vault;
        const ConnectionLog &log;
        QString cacheFolder;
        /// Codes such as "de", for which there is a translation.
        QStringList languages;
        /// Of the inbox now, for the export.
        std::function<std::vector<model::Notification>()> items;
        /// What the program knows of its surroundings, for the report.
        std::function<Facts()> facts;
    };
    /// All parts outlive the view.
    explicit SettingsView(Parts parts, QObject *parent = nullptr);

    /// Signed in, with the session's way to the server; null when the server can't be asked yet.
    void setAccount(const offline::Account &account, client::RestClient *rest);
    void setSignedOut();
    /// The answer to clearCacheWanted: the session has ended, and nobody has the cache. `cleared` is called
    /// when the session may begin anew, whatever came of it.
    void clearCacheNow(const std::function<void()> &cleared);

    [[nodiscard]] Theme theme() const { return Theme(m_parts.settings.options().theme); }
    void setTheme(Theme theme);
    [[nodiscard]] bool isCompact() const;
    void setCompact(bool isCompact);
    [[nodiscard]] bool isMotionReduced() const { return m_parts.settings.options().isMotionReduced; }
    void setMotionReduced(bool isReduced);
    [[nodiscard]] int language() const;
    void setLanguage(int entry);
    [[nodiscard]] QStringList languages() const;
    [[nodiscard]] bool startsAtLogin() const { return m_parts.settings.options().startsAtLogin; }
    void setStartsAtLogin(bool starts);
    [[nodiscard]] bool startsHidden() const { return m_parts.settings.options().startsHidden; }
    void setStartsHidden(bool isHidden);
    [[nodiscard]] bool closesToTray() const { return m_parts.settings.options().closesToTray; }
    void setClosesToTray(bool closes);
    [[nodiscard]] LockPrivacy lockPrivacy() const
    {
        return LockPrivacy(m_parts.settings.options().lockPrivacy);
    }
    void setLockPrivacy(LockPrivacy privacy);
    [[nodiscard]] bool hasSounds() const { return m_parts.settings.options().hasSounds; }
    void setHasSounds(bool has);
    [[nodiscard]] bool isTourDone() const { return m_parts.settings.options().isTourDone; }
    void setTourDone(bool isDone);
    [[nodiscard]] QString settingsProblem() const { return m_parts.settings.problem(); }

    [[nodiscard]] QString user() const;
    [[nodiscard]] QString server() const;
    [[nodiscard]] QString secretPlace() const;
    [[nodiscard]] SessionsModel *sessions() { return &m_sessions; }
    [[nodiscard]] QString dataSize() const { return m_dataSize; }
    [[nodiscard]] bool isDataBusy() const { return m_isDataBusy; }
    [[nodiscard]] QString dataWords() const { return m_dataWords; }
    [[nodiscard]] TestState testState() const { return m_testState; }
    [[nodiscard]] QString testWords() const { return m_testWords; }

    /// How much is kept here, and who is signed in: when the screen is opened.
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void clearCache() { Q_EMIT clearCacheWanted(); }
    Q_INVOKABLE void exportTo(const QUrl &file);
    Q_INVOKABLE void signOut() { Q_EMIT signOutWanted(); }
    /// A notification to oneself, by the server; where the account may not send, a banner of this computer.
    Q_INVOKABLE void sendTest();
    Q_INVOKABLE void testSound() { Q_EMIT soundTestWanted(); }
    [[nodiscard]] Q_INVOKABLE QString report() const;
    Q_INVOKABLE void copyReport() const;

Q_SIGNALS:
    void signOutWanted();
    void clearCacheWanted();
    void bannerTestWanted();
    void soundTestWanted();

    void optionsChanged();
    void settingsProblemChanged();
    void accountChanged();
    void dataChanged();
    void testChanged();

private:
    void set(const std::function<void(Options &)> &change) { m_parts.settings.update(change); }
    void measure();
    void beginData();
    void endData(const QString &words);
    void tested(const model::Result<client::RestClient::Response> &response);
    void setTest(TestState state, const QString &words);

    const Parts m_parts;
    std::optional<offline::Account> m_account;
    QPointer<client::RestClient> m_rest;
    std::unique_ptr<LocalData> m_data;
    SessionsModel m_sessions;
    QString m_dataSize;
    bool m_isDataBusy = false;
    QString m_dataWords;
    TestState m_testState = TestState::None;
    QString m_testWords;
};
} // namespace belfry::account_screens
