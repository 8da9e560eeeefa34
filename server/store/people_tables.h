#pragma once

#include "ports/people.h"
#include "store/rows.h"

namespace belfry::store {
using model::Result;
using model::VoidResult;

struct PersonRow
{
    UserKey key = 0;
    ports::Person person;
    QByteArray passwordHash;
};

/// The part of a ReadSession that is about people. Errors as there.
class PeopleReads
{
public:
    virtual ~PeopleReads() = default;

    virtual Result<std::optional<PersonRow>> person(const model::UserId &id) = 0;
    /// key > after, ascending.
    virtual VoidResult people(UserKey after, int limit, std::vector<PersonRow> &out) = 0;
    virtual VoidResult privileged(model::Instant now, std::vector<ports::Standings::Privileged> &out) = 0;
    virtual VoidResult endedSessions(model::Instant since, std::vector<model::Text> &out) = 0;
};

/// The part of a WriteTx that is about people. Errors as there. Whoever asks has locked the user.
class PeopleWrites
{
public:
    virtual ~PeopleWrites() = default;

    virtual Result<std::optional<PersonRow>> person(UserKey key) = 0;
    /// 0: nobody.
    virtual Result<UserKey> ownerOf(const model::Text &email) = 0;
    virtual VoidResult save(const PersonRow &row) = 0;
    /// Those that live. Answers how many.
    virtual Result<int> endSessions(UserKey user, model::Instant now) = 0;
};
} // namespace belfry::store
