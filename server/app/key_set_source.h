#pragma once

#include "auth/key_set.h"

#include <QNetworkAccessManager>
#include <QTimer>
#include <functional>

class QNetworkReply;

namespace belfry::app {
/// Where the public keys of user tokens come from (decisions H02): a file, or an https URL. What was read
/// last stays good while a later read fails: an issuer that is down must not sign everybody out. Control
/// thread.
class KeySetSource : public QObject
{
    Q_OBJECT
public:
    using Taken = std::function<void(std::vector<auth::VerifyKey>)>;

    /// `location` empty: does nothing, ever. `taken` gets each set that was read.
    KeySetSource(QByteArray location, Taken taken, QObject *parent = nullptr);
    ~KeySetSource() override;

    /// Reads it for the first time, and from then on every 5 min.
    void start();
    /// Reads it now.
    void reload();
    /// A token named a key that is not there. Read again, but not within 10 s of the last time: anybody can
    /// make such tokens.
    void unknownKey();

    /// Invalid, saying why: neither a readable key set nor a URL that may be asked. Plain http would let
    /// whoever is on the way choose the keys, so it is for this machine only.
    [[nodiscard]] static model::VoidResult check(const QByteArray &location);

private:
    void fetch();
    void fetched(QNetworkReply &reply);
    void take(const model::Result<std::vector<auth::VerifyKey>> &keys);

    const QByteArray m_location;
    Taken m_taken;
    QNetworkAccessManager m_network;
    QNetworkReply *m_reply = nullptr; ///< under way
    QTimer m_again;
    QTimer m_rest;
    bool m_hasKeys = false;
};
} // namespace belfry::app
