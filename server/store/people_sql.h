#pragma once

#include "store/people_tables.h"

namespace belfry::store {
// Both databases have the same statements about people, by the same names and with the same columns.

template<typename Query>
PersonRow readPerson(Query &query)
{
    PersonRow row;
    ports::Person &person = row.person;
    row.key = query.number();
    person.id.text = query.text();
    person.name = query.text();
    person.email = query.text();
    person.phone = query.text();
    person.locale = query.text();
    person.role = static_cast<model::Role>(query.number());
    person.disabledAt = query.maybeInstant();
    row.passwordHash = query.blob();
    person.createdAt = query.instant();
    const model::MaybeInstant askedAt = query.maybeInstant();
    person.erasedAt = query.maybeInstant();
    person.erasing = askedAt && !person.erasedAt;
    person.hasPassword = !row.passwordHash.isEmpty();
    return row;
}

template<typename Query>
Result<std::optional<PersonRow>> readMaybePerson(Query &query)
{
    std::optional<PersonRow> found;
    if (query.next())
        found = readPerson(query);
    if (auto done = query.outcome(); !done)
        return tl::unexpected(done.error());
    return found;
}

template<typename Connection, typename Statement, typename Query>
class SqlPeopleReads final : public PeopleReads
{
public:
    explicit SqlPeopleReads(Connection &db)
        : m_person(db, "person_by_id")
        , m_page(db, "person_page")
        , m_privileged(db, "privileged_sessions")
        , m_ended(db, "ended_sessions")
    {
    }

    Result<std::optional<PersonRow>> person(const model::UserId &id) override
    {
        Query query(m_person);
        query.bind(id.text);
        return readMaybePerson(query);
    }

    VoidResult people(UserKey after, int limit, std::vector<PersonRow> &out) override
    {
        Query query(m_page);
        query.bind(after).bind(qint64(limit));
        while (query.next())
            out.push_back(readPerson(query));
        return query.outcome();
    }

    VoidResult privileged(model::Instant now, std::vector<ports::Standings::Privileged> &out) override
    {
        Query query(m_privileged);
        query.bind(now);
        while (query.next()) {
            ports::Standings::Privileged &session = out.emplace_back();
            session.id = query.text();
            session.user.text = query.text();
            session.role = static_cast<model::Role>(query.number());
        }
        return query.outcome();
    }

    VoidResult endedSessions(model::Instant since, std::vector<model::Text> &out) override
    {
        Query query(m_ended);
        query.bind(since);
        while (query.next())
            out.push_back(query.text());
        return query.outcome();
    }

private:
    Statement m_person;
    Statement m_page;
    Statement m_privileged;
    Statement m_ended;
};

template<typename Connection, typename Statement, typename Query>
class SqlPeopleWrites final : public PeopleWrites
{
public:
    explicit SqlPeopleWrites(Connection &db)
        : m_person(db, "person_by_key")
        , m_owner(db, "email_owner")
        , m_save(db, "save_profile")
        , m_endSessions(db, "end_sessions_of_user")
    {
    }

    Result<std::optional<PersonRow>> person(UserKey key) override
    {
        Query query(m_person);
        query.bind(key);
        return readMaybePerson(query);
    }

    Result<UserKey> ownerOf(const model::Text &email) override
    {
        Query query(m_owner);
        query.bind(email);
        const UserKey owner = query.next() ? query.number() : 0;
        if (auto done = query.outcome(); !done)
            return tl::unexpected(done.error());
        return owner;
    }

    VoidResult save(const PersonRow &row) override
    {
        const ports::Person &person = row.person;
        Query query(m_save);
        query.bind(row.key).bind(person.name).bindOptional(person.email).bindOptional(person.phone);
        query.bindOptional(person.locale).bind(qint64(person.role)).bind(person.disabledAt);
        return query.bindBlob(row.passwordHash).run();
    }

    Result<int> endSessions(UserKey user, model::Instant now) override
    {
        Query query(m_endSessions);
        if (auto done = query.bind(user).bind(now).run(); !done)
            return tl::unexpected(done.error());
        return query.changes();
    }

private:
    Statement m_person;
    Statement m_owner;
    Statement m_save;
    Statement m_endSessions;
};
} // namespace belfry::store
