#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <cstdint>
#include <map>
#include <string>

namespace belfry::bench {
class Histogram;

/// The result of one run: one JSON object on one line. Times end in their unit.
class Report
{
public:
    explicit Report(const std::string &run);

    void set(const char *name, double value);
    void set(const char *name, std::uint64_t value);
    void set(const char *name, bool value);
    void set(const char *name, const std::string &value);
    /// `{reason: count}`; left out when empty.
    void set(const char *name, const std::map<std::string, std::uint64_t> &counts);
    /// `<prefix>p50_ms`, `p99_ms`, `p999_ms`, `max_ms`, `mean_ms`, of nanoseconds.
    void setLatency(const std::string &prefix, const Histogram &latency);

    /// The run shows a fault of the server: the line says `"ok": false` and the program ends with 1.
    void fail(const std::string &why);
    [[nodiscard]] bool isOk() const { return m_ok; }
    [[nodiscard]] QByteArray line() const;

private:
    QJsonObject m_members;
    bool m_ok = true;
};
} // namespace belfry::bench
