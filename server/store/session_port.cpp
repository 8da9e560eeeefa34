#include "store/session_port.h"

#include "store/directory_commands.h"
#include "store/inbox_port.h"

#include <limits>

namespace belfry::store {
using model::ErrorCode;
using ports::AuditEntry;
using ports::Loop;
using ports::Reply;
using ports::Session;

namespace {
template<typename T>
void writeSession(WriterLane &lane, Loop &home, model::Instant now, Reply<Result<T>> reply,
                  std::function<Result<T>(Workspace &)> plan, std::function<void(Needs &)> want = {})
{
    enqueue(lane, std::make_unique<DirectoryCommand<T>>(home, now, std::move(reply), std::move(want),
                                                        std::move(plan)));
}

auto refusedToken(const char *why)
{
    return model::fail(ErrorCode::Unauthenticated, QByteArray("refresh_token: ") + why);
}

VoidResult openSession(Workspace &work, const Session &session, const ports::TokenHashes &token,
                       const AuditEntry &entry)
{
    const Workspace::User *user = work.user(session.user);
    if (!user)
        return model::fail(ErrorCode::NotFound, "there is no such user");
    const auto person = work.tx().people().person(user->row.key);
    if (!person)
        return tl::unexpected(person.error());
    // Since the password was looked at.
    if (!*person || (*person)->person.disabledAt)
        return model::fail(ErrorCode::NotFound, "this user may not sign in any more");
    SessionWrites &table = work.tx().sessions();
    if (auto done = table.endOfDevice(user->row.key, session.device, session.createdAt); !done)
        return done;
    const SessionRow row{session, token.secret, token.secret, session.createdAt};
    if (auto done = table.insert(row, user->row.key, token.family); !done)
        return done;
    return table.note(entry);
}

/// Two have the same session: who it is can't be told, so nobody goes on with it (RFC 9700, section 4.14.2).
VoidResult revokeForReuse(SessionWrites &table, SessionRow &row, const ports::Rotation &wish)
{
    row.session.revokedAt = wish.now;
    if (auto done = table.save(row); !done)
        return done;
    AuditEntry entry;
    entry.at = wish.now;
    entry.actor = "nobody";
    entry.action = "session.reuse";
    entry.target = "session:" + row.session.id;
    entry.address = wish.address;
    entry.done = false;
    entry.detail = "a refresh token of user:" + row.session.user.text +
                   " was used a second time: the session is revoked";
    return table.note(entry);
}

Result<Session> rotateToken(Workspace &work, const ports::Rotation &wish)
{
    SessionWrites &table = work.tx().sessions();
    auto found = table.lock(wish.shown.family);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return refusedToken("is unknown; sign in again");
    SessionRow row = *std::move(*found);
    if (row.session.revokedAt)
        return refusedToken("its session has ended; sign in again");
    if (row.session.expiresAt <= wish.now)
        return refusedToken("has expired; sign in again");
    if (row.token == wish.shown.secret) {
        row.previous = row.token;
        row.rotatedAt = wish.now;
    } else if (row.previous != wish.shown.secret || wish.now - row.rotatedAt > wish.grace) {
        if (auto done = revokeForReuse(table, row, wish); !done)
            return tl::unexpected(done.error());
        return refusedToken("was used before, so its session was ended; sign in again");
    }
    row.token = wish.next;
    row.session.usedAt = wish.now;
    row.session.expiresAt = wish.expiresAt;
    row.session.address = wish.address;
    if (auto done = table.save(row); !done)
        return tl::unexpected(done.error());
    return row.session;
}

VoidResult closeSession(Workspace &work, const ports::TokenHashes &token, AuditEntry entry)
{
    SessionWrites &table = work.tx().sessions();
    auto found = table.lock(token.family);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found || (*found)->session.revokedAt)
        return {};
    SessionRow row = *std::move(*found);
    row.session.revokedAt = entry.at;
    if (auto done = table.save(row); !done)
        return done;
    entry.actor = "user:" + row.session.user.text;
    entry.target = "session:" + row.session.id;
    return table.note(entry);
}
} // namespace

SessionPort::SessionPort(WriterLane &lane, Readers &readers)
    : m_lane(lane)
    , m_readers(readers)
{
}

void SessionPort::account(Loop &home, model::Text email, Reply<Result<std::optional<ports::Account>>> reply)
{
    using Found = std::optional<ports::Account>;
    m_readers.run<Found>(home, std::move(reply), [email = std::move(email)](ReadSession &session) {
        return session.sessions().account(email);
    });
}

void SessionPort::open(Loop &home, Session session, ports::TokenHashes token, AuditEntry entry,
                       Reply<VoidResult> reply)
{
    const model::Instant now = session.createdAt;
    auto want = [id = session.user](Needs &needs) { needs.users.push_back(id); };
    writeSession<void>(
        m_lane, home, now, std::move(reply),
        [session = std::move(session), token = std::move(token), entry = std::move(entry)](Workspace &work) {
            return openSession(work, session, token, entry);
        },
        std::move(want));
}

void SessionPort::rotate(Loop &home, ports::Rotation rotation, Reply<Result<Session>> reply)
{
    const model::Instant now = rotation.now;
    writeSession<Session>(
        m_lane, home, now, std::move(reply),
        [rotation = std::move(rotation)](Workspace &work) { return rotateToken(work, rotation); });
}

void SessionPort::close(Loop &home, ports::TokenHashes token, AuditEntry entry, Reply<VoidResult> reply)
{
    const model::Instant now = entry.at;
    writeSession<void>(m_lane, home, now, std::move(reply),
                       [token = std::move(token), entry = std::move(entry)](Workspace &work) {
                           return closeSession(work, token, entry);
                       });
}

void SessionPort::note(Loop &home, AuditEntry entry, Reply<VoidResult> reply)
{
    const model::Instant now = entry.at;
    writeSession<void>(m_lane, home, now, std::move(reply), [entry = std::move(entry)](Workspace &work) {
        return work.tx().sessions().note(entry);
    });
}

void SessionPort::audit(Loop &home, qint64 before, int limit, Reply<Result<std::vector<AuditEntry>>> reply)
{
    using Entries = std::vector<AuditEntry>;
    const qint64 end = before > 0 ? before : std::numeric_limits<qint64>::max();
    m_readers.run<Entries>(home, std::move(reply), [=](ReadSession &session) -> Result<Entries> {
        Entries entries;
        if (auto done = session.sessions().audit(end, limit, entries); !done)
            return tl::unexpected(done.error());
        return entries;
    });
}
} // namespace belfry::store
