#include "store/people_port.h"

#include "store/directory_commands.h"
#include "store/erasure_plan.h"
#include "store/folding.h"
#include "store/inbox_port.h"

namespace belfry::store {
using model::ErrorCode;
using ports::AuditEntry;
using ports::Loop;
using ports::Person;
using ports::Reply;

namespace {
constexpr int rowsPerRead = 500;

auto noSuchUser()
{
    return model::fail(ErrorCode::NotFound, "there is no such user");
}

VoidResult checkRole(model::Role role, model::Role upTo)
{
    if (role <= upTo)
        return {};
    return model::failField(ErrorCode::Forbidden, "/role", "is above your own: it is not yours to give");
}

VoidResult checkMail(Workspace &work, const model::Text &email, UserKey own)
{
    if (email.isEmpty())
        return {};
    const auto owner = work.tx().people().ownerOf(email);
    if (!owner)
        return tl::unexpected(owner.error());
    if (*owner != 0 && *owner != own)
        return model::failField(ErrorCode::Conflict, "/email", "belongs to another user");
    return {};
}

/// Makes the user: the counters of the inbox, without anything that tells of the person.
Result<Workspace::User *> makeUser(Workspace &work, model::UserId id, model::Instant now)
{
    if (!id.isEmpty())
        return work.userMade(id, now);
    ports::UserRecord record;
    record.createdAt = now;
    const auto made = work.tx().createUser(record);
    if (!made)
        return tl::unexpected(made.error());
    return work.userMade(made->id, now);
}

Result<Person> addPerson(Workspace &work, const ports::NewPerson &wish, AuditEntry entry)
{
    if (!wish.person.id.isEmpty() && work.user(wish.person.id))
        return model::failField(ErrorCode::Conflict, "/user_id", "is taken: change that user instead");
    if (auto allowed = checkRole(wish.person.role, wish.upTo); !allowed)
        return tl::unexpected(allowed.error());
    if (auto free = checkMail(work, wish.person.email, 0); !free)
        return tl::unexpected(free.error());
    const auto user = makeUser(work, wish.person.id, entry.at);
    if (!user)
        return tl::unexpected(user.error());
    PersonRow row{(*user)->row.key, wish.person, wish.passwordHash};
    row.person.id = (*user)->row.id;
    row.person.createdAt = entry.at;
    row.person.hasPassword = !row.passwordHash.isEmpty();
    if (auto done = work.tx().people().save(row); !done)
        return tl::unexpected(done.error());
    entry.target = "user:" + row.person.id.text;
    if (auto done = work.tx().sessions().note(entry); !done)
        return tl::unexpected(done.error());
    return row.person;
}

void applyChange(PersonRow &row, const ports::PersonChange &wish, model::Instant now)
{
    Person &person = row.person;
    person.name = wish.name.value_or(person.name);
    person.email = wish.email.value_or(person.email);
    person.phone = wish.phone.value_or(person.phone);
    person.locale = wish.locale.value_or(person.locale);
    person.role = wish.role.value_or(person.role);
    row.passwordHash = wish.passwordHash.value_or(row.passwordHash);
    person.hasPassword = !row.passwordHash.isEmpty();
    if (wish.disabled && *wish.disabled != person.disabledAt.has_value())
        person.disabledAt = *wish.disabled ? model::MaybeInstant(now) : std::nullopt;
}

Result<Person> changePerson(Workspace &work, const ports::PersonChange &wish, const AuditEntry &entry)
{
    const Workspace::User *user = work.user(wish.id);
    if (!user)
        return noSuchUser();
    PeopleWrites &table = work.tx().people();
    auto found = table.person(user->row.key);
    if (!found)
        return tl::unexpected(found.error());
    if (!*found)
        return noSuchUser();
    PersonRow row = *std::move(*found);
    if (row.person.role > wish.upTo)
        return model::fail(ErrorCode::Forbidden, "the role of this user is above your own");
    if (auto allowed = checkRole(wish.role.value_or(model::Role::User), wish.upTo); !allowed)
        return tl::unexpected(allowed.error());
    if (auto free = checkMail(work, wish.email.value_or(model::Text()), row.key); !free)
        return tl::unexpected(free.error());
    applyChange(row, wish, entry.at);
    VoidResult done = table.save(row);
    if (done && (wish.passwordHash || row.person.disabledAt))
        done = table.endSessions(row.key, entry.at).map([](int) {});
    if (done)
        done = work.tx().sessions().note(entry);
    if (!done)
        return tl::unexpected(done.error());
    return row.person;
}

bool isFound(const std::vector<model::Text> &words, const Person &person)
{
    return words.empty() || matches(words, person.name + ' ' + person.id.text, person.email);
}

Result<ports::PeoplePage> readPage(ReadSession &session, const ports::PeopleQuery &query)
{
    ports::PeoplePage page;
    const std::vector<model::Text> words = searchWords(query.search);
    if (words.empty() && !query.search.trimmed().isEmpty())
        return page; // nothing that could be a word
    UserKey last = query.after;
    for (int seen = 0; seen < ports::People::searchedPerPage;) {
        std::vector<PersonRow> rows;
        const int wanted = words.empty() ? query.limit : rowsPerRead;
        if (auto done = session.people().people(last, wanted, rows); !done)
            return tl::unexpected(done.error());
        for (PersonRow &row : rows) {
            last = row.key;
            if (!isFound(words, row.person))
                continue;
            page.people.push_back(std::move(row.person));
            if (std::ssize(page.people) == query.limit) {
                page.next = last;
                return page;
            }
        }
        if (std::ssize(rows) < wanted)
            return page;
        seen += static_cast<int>(rows.size());
    }
    page.next = last;
    return page;
}
} // namespace

PeoplePort::PeoplePort(WriterLane &lane, Readers &readers)
    : m_lane(lane)
    , m_readers(readers)
{
}

void PeoplePort::add(Loop &home, ports::NewPerson wish, AuditEntry entry, Reply<Result<Person>> reply)
{
    const model::Instant now = entry.at;
    auto want = [id = wish.person.id](Needs &needs) {
        if (!id.isEmpty())
            needs.users.push_back(id);
    };
    auto plan = [wish = std::move(wish), entry = std::move(entry)](Workspace &work) {
        return addPerson(work, wish, entry);
    };
    enqueue(m_lane, std::make_unique<DirectoryCommand<Person>>(home, now, std::move(reply), std::move(want),
                                                               std::move(plan)));
}

void PeoplePort::change(Loop &home, ports::PersonChange wish, AuditEntry entry, Reply<Result<Person>> reply)
{
    const model::Instant now = entry.at;
    auto want = [id = wish.id](Needs &needs) { needs.users.push_back(id); };
    auto plan = [wish = std::move(wish), entry = std::move(entry)](Workspace &work) {
        return changePerson(work, wish, entry);
    };
    enqueue(m_lane, std::make_unique<DirectoryCommand<Person>>(home, now, std::move(reply), std::move(want),
                                                               std::move(plan)));
}

void PeoplePort::erase(Loop &home, model::UserId id, model::Role upTo, AuditEntry entry,
                       Reply<VoidResult> reply)
{
    const model::Instant now = entry.at;
    auto want = [id](Needs &needs) { needs.users.push_back(id); };
    auto plan = [id = std::move(id), upTo, entry = std::move(entry)](Workspace &work) {
        return askErasure(work, id, upTo, entry);
    };
    enqueue(m_lane, std::make_unique<DirectoryCommand<void>>(home, now, std::move(reply), std::move(want),
                                                             std::move(plan)));
}

void PeoplePort::stepErasure(Loop &home, int limit, model::Instant now,
                             Reply<Result<ports::ErasureStep>> reply)
{
    enqueue(m_lane, std::make_unique<EraseStepCommand>(home, limit, now, std::move(reply)));
}

void PeoplePort::find(Loop &home, model::UserId id, Reply<Result<Person>> reply)
{
    m_readers.run<Person>(home, std::move(reply),
                          [id = std::move(id)](ReadSession &session) -> Result<Person> {
                              auto row = session.people().person(id);
                              if (!row)
                                  return tl::unexpected(row.error());
                              if (!*row)
                                  return noSuchUser();
                              return std::move((*row)->person);
                          });
}

void PeoplePort::page(Loop &home, ports::PeopleQuery query, Reply<Result<ports::PeoplePage>> reply)
{
    m_readers.run<ports::PeoplePage>(
        home, std::move(reply),
        [query = std::move(query)](ReadSession &session) { return readPage(session, query); });
}

void PeoplePort::standings(Loop &home, model::Instant now, model::Instant endedSince,
                           Reply<Result<ports::Standings>> reply)
{
    using ports::Standings;
    m_readers.run<Standings>(home, std::move(reply), [=](ReadSession &session) -> Result<Standings> {
        Standings standings;
        VoidResult done = session.people().privileged(now, standings.privileged);
        if (done)
            done = session.people().endedSessions(endedSince, standings.ended);
        if (!done)
            return tl::unexpected(done.error());
        return standings;
    });
}
} // namespace belfry::store
