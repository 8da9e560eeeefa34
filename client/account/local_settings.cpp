#include "account/local_settings.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QUuid>
#include <array>
#include <utility>

namespace belfry::account {
namespace {
using Theme = Options::Theme;
using Density = Options::Density;
using LockPrivacy = Options::LockPrivacy;

// ---- a value and its text

template<typename Enum, std::size_t N>
using Names = std::array<std::pair<Enum, const char *>, N>;
constexpr Names<Theme, 4> themes{{{Theme::System, "system"},
                                  {Theme::Light, "light"},
                                  {Theme::Dark, "dark"},
                                  {Theme::HighContrast, "high-contrast"}}};
constexpr Names<Density, 2> densities{{{Density::Comfortable, "comfortable"}, {Density::Compact, "compact"}}};
constexpr Names<LockPrivacy, 3> privacies{{{LockPrivacy::WhenLocked, "when-locked"},
                                           {LockPrivacy::Always, "always"},
                                           {LockPrivacy::Never, "never"}}};

constexpr const auto &namesOf(Theme)
{
    return themes;
}
constexpr const auto &namesOf(Density)
{
    return densities;
}
constexpr const auto &namesOf(LockPrivacy)
{
    return privacies;
}

template<typename Enum>
    requires std::is_enum_v<Enum>
QVariant toStored(Enum value)
{
    for (const auto &[known, name] : namesOf(value)) {
        if (known == value)
            return QString::fromLatin1(name);
    }
    return {};
}

template<typename Enum>
    requires std::is_enum_v<Enum>
void fromStored(const QVariant &stored, Enum &value)
{
    const QString text = stored.toString();
    for (const auto &[known, name] : namesOf(value)) {
        if (text == QLatin1String(name))
            value = known;
    }
}

QVariant toStored(bool value)
{
    return value;
}
void fromStored(const QVariant &stored, bool &value)
{
    const QString text = stored.toString();
    if (text == u"true" || text == u"false")
        value = text == u"true";
}

QVariant toStored(const QString &value)
{
    return value;
}
void fromStored(const QVariant &stored, QString &value)
{
    if (stored.canConvert<QString>())
        value = stored.toString();
}

/// The simple options, by name. `visit(name, member)`.
template<typename Visit>
void forEachOption(Visit visit)
{
    visit("look/theme", &Options::theme);
    visit("look/density", &Options::density);
    visit("look/reducedMotion", &Options::isMotionReduced);
    visit("look/language", &Options::language);
    visit("start/atLogin", &Options::startsAtLogin);
    visit("start/hidden", &Options::startsHidden);
    visit("start/closesToTray", &Options::closesToTray);
    visit("start/tourDone", &Options::isTourDone);
    visit("start/knowsTray", &Options::knowsTray);
    visit("notifications/lockPrivacy", &Options::lockPrivacy);
    visit("notifications/sounds", &Options::hasSounds);
    visit("account/staysSignedIn", &Options::staysSignedIn);
    visit("account/secretMayBeInFile", &Options::maySecretBeInFile);
}

// ---- the rest

constexpr auto geometryName = "window/geometry";
constexpr auto searchesName = "searches";
constexpr auto deviceName = "device/id";

QList<SavedSearch> readSearches(QSettings &file)
{
    QList<SavedSearch> searches;
    const int count = file.beginReadArray(searchesName);
    for (int i = 0; i < std::min<int>(count, SavedAccount::mostSearches); ++i) {
        file.setArrayIndex(i);
        SavedSearch search{file.value("name").toString(), file.value("query").toString()};
        if (!search.name.isEmpty() && !search.query.isEmpty())
            searches.append(std::move(search));
    }
    file.endArray();
    return searches;
}

void writeSearches(QSettings &file, const QList<SavedSearch> &searches)
{
    file.remove(searchesName);
    if (searches.isEmpty())
        return;
    file.beginWriteArray(searchesName, int(searches.size()));
    for (int i = 0; i < int(searches.size()); ++i) {
        file.setArrayIndex(i);
        file.setValue("name", searches[i].name);
        file.setValue("query", searches[i].query);
    }
    file.endArray();
}

std::optional<SavedAccount> readAccount(QSettings &file)
{
    SavedAccount saved;
    saved.account.server = QUrl(file.value("account/server").toString(), QUrl::StrictMode);
    saved.account.user.text = file.value("account/user").toString().toUtf8();
    if (!saved.account.server.isValid() || saved.account.server.host().isEmpty() ||
        saved.account.user.isEmpty())
        return std::nullopt;
    saved.email = file.value("account/email").toString();
    const QByteArray pem = file.value("account/certificate").toString().toLatin1();
    if (!pem.isEmpty())
        saved.certificate = QSslCertificate(pem, QSsl::Pem);
    fromStored(file.value("account/signedOut"), saved.isSignedOut);
    saved.searches = readSearches(file);
    return saved;
}

void writeAccount(QSettings &file, const std::optional<SavedAccount> &saved)
{
    for (const char *name :
         {"account/server", "account/user", "account/email", "account/certificate", "account/signedOut"})
        file.remove(name);
    writeSearches(file, saved ? saved->searches : QList<SavedSearch>());
    if (!saved)
        return;
    file.setValue("account/server", saved->account.server.toString());
    file.setValue("account/user", QString::fromUtf8(saved->account.user.text));
    if (!saved->email.isEmpty())
        file.setValue("account/email", saved->email);
    if (!saved->certificate.isNull())
        file.setValue("account/certificate", QString::fromLatin1(saved->certificate.toPem()));
    if (saved->isSignedOut)
        file.setValue("account/signedOut", toStored(true));
}

Options readOptions(QSettings &file)
{
    Options options;
    forEachOption([&](const char *name, auto member) {
        if (file.contains(name))
            fromStored(file.value(name), options.*member);
    });
    options.windowGeometry = QByteArray::fromBase64(file.value(geometryName).toString().toLatin1());
    options.account = readAccount(file);
    return options;
}

/// Only what is another one now: what could not be read stays as it stands there.
void writeOptions(QSettings &file, const Options &now, const Options &before)
{
    forEachOption([&](const char *name, auto member) {
        if (now.*member != before.*member)
            file.setValue(name, toStored(now.*member));
    });
    if (now.windowGeometry != before.windowGeometry)
        file.setValue(geometryName, QString::fromLatin1(now.windowGeometry.toBase64()));
    if (now.account != before.account)
        writeAccount(file, now.account);
}

/// QSettings keeps the modes of a file that is there.
QString madePrivate(const QString &path)
{
    constexpr auto onlyOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    const QString folder = QFileInfo(path).absolutePath();
    if (!QFileInfo::exists(folder) && QDir().mkpath(folder))
        QFile::setPermissions(folder, onlyOwner | QFileDevice::ExeOwner);
    QFile file(path);
    if (file.open(QIODevice::ReadWrite))
        file.setPermissions(onlyOwner);
    return path; // what fails is told by QSettings::status()
}
} // namespace

LocalSettings::LocalSettings(const QString &path, QObject *parent)
    : QObject(parent)
    , m_file(madePrivate(path), QSettings::IniFormat)
    , m_options(readOptions(m_file))
    , m_device{m_file.value(deviceName).toString().toUtf8()}
{
    if (m_device.isEmpty()) {
        m_device.text = QUuid::createUuid().toByteArray(QUuid::WithoutBraces);
        m_file.setValue(deviceName, QString::fromUtf8(m_device.text));
        sync();
    }
}

void LocalSettings::update(const std::function<void(Options &)> &change)
{
    const Options before = m_options;
    change(m_options);
    if (m_options.account && m_options.account->searches.size() > SavedAccount::mostSearches)
        m_options.account->searches.resize(SavedAccount::mostSearches);
    if (m_options == before)
        return;
    writeOptions(m_file, m_options, before);
    sync();
    Q_EMIT changed(m_options, before);
}

void LocalSettings::sync()
{
    m_file.sync();
    const bool hasProblem = !problem().isEmpty();
    if (std::exchange(m_hadProblem, hasProblem) != hasProblem)
        Q_EMIT problemChanged();
}

QString LocalSettings::problem() const
{
    switch (m_file.status()) {
    case QSettings::NoError:
        return {};
    case QSettings::AccessError:
        return tr("The settings can't be written to %1.").arg(m_file.fileName());
    case QSettings::FormatError:
        return tr("Part of the settings in %1 can't be read.").arg(m_file.fileName());
    }
    return {};
}
} // namespace belfry::account

#include "moc_local_settings.cpp"
