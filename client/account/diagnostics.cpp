#include "account/diagnostics.h"

#include "inbox/wall_clock.h"

#include <QDateTime>
#include <QLibraryInfo>
#include <QLocale>
#include <QRegularExpression>
#include <QSysInfo>

namespace belfry::account {
namespace {
const char *stateName(session::Connection::State state)
{
    using State = session::Connection::State;
    switch (state) {
    case State::Off:
        return "off";
    case State::Connecting:
        return "connecting";
    case State::Syncing:
        return "syncing";
    case State::Online:
        return "online";
    case State::Waiting:
        return "waiting";
    case State::NeedsSignIn:
        return "needs sign-in";
    case State::Ended:
        return "ended";
    }
    return "";
}

QString timeText(model::Instant at)
{
    return inbox::dateTimeOf(at).toString(Qt::ISODateWithMs);
}
} // namespace

void ConnectionLog::note(const session::Connection &connection, model::Instant at)
{
    const bool isSame = !m_entries.empty() && m_entries.back().state == connection.state &&
                        m_entries.back().reason == connection.reason;
    if (isSame)
        return;
    m_entries.push_back({at, connection.state, connection.reason, connection.requestId});
    if (m_entries.size() > mostEntries)
        m_entries.pop_front();
}

Facts systemFacts()
{
    const auto environment = [](const char *name) { return qEnvironmentVariable(name); };
    return {{QStringLiteral("Belfry"), QStringLiteral(BELFRY_VERSION)},
            {QStringLiteral("Qt"), QString::fromLatin1(qVersion())},
            {QStringLiteral("System"), QSysInfo::prettyProductName() + QStringLiteral(", kernel ") +
                                           QSysInfo::kernelVersion() + QStringLiteral(", ") +
                                           QSysInfo::currentCpuArchitecture()},
            {QStringLiteral("Desktop"), environment("XDG_CURRENT_DESKTOP")},
            {QStringLiteral("Session"), environment("XDG_SESSION_TYPE")},
            {QStringLiteral("Language"), QLocale().name()},
            {QStringLiteral("Drawing"), environment("QT_QUICK_BACKEND")}};
}

QString withoutSecrets(QString text)
{
    static const QRegularExpression secrets(
        QStringLiteral("bl[frs]_[A-Za-z0-9_-]+"                               // keys, refresh tokens
                       "|eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*" // user tokens
                       "|(?<=://)[^/@\\s]+(?=@)"                              // user:password@
                       "|(?<=Bearer )\\S+"                                    // any credential
                       "|(?<=ticket=)[^&\\s]+"));
    return text.replace(secrets, QStringLiteral("***"));
}

QString diagnosticsReport(const Facts &facts, const ConnectionLog &log)
{
    QString report;
    for (const auto &[name, value] : facts)
        report += name + QStringLiteral(": ") + (value.isEmpty() ? QStringLiteral("-") : value) + u'\n';
    report += QStringLiteral("\nConnection (UTC, oldest first)\n");
    for (const ConnectionLog::Entry &entry : log.entries()) {
        report += timeText(entry.at) + QStringLiteral("  ") + QString::fromLatin1(stateName(entry.state));
        if (!entry.reason.isEmpty())
            report += QStringLiteral(": ") + QString::fromUtf8(entry.reason);
        if (!entry.requestId.isEmpty())
            report += QStringLiteral(" (request %1)").arg(QString::fromUtf8(entry.requestId));
        report += u'\n';
    }
    return withoutSecrets(report);
}
} // namespace belfry::account
