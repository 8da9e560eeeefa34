#include "api/paging.h"

#include "api/percent.h"

namespace belfry::api {
void addNextLink(net::HttpResponse &response, const Call &call, const QByteArray &nextCursor)
{
    if (nextCursor.isEmpty())
        return;
    QByteArray link = "<" + call.request().path + "?cursor=";
    appendPercentEncoded(link, nextCursor);
    if (const auto query = call.query()) {
        for (const auto &[name, value] : query->form().fields) {
            if (name == "cursor" || name == "offset")
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
