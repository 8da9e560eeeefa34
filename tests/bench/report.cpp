#include "bench/report.h"

#include "bench/histogram.h"

#include <QJsonDocument>
#include <cmath>

namespace belfry::bench {
namespace {
// Four significant digits are what a measurement is worth; more would only be in the way of reading.
double rounded(double value)
{
    if (value == 0 || !std::isfinite(value))
        return 0;
    const double scale = std::pow(10.0, 3 - std::floor(std::log10(std::abs(value))));
    return scale < 1 ? std::round(value) : std::round(value * scale) / scale;
}
} // namespace

Report::Report(const std::string &run)
{
    set("run", run);
}

void Report::set(const char *name, double value)
{
    m_members[QLatin1String(name)] = rounded(value);
}

void Report::set(const char *name, std::uint64_t value)
{
    m_members[QLatin1String(name)] = static_cast<qint64>(value);
}

void Report::set(const char *name, bool value)
{
    m_members[QLatin1String(name)] = value;
}

void Report::set(const char *name, const std::string &value)
{
    m_members[QLatin1String(name)] = QString::fromStdString(value);
}

void Report::set(const char *name, const std::map<std::string, std::uint64_t> &counts)
{
    QJsonObject object;
    for (const auto &[reason, count] : counts)
        object[QString::fromStdString(reason)] = static_cast<qint64>(count);
    if (!object.isEmpty())
        m_members[QLatin1String(name)] = object;
}

void Report::setLatency(const std::string &prefix, const Histogram &latency)
{
    const auto put = [&](const char *name, double nanoseconds) {
        set((prefix + name).c_str(), nanoseconds / 1e6);
    };
    put("p50_ms", static_cast<double>(latency.quantile(0.5)));
    put("p99_ms", static_cast<double>(latency.quantile(0.99)));
    put("p999_ms", static_cast<double>(latency.quantile(0.999)));
    put("max_ms", static_cast<double>(latency.max()));
    put("mean_ms", latency.mean());
}

void Report::fail(const std::string &why)
{
    m_ok = false;
    set("fault", why);
}

QByteArray Report::line() const
{
    QJsonObject whole = m_members;
    whole[QLatin1String("ok")] = m_ok;
    return QJsonDocument(whole).toJson(QJsonDocument::Compact);
}
} // namespace belfry::bench
