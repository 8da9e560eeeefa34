#include "net/date_text.h"

#include <array>
#include <cstdio>
#include <ctime>

namespace belfry::net {
const QByteArray &DateText::now()
{
    const std::time_t second = std::time(nullptr);
    if (second == m_second)
        return m_text;
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&second, &utc);
    // Not strftime: its names follow the locale.
    std::array<char, 64> text{};
    const int length = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                     days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                                     months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                                     utc.tm_hour, utc.tm_min, utc.tm_sec);
    m_text = QByteArray(text.data(), length);
    m_second = second;
    return m_text;
}
} // namespace belfry::net
