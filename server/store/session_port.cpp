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

VoidResult mayEnd(Workspace &work, UserKey user, model::Role upTo)
{
    const auto person = work.tx().people().person(user);
    if (!person)
        return tl::unexpected(person.error());
    if (*person && (*person)->person.role > upTo)
        return model::fail(ErrorCode::Forbidden, "the role of this user is above your own");
    return {};
}

Result<int> endOne(Workspace &work, const ports::SessionEnd &what, model::Instant now)
{
    SessionWrites &table = work.tx().sessions();
    const auto owner = table.ownerOf(what.id);
    if (!owner)
        return tl::unexpected(owner.error());
    if (!*owner)
        return model::fail(ErrorCode::NotFound, "there is no such session");
    if (auto allowed = mayEnd(work, (*owner)->user, what.upTo); !allowed)
        return tl::unexpected(allowed.error());
    if ((*owner)->hasEnded)
        return 0;
    if (auto done = table.end(what.id, now); !done)
        return tl::unexpected(done.error());
    return 1;
}

Result<int> endAllOf(Workspace &work, const ports::SessionEnd &what, model::Instant now)
{
    const Workspace::User *user = work.user(what.user);
    if (!user)
        return model::fail(ErrorCode::NotFound, "there is no such user");
    if (auto allowed = mayEnd(work, user->row.key, what.upTo); !allowed)
        return tl::unexpected(allowed.error());
    return work.tx().people().endSessions(user->row.key, now);
}

Result<int> endSessions(Workspace &work, const ports::SessionEnd &what, const AuditEntry &entry)
{
    auto ended = what.id.isEmpty() ? endAllOf(work, what, entry.at) : endOne(work, what, entry.at);
    if (!ended || *ended == 0)
        return ended;
    if (auto done = work.tx().sessions().note(entry); !done)
        return tl::unexpected(done.error());
    return ended;
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

void SessionPort::live(Loop &home, ports::SessionFilter filter, model::Instant now,
                       Reply<Result<std::vector<Session>>> reply)
{
    using All = std::vector<Session>;
    if (filter.before.isEmpty())
        filter.before = "~"; // above every id
    m_readers.run<All>(home, std::move(reply),
                       [filter = std::move(filter), now](ReadSession &session) -> Result<All> {
                           All all;
                           if (auto done = session.sessions().live(filter, now, all); !done)
                               return tl::unexpected(done.error());
                           return all;
                       });
}

void SessionPort::end(Loop &home, ports::SessionEnd what, AuditEntry entry, Reply<Result<int>> reply)
{
    const model::Instant now = entry.at;
    auto want = [user = what.user](Needs &needs) {
        if (!user.isEmpty())
            needs.users.push_back(user);
    };
    writeSession<int>(
        m_lane, home, now, std::move(reply),
        [what = std::move(what), entry = std::move(entry)](Workspace &work) {
            return endSessions(work, what, entry);
        },
        std::move(want));
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
