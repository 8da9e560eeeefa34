#pragma once

#include "store/session_tables.h"

namespace belfry::store {
// Both databases have the same statements about sessions, by the same names and with the same columns: they
// differ in what carries them out.

template<typename Query>
ports::Session readSession(Query &query)
{
    ports::Session session;
    session.id = query.text();
    session.user.text = query.text();
    session.device.text = query.text();
    session.address = query.text();
    session.createdAt = query.instant();
    session.usedAt = query.instant();
    session.expiresAt = query.instant();
    session.revokedAt = query.maybeInstant();
    return session;
}

template<typename Connection, typename Statement, typename Query>
class SqlSessionReads final : public SessionReads
{
public:
    explicit SqlSessionReads(Connection &db)
        : m_account(db, "account_of")
        , m_audit(db, "audit_page")
        , m_live(db, "live_sessions")
        , m_liveOf(db, "live_sessions_of")
    {
    }

    Result<std::optional<ports::Account>> account(const model::Text &email) override
    {
        Query query(m_account);
        query.bind(email);
        std::optional<ports::Account> found;
        if (query.next()) {
            found.emplace();
            found->user.text = query.text();
            found->passwordHash = query.blob();
            found->role = static_cast<model::Role>(query.number());
            found->disabled = query.number() != 0;
        }
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return found;
    }

    VoidResult live(const ports::SessionFilter &filter, model::Instant now,
                    std::vector<ports::Session> &out) override
    {
        Query query(filter.user.isEmpty() ? m_live : m_liveOf);
        query.bind(filter.before).bind(now).bind(qint64(filter.limit));
        if (!filter.user.isEmpty())
            query.bind(filter.user.text);
        while (query.next())
            out.push_back(readSession(query));
        return query.outcome();
    }

    VoidResult audit(qint64 before, int limit, std::vector<ports::AuditEntry> &out) override
    {
        Query query(m_audit);
        query.bind(before).bind(qint64(limit));
        while (query.next()) {
            ports::AuditEntry &entry = out.emplace_back();
            entry.place = query.number();
            entry.at = query.instant();
            entry.actor = query.text();
            entry.action = query.text();
            entry.target = query.text();
            entry.address = query.text();
            entry.done = query.number() != 0;
            entry.detail = query.text();
        }
        return query.outcome();
    }

private:
    Statement m_account;
    Statement m_audit;
    Statement m_live;
    Statement m_liveOf;
};

template<typename Connection, typename Statement, typename Query>
class SqlSessionWrites final : public SessionWrites
{
public:
    explicit SqlSessionWrites(Connection &db)
        : m_insert(db, "insert_session")
        , m_lock(db, "lock_session")
        , m_save(db, "save_session")
        , m_endOfDevice(db, "end_session_of_device")
        , m_owner(db, "session_owner")
        , m_end(db, "end_session")
        , m_note(db, "insert_audit")
        , m_purge(db, "purge_sessions")
        , m_purgeAudit(db, "purge_audit")
    {
    }

    VoidResult insert(const SessionRow &row, UserKey user, const QByteArray &family) override
    {
        const ports::Session &session = row.session;
        Query query(m_insert);
        query.bind(session.id).bind(user).bind(session.device.text).bindOptional(session.address);
        query.bindBlob(family).bindBlob(row.token).bindBlob(row.previous).bind(row.rotatedAt);
        return query.bind(session.createdAt).bind(session.usedAt).bind(session.expiresAt).run();
    }

    Result<std::optional<SessionRow>> lock(const QByteArray &family) override
    {
        Query query(m_lock);
        query.bindBlob(family);
        std::optional<SessionRow> found;
        if (query.next())
            found = read(query);
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return found;
    }

    VoidResult save(const SessionRow &row) override
    {
        const ports::Session &session = row.session;
        Query query(m_save);
        query.bind(session.id).bindOptional(session.address).bindBlob(row.token).bindBlob(row.previous);
        query.bind(row.rotatedAt).bind(session.usedAt).bind(session.expiresAt);
        return query.bind(session.revokedAt).run();
    }

    VoidResult endOfDevice(UserKey user, const model::DeviceId &device, model::Instant now) override
    {
        Query query(m_endOfDevice);
        return query.bind(user).bind(device.text).bind(now).run();
    }

    Result<std::optional<Owner>> ownerOf(const model::Text &id) override
    {
        Query query(m_owner);
        query.bind(id);
        std::optional<Owner> found;
        if (query.next()) {
            found.emplace();
            found->user = query.number();
            found->hasEnded = query.maybeInstant().has_value();
        }
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return found;
    }

    VoidResult end(const model::Text &id, model::Instant now) override
    {
        return Query(m_end).bind(id).bind(now).run();
    }

    VoidResult note(const ports::AuditEntry &entry) override
    {
        Query query(m_note);
        query.bind(entry.at).bind(entry.actor).bind(entry.action).bindOptional(entry.target);
        return query.bindOptional(entry.address).bind(qint64(entry.done)).bindOptional(entry.detail).run();
    }

    Result<int> purge(model::Instant endedBefore, model::Instant notedBefore, int limit) override
    {
        int gone = 0;
        const std::pair<Statement *, model::Instant> tables[] = {{&m_purge, endedBefore},
                                                                 {&m_purgeAudit, notedBefore}};
        for (const auto &[statement, before] : tables) {
            Query query(*statement);
            if (auto done = query.bind(before).bind(qint64(limit)).run(); !done)
                return tl::unexpected(done.error());
            gone += query.changes();
        }
        return gone;
    }

private:
    static SessionRow read(Query &query)
    {
        SessionRow row;
        row.session = readSession(query);
        row.token = query.blob();
        row.previous = query.blob();
        row.rotatedAt = query.instant();
        return row;
    }

    Statement m_insert;
    Statement m_lock;
    Statement m_save;
    Statement m_endOfDevice;
    Statement m_owner;
    Statement m_end;
    Statement m_note;
    Statement m_purge;
    Statement m_purgeAudit;
};
} // namespace belfry::store
