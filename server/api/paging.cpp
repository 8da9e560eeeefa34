#include "api/paging.h"

#include "api/percent.h"

namespace belfry::api {
void addNextLink(net::HttpResponse &response, const Call &call, const QByteArray &nextCursor,
                 const QByteArray &parameter)
{
    if (nextCursor.isEmpty())
        return;
    QByteArray link = "<" + call.request().path + "?" + parameter + "=";
    appendPercentEncoded(link, nextCursor);
    if (const auto query = call.query()) {
        for (const auto &[name, value] : query->form().fields) {
            if (name == parameter || name == "offset")
                continue;
            link.append('&');
            appendPercentEncoded(link, name);
            link.append('=');
            appendPercentEncoded(link, value);
        }
    }
    link.append(">; rel=\"next\"");
    response.headers.push_back({"Link", link});
}
} // namespace belfry::api
