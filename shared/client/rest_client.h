#pragma once

#include "client/server_trust.h"
#include "model/op.h"
#include "model/preferences.h"
#include "protocol/answers.h"
#include "protocol/timeline_answer.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>
#include <functional>

class QNetworkReply;

namespace belfry::client {
struct RestSettings
{
    QUrl server;       ///< http or https; a path before /api/v1 is kept
    model::Text token; ///< API key or user token; goes into the Authorization header, nowhere else
    std::chrono::milliseconds timeout{30'000};
    ServerTrust trust{};
};

/// The REST surface for programs (api.md). Answers come once each on this object's thread, through the event
/// loop; not at all once the object, or the `receiver` that was given, is gone. Errors: the server's problem,
/// with the id of the request; Unavailable when it was not reached, in words; Malformed when the answer is
/// not Belfry's.
class RestClient : public QObject
{
    Q_OBJECT
public:
    template<typename T>
    using Answer = std::function<void(model::Result<T>)>;

    explicit RestClient(RestSettings settings, QObject *parent = nullptr);

    void setToken(const model::Text &token) { m_settings.token = token; }
    [[nodiscard]] const QUrl &server() const { return m_settings.server; }

    void wellKnown(QObject *receiver, Answer<protocol::WellKnown> answer);
    void snapshot(QObject *receiver, const model::UserId &user, const model::Text &cursor,
                  Answer<protocol::Snapshot> answer);
    void counts(QObject *receiver, const model::UserId &user, Answer<protocol::CountsAnswer> answer);
    void log(QObject *receiver, const model::UserId &user, model::Seq since, int limit,
             Answer<protocol::LogAnswer> answer);

    struct ListQuery
    {
        model::UserId user;
        model::Text state; ///< empty: active (H16)
        model::Text type;
        model::Text search;
        model::Text cursor;
        int limit = 50;
    };
    void list(QObject *receiver, const ListQuery &query, Answer<protocol::ListAnswer> answer);
    void applyOps(QObject *receiver, const model::UserId &user, const std::vector<model::Op> &ops,
                  Answer<protocol::OpsAnswer> answer);

    void timeline(QObject *receiver, const model::NotificationId &id,
                  Answer<protocol::TimelineAnswer> answer);

    struct PreferencesDocument
    {
        model::Preferences document;
        model::Text etag; ///< as the server sent it
    };
    void preferences(QObject *receiver, const model::UserId &user, Answer<PreferencesDocument> answer);
    /// Precondition when `ifMatch` is given and the document changed meanwhile.
    void putPreferences(QObject *receiver, const model::UserId &user, const model::Preferences &document,
                        const model::Text &ifMatch, Answer<PreferencesDocument> answer);

    /// Anything else: method, path from the root on (encoded) with its query, JSON body (may be empty).
    struct Response
    {
        int status = 0;
        QByteArray body;
        model::Text etag;
    };
    void send(QObject *receiver, const QByteArray &method, const QByteArray &path, const QByteArray &body,
              Answer<Response> answer, const QList<std::pair<QByteArray, QByteArray>> &headers = {});

private:
    void get(QObject *receiver, const QByteArray &path, Answer<Response> answer);
    [[nodiscard]] QUrl address(const QByteArray &path) const;

    RestSettings m_settings;
    QNetworkAccessManager m_network;
};

/// ws or wss address of the live session beside this server.
[[nodiscard]] QUrl socketAddress(const QUrl &server);
} // namespace belfry::client
