#pragma once

#include "model/preferences.h"
#include "model/strong_id.h"
#include "model/uuid.h"
#include "ports/audit.h"
#include "ports/inbox.h"

namespace belfry::ports {
/// A person as the legacy routes know one.
struct UserRecord
{
    model::UserId id;
    model::Text name;
    model::Text email;
    QByteArray passwordHash; ///< Argon2id, empty: no password
    model::Instant createdAt;
};

struct StoredPreferences
{
    model::Preferences document;
    model::Text etag; ///< without quotes; of the defaults too
};

struct Topic
{
    model::TopicName name;
    model::Text title;
    model::Instant createdAt;
    qint64 subscribers = 0;
};

/// What a user may make on first use (H05): only once nothing else is in the way.
struct PreferencesWrite
{
    model::UserId user;
    model::Preferences document;
    std::optional<QList<model::Text>> ifMatch; ///< one of them must be the ETag; absent: whatever is there
    bool makeUser = true;                      ///< false: an unknown user is NotFound
};

struct Subscription
{
    model::TopicName topic;
    model::UserId user;
    bool on = true;
    bool makeUser = true; ///< false: to subscribe an unknown user is NotFound
};

/// An API key; the secret itself is never stored (semantics 19).
struct ApiKey
{
    model::Text id;
    model::Text name;
    QByteArray hash; ///< SHA-256 of the key
    quint32 scopes = 0;
    model::Instant createdAt;
    model::MaybeInstant expiresAt;
    model::MaybeInstant revokedAt;
    bool bootstrap = false;
    model::MaybeInstant usedAt = {}; ///< about when it was last used; nothing: never
};

struct KeyUse
{
    model::Text id;
    model::Instant at;
};

/// A key that shall be good no more.
struct KeyRevocation
{
    model::Text id;
    quint32 mayEnd = 0;           ///< scopes of whoever asks: a key with others is above that one
    bool mayEndBootstrap = false; ///< the bootstrap key too
};

/// A key is replaced: the old one stays good for a while, so that whoever uses it can change over.
struct KeyRotation
{
    model::Text id; ///< of the old one
    model::Text
        nextId; ///< of the new one, which has the name, the scopes and the length of life of the old one
    QByteArray nextHash;
    quint32 mayGrant = 0; ///< scopes of whoever asks: a key with others is not to be had that way
    model::Duration overlap{0};
    model::Instant now;
};

/// A broadcast or topic submit, durable from the moment it is accepted (decisions H14, H78): recipients are
/// the users of that moment, written in batches, resumable.
struct FanoutJob
{
    model::EventId event;
    model::TopicName topic; ///< empty: everybody
    Submit submit;          ///< recipients empty; content, times, renotify
};

/// Users, preferences, topics, keys, answers, fan-out jobs. Threads, replies and common errors as Inbox.
class Directory
{
public:
    virtual ~Directory() = default;

    [[nodiscard]] virtual model::Epoch epoch() const = 0;

    // Users
    /// Makes a user with the next integer id above all numeric ones (H66). Conflict: the email is taken.
    virtual void createUser(Loop &home, UserRecord user, Reply<Result<UserRecord>> reply) = 0;
    /// In order; unknown ones have an empty id.
    virtual void users(Loop &home, std::vector<model::UserId> ids,
                       Reply<Result<std::vector<UserRecord>>> reply) = 0;
    /// Ids above `after` in storage order, at most `limit`; for "all users".
    virtual void allUsers(Loop &home, qint64 after, int limit,
                          Reply<Result<std::pair<std::vector<model::UserId>, qint64>>> reply) = 0;

    // Preferences
    virtual void preferences(Loop &home, std::vector<model::UserId> users,
                             Reply<Result<std::vector<StoredPreferences>>> reply) = 0;
    /// Writes a Preferences entry into the user's log. Precondition when `ifMatch` is given and does not name
    /// it.
    virtual void putPreferences(Loop &home, PreferencesWrite write, model::Instant now,
                                Reply<Result<StoredPreferences>> reply) = 0;

    // Topics
    virtual void putTopic(Loop &home, Topic topic, Reply<Result<bool>> reply) = 0; ///< true: new
    virtual void topics(Loop &home, Reply<Result<std::vector<Topic>>> reply) = 0;
    virtual void topic(Loop &home, model::TopicName name, Reply<Result<Topic>> reply) = 0;
    virtual void removeTopic(Loop &home, model::TopicName name, Reply<model::VoidResult> reply) = 0;
    /// A repeat changes nothing. NotFound: no such topic.
    virtual void subscribe(Loop &home, Subscription wish, model::Instant now,
                           Reply<model::VoidResult> reply) = 0;
    virtual void subscribers(Loop &home, model::TopicName topic, qint64 after, int limit,
                             Reply<Result<std::pair<std::vector<model::UserId>, qint64>>> reply) = 0;

    // Fan-out jobs
    /// NotFound: no such topic. Answered when the job is durable.
    virtual void addJob(Loop &home, FanoutJob job, Reply<Result<SubmitResult>> reply) = 0;
    /// Writes the next batch of the oldest job: decides by `decide` for each recipient on the writer lane
    /// (pure, from the preferences handed to it). Answers how many recipients were written; 0: no job is
    /// left.
    using Decide =
        std::function<Recipient(const model::UserId &, const model::Preferences &, const model::Content &)>;
    virtual void stepJob(Loop &home, int limit, Decide decide, model::Instant now,
                         Reply<Result<int>> reply) = 0;

    // Keys
    virtual void keys(Loop &home, Reply<Result<std::vector<ApiKey>>> reply) = 0;
    virtual void addKey(Loop &home, ApiKey key, AuditEntry entry, Reply<model::VoidResult> reply) = 0;
    /// At the time of the entry. NotFound; Forbidden: it is above whoever asks. A repeat changes nothing, and
    /// says nothing in the log.
    virtual void revokeKey(Loop &home, KeyRevocation what, AuditEntry entry,
                           Reply<model::VoidResult> reply) = 0;
    /// Answers the new one. NotFound; Forbidden: it has a scope that may not be granted; Conflict: it is no
    /// longer good, was rotated before, or is the bootstrap key, which has a way of its own (H83).
    virtual void rotateKey(Loop &home, KeyRotation rotation, AuditEntry entry,
                           Reply<Result<ApiKey>> reply) = 0;

    /// The latest of each; keys that are not there are left out.
    virtual void noteKeyUses(Loop &home, std::vector<KeyUse> uses, model::Instant now,
                             Reply<model::VoidResult> reply) = 0;

    // Answers (semantics 7)
    /// The answer that stands for this key; nothing when there is none. IdempotencyReuse: another body.
    virtual void findAnswer(Loop &home, IdempotencyKey key, model::Instant now,
                            Reply<Result<std::optional<StoredAnswer>>> reply) = 0;
    /// For answers that made no notification.
    virtual void keepAnswer(Loop &home, IdempotencyKey key, StoredAnswer answer, model::Instant now,
                            Reply<model::VoidResult> reply) = 0;
};
} // namespace belfry::ports
