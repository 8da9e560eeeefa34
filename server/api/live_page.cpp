#include "api/live_page.h"

#include "api/entity_tag.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>

static void registerLivePage()
{
    Q_INIT_RESOURCE(live_page); // a static library's resources are not registered by themselves
}

namespace belfry::api {
namespace {
constexpr char pageName[] = "index.html";
/// Nothing inline, nothing from elsewhere; a key that is typed in cannot be sent anywhere but here.
constexpr char policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src "
    "'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct Asset
{
    QByteArray type;
    QByteArray body;
    QByteArray tag;
};

Asset read(const QByteArray &name, const QByteArray &type)
{
    QFile file(QStringLiteral(":/belfry/live/") + QString::fromLatin1(name));
    Asset asset{type, file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray(), {}};
    asset.tag = QCryptographicHash::hash(asset.body, QCryptographicHash::Sha256).toHex().left(32);
    return asset;
}

/// Read once; out of the binary, so no file is waited for.
const QHash<QByteArray, Asset> &assets()
{
    static const QHash<QByteArray, Asset> all = [] {
        registerLivePage();
        QHash<QByteArray, Asset> read;
        read.insert(pageName, api::read(pageName, "text/html; charset=utf-8"));
        for (const char *name : {"page.js", "session.js", "inbox.js"})
            read.insert(name, api::read(name, "text/javascript; charset=utf-8"));
        read.insert("style.css", api::read("style.css", "text/css; charset=utf-8"));
        read.insert("bell.svg", api::read("bell.svg", "image/svg+xml"));
        return read;
    }();
    return all;
}

void answerAsset(CallPtr call, const Asset &asset)
{
    net::HttpResponse response;
    response.headers = {{"ETag", quotedTag(asset.tag)},
                        {"Cache-Control", "no-cache"}, // a newer server has a newer page
                        {"Content-Security-Policy", policy},
                        {"X-Content-Type-Options", "nosniff"},
                        {"X-Frame-Options", "DENY"},
                        {"Referrer-Policy", "no-referrer"},
                        {"Cross-Origin-Opener-Policy", "same-origin"},
                        {"Cross-Origin-Resource-Policy", "same-origin"}};
    if (noneMatchHits(call->request().header("if-none-match"), asset.tag)) {
        response.status = 304;
    } else {
        response.contentType = asset.type;
        response.body = asset.body;
    }
    answer(std::move(call), std::move(response));
}
} // namespace

void getLivePage(CallPtr call)
{
    answerAsset(std::move(call), assets()[pageName]);
}

void getLiveFile(CallPtr call)
{
    const auto found = assets().constFind(call->parameter(0));
    if (found == assets().constEnd())
        return fail(std::move(call),
                    {model::ErrorCode::NotFound, "There is nothing at this address.", {}, {}});
    answerAsset(std::move(call), *found);
}
} // namespace belfry::api
