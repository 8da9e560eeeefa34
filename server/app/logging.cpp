#include "app/logging.h"

#include "runtime/log_context.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLoggingCategory>
#include <atomic>
#include <unistd.h>

namespace belfry::app {
namespace {
std::atomic<LogFormat> format{LogFormat::Text};

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error";
}

QByteArray asText(QtMsgType type, QByteArrayView category, const QString &message, QByteArrayView time)
{
    const auto &context = runtime::LogContext::current();
    QByteArray line = time.toByteArray() + ' ' + QByteArray(levelName(type)).leftJustified(7) + ' ' +
                      category.toByteArray() + ": ";
    // One message is one line, whatever a sender put into a name.
    line += QString(message).replace(QLatin1Char('\n'), QLatin1String("\\n")).toUtf8();
    if (!context.requestId.isEmpty())
        line += " request_id=" + context.requestId;
    if (!context.traceparent.isEmpty())
        line += " traceparent=" + context.traceparent;
    return line;
}

QByteArray asJson(QtMsgType type, QByteArrayView category, const QString &message, QByteArrayView time)
{
    const auto &context = runtime::LogContext::current();
    QJsonObject object{{QStringLiteral("time"), QString::fromLatin1(time)},
                       {QStringLiteral("level"), QString::fromLatin1(levelName(type))},
                       {QStringLiteral("category"), QString::fromUtf8(category)},
                       {QStringLiteral("message"), message}};
    if (!context.requestId.isEmpty())
        object.insert(QStringLiteral("request_id"), QString::fromUtf8(context.requestId));
    if (!context.traceparent.isEmpty())
        object.insert(QStringLiteral("traceparent"), QString::fromUtf8(context.traceparent));
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void writeLine(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const QByteArray time = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1();
    const QByteArray line = formatLine(format.load(), type, context.category, message, time) + '\n';
    // A log that can't be written has nobody to tell it to.
    [[maybe_unused]] const auto written =
        ::write(STDERR_FILENO, line.constData(), static_cast<size_t>(line.size()));
}

QString filterRules(LogLevel level)
{
    const auto rule = [level](LogLevel of, const char *suffix) {
        return QStringLiteral("belfry.*.%1=%2\n")
            .arg(QLatin1String(suffix), level <= of ? QLatin1String("true") : QLatin1String("false"));
    };
    return rule(LogLevel::Debug, "debug") + rule(LogLevel::Info, "info") + rule(LogLevel::Warning, "warning");
}
} // namespace

QByteArray formatLine(LogFormat as, QtMsgType type, QByteArrayView category, const QString &message,
                      QByteArrayView time)
{
    return as == LogFormat::Json ? asJson(type, category, message, time)
                                 : asText(type, category, message, time);
}

void startLogging(LogLevel level, LogFormat as)
{
    format = as;
    QLoggingCategory::setFilterRules(filterRules(level));
    qInstallMessageHandler(writeLine);
}

LogFormat logFormat()
{
    return format;
}
} // namespace belfry::app
