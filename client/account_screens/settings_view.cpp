#include "account_screens/settings_view.h"

#include "protocol/json_writer.h"
#include "session/error_text.h"

#include <QClipboard>
#include <QDateTime>
#include <QGuiApplication>
#include <QLocale>

namespace belfry::account_screens {
using client::RestClient;

namespace {
QByteArray testRequest(const model::UserId &user, const QString &title, const QString &message)
{
    QByteArray body;
    protocol::JsonWriter json(body);
    json.beginObject().key("user_id").text(user.text).key("type").text("belfry.test");
    json.key("title").text(title.toUtf8()).key("message").text(message.toUtf8());
    json.key("ttl").number(3600).endObject().finish();
    return body;
}
} // namespace

SettingsView::SettingsView(Parts parts, QObject *parent)
    : QObject(parent)
    , m_parts(std::move(parts))
{
    connect(&m_parts.settings, &LocalSettings::changed, this, &SettingsView::optionsChanged);
    connect(&m_parts.settings, &LocalSettings::problemChanged, this, &SettingsView::settingsProblemChanged);
}

// ---- the options

void SettingsView::setTheme(Theme theme)
{
    set([theme](Options &options) { options.theme = Options::Theme(theme); });
}

bool SettingsView::isCompact() const
{
    return m_parts.settings.options().density == Options::Density::Compact;
}

void SettingsView::setCompact(bool isCompact)
{
    set([isCompact](Options &options) {
        options.density = isCompact ? Options::Density::Compact : Options::Density::Comfortable;
    });
}

void SettingsView::setMotionReduced(bool isReduced)
{
    set([isReduced](Options &options) { options.isMotionReduced = isReduced; });
}

QStringList SettingsView::languages() const
{
    QStringList names{tr("As the desktop")};
    for (const QString &code : m_parts.languages)
        names.append(code == u"en" ? QStringLiteral("English") : QLocale(code).nativeLanguageName());
    return names;
}

int SettingsView::language() const
{
    return int(m_parts.languages.indexOf(m_parts.settings.options().language)) + 1;
}

void SettingsView::setLanguage(int entry)
{
    set([code = m_parts.languages.value(entry - 1)](Options &options) { options.language = code; });
}

void SettingsView::setStartsAtLogin(bool starts)
{
    set([starts](Options &options) { options.startsAtLogin = starts; });
}

void SettingsView::setStartsHidden(bool isHidden)
{
    set([isHidden](Options &options) { options.startsHidden = isHidden; });
}

void SettingsView::setClosesToTray(bool closes)
{
    set([closes](Options &options) { options.closesToTray = closes; });
}

void SettingsView::setLockPrivacy(LockPrivacy privacy)
{
    set([privacy](Options &options) { options.lockPrivacy = Options::LockPrivacy(privacy); });
}

void SettingsView::setHasSounds(bool has)
{
    set([has](Options &options) { options.hasSounds = has; });
}

void SettingsView::setTourDone(bool isDone)
{
    set([isDone](Options &options) { options.isTourDone = isDone; });
}

// ---- the account

void SettingsView::setAccount(const offline::Account &account, RestClient *rest)
{
    if (m_account != account) {
        m_account = account;
        m_data = std::make_unique<LocalData>(m_parts.cacheFolder, account);
        m_dataSize.clear();
        m_dataWords.clear();
        m_isDataBusy = false;
        Q_EMIT dataChanged();
    }
    m_rest = rest;
    m_sessions.setAccount(rest, account.user, m_parts.settings.device());
    setTest(TestState::None, {});
    Q_EMIT accountChanged();
}

void SettingsView::setSignedOut()
{
    m_account.reset();
    m_data.reset();
    m_rest = nullptr;
    m_dataSize.clear();
    m_isDataBusy = false;
    m_sessions.setAccount(nullptr, {}, {});
    Q_EMIT dataChanged();
    Q_EMIT accountChanged();
}

QString SettingsView::user() const
{
    if (!m_account)
        return {};
    const auto &saved = m_parts.settings.options().account;
    const bool isSaved = saved && saved->account == *m_account && !saved->email.isEmpty();
    return isSaved ? saved->email : QString::fromUtf8(m_account->user.text);
}

QString SettingsView::server() const
{
    return m_account ? m_account->server.toString() : QString();
}

QString SettingsView::secretPlace() const
{
    switch (m_parts.vault.place()) {
    case SecretVault::Place::Keychain:
        return tr("Your sign-in is kept in the keychain of the desktop.");
    case SecretVault::Place::File:
        return tr("Your sign-in is kept in a file that only you can read. It is not encrypted.");
    case SecretVault::Place::Nowhere:
        break;
    }
    return tr("Your sign-in is not kept: it ends with the program.");
}

// ---- its data here

void SettingsView::refresh()
{
    measure();
    m_sessions.refresh();
    Q_EMIT accountChanged(); // where the secret is may be known by now
}

void SettingsView::measure()
{
    if (!m_data)
        return;
    m_data->size([this](const model::Result<qint64> &bytes) {
        m_dataSize = bytes ? QLocale().formattedDataSize(*bytes) : QString();
        Q_EMIT dataChanged();
    });
}

void SettingsView::beginData()
{
    m_isDataBusy = true;
    m_dataWords.clear();
    Q_EMIT dataChanged();
}

void SettingsView::endData(const QString &words)
{
    m_isDataBusy = false;
    m_dataWords = words;
    Q_EMIT dataChanged();
    measure();
}

void SettingsView::exportTo(const QUrl &file)
{
    if (!m_data || m_isDataBusy)
        return;
    const QString path = file.toLocalFile();
    if (path.isEmpty())
        return endData(tr("Choose a file on this computer."));
    beginData();
    const model::Instant now{QDateTime::currentMSecsSinceEpoch() * 1000};
    m_data->exportTo(path, m_parts.items(), now, [this, path](const model::Result<qint64> &bytes) {
        endData(bytes ? tr("Written to %1 (%2).").arg(path, QLocale().formattedDataSize(*bytes))
                      : session::errorReport(bytes.error()));
    });
}

void SettingsView::clearCacheNow(const std::function<void()> &cleared)
{
    if (!m_data)
        return cleared();
    beginData();
    m_data->clear([this, cleared](const model::Result<LocalData::Cleared> &result) {
        if (!result)
            endData(session::errorReport(result.error()));
        else if (result->lostOps > 0)
            endData(tr("Cleared. %n change(s) that the server had not heard of went, too.", nullptr,
                       int(result->lostOps)));
        else
            endData(tr("Cleared. What is on the server comes again."));
        cleared();
    });
}

// ---- trying it out

void SettingsView::sendTest()
{
    if (m_testState == TestState::Asking)
        return;
    if (!m_rest || !m_account) {
        setTest(TestState::Failed, tr("There is no connection to the server yet. Try again in a moment."));
        return;
    }
    setTest(TestState::Asking, tr("Asking the server…"));
    m_rest->send(this, "POST", "/api/v1/notifications",
                 testRequest(m_account->user, tr("This is a test"), tr("So you will hear of what happens.")),
                 [this](const model::Result<RestClient::Response> &response) { tested(response); });
}

void SettingsView::tested(const model::Result<RestClient::Response> &response)
{
    if (response)
        return setTest(TestState::Sent, tr("It is on its way: look for a banner, and into the inbox."));
    if (response.error().code != model::ErrorCode::Forbidden)
        return setTest(TestState::Failed, session::errorReport(response.error()));
    setTest(TestState::Here,
            tr("Your account may receive notifications, not send them. So this banner was made on "
               "this computer: it shows how one looks here."));
    Q_EMIT bannerTestWanted();
}

void SettingsView::setTest(TestState state, const QString &words)
{
    m_testState = state;
    m_testWords = words;
    Q_EMIT testChanged();
}

// ---- diagnostics

QString SettingsView::report() const
{
    Facts facts = systemFacts();
    facts.append({QStringLiteral("Server"), server()});
    facts.append(m_parts.facts());
    return diagnosticsReport(facts, m_parts.log);
}

void SettingsView::copyReport() const
{
    QGuiApplication::clipboard()->setText(report());
}
} // namespace belfry::account_screens

#include "moc_settings_view.cpp"
