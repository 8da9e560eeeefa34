#include "bench/request_template.h"

#include "bench/json_peek.h"

namespace belfry::bench {
namespace {
constexpr std::string_view userPrefix = "bench-";
constexpr std::size_t userDigits = 7;

void writeUser(char *digits, std::uint64_t index)
{
    for (std::size_t i = userDigits; i > 0; --i) {
        digits[i - 1] = static_cast<char>('0' + index % 10);
        index /= 10;
    }
}
} // namespace

std::string userName(std::uint64_t index)
{
    std::string name = std::string(userPrefix) + std::string(userDigits, '0');
    writeUser(name.data() + userPrefix.size(), index);
    return name;
}

RequestTemplate::RequestTemplate(std::string_view method, const Endpoint &target, std::string_view path,
                                 const std::string &bearer, std::string_view body)
{
    m_text.append(method).append(" ").append(path).append(" HTTP/1.1\r\nHost: ").append(target.text());
    if (!bearer.empty())
        m_text.append("\r\nAuthorization: Bearer ").append(bearer);
    if (!body.empty())
        m_text.append("\r\nContent-Type: application/json\r\nContent-Length: ")
            .append(std::to_string(body.size()));
    m_text.append("\r\n\r\n").append(body);
    m_marker = m_text.find(std::string(markerPrefix) + std::string(markerDigits, '0'));
    m_user = m_text.find(userName(0));
}

std::string_view RequestTemplate::compose(std::uint64_t number, std::uint64_t user)
{
    if (m_marker != std::string::npos)
        writeMarker(m_text.data() + m_marker + markerPrefix.size(), number);
    if (m_user != std::string::npos)
        writeUser(m_text.data() + m_user + userPrefix.size(), user);
    return m_text;
}

std::string_view notificationBody()
{
    return R"({"user_id":"bench-0000000","type":"order_update","title":"Order shipped bench:000000000000",)"
           R"("message":"Your order has left the warehouse and arrives on Thursday between 9 and 12.",)"
           R"("data":{"order":"A-1044-2291","carrier":"parcel","pieces":2}})";
}

std::string_view broadcastBody()
{
    return R"({"broadcast":true,"ttl":0,"type":"announcement","title":"bench:000000000000",)"
           R"("message":"The office closes at four today; please take your coats from the hall."})";
}
} // namespace belfry::bench
