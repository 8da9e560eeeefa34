#include "api/document_routes.h"

#include "api/entity_tag.h"
#include "api/openapi.h"
#include "api/route_table.h"

#include <QCryptographicHash>

namespace belfry::api {
namespace {
struct Document
{
    QByteArray body;
    QByteArray tag;

    explicit Document(QByteArray text)
        : body(std::move(text))
        , tag(QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex().first(16))
    {
    }
};

void answerDocument(CallPtr call, const Document &document)
{
    net::HttpResponse response;
    response.headers.push_back({"ETag", quotedTag(document.tag)});
    response.headers.push_back({"Cache-Control", "no-cache"});
    if (noneMatchHits(call->request().header("if-none-match"), document.tag)) {
        response.status = 304;
        return answer(std::move(call), std::move(response));
    }
    response.contentType = jsonType();
    response.body = document.body;
    answer(std::move(call), std::move(response));
}
} // namespace

void getOpenApi(CallPtr call)
{
    static const Document document(openApiDocument(routeTable()));
    answerDocument(std::move(call), document);
}

void getAsyncApi(CallPtr call)
{
    static const Document document(asyncApiDocument());
    answerDocument(std::move(call), document);
}
} // namespace belfry::api
