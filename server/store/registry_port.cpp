#include "store/registry_port.h"

#include "store/directory_commands.h"
#include "store/inbox_port.h"

#include <algorithm>

namespace belfry::store {
using model::ErrorCode;
using ports::Category;
using ports::Device;
using ports::Loop;
using ports::Reply;

namespace {
template<typename T>
void writeRegistry(WriterLane &lane, Loop &home, model::Instant now, Reply<Result<T>> reply,
                   std::function<Result<T>(Workspace &)> plan, std::function<void(Needs &)> want = {})
{
    enqueue(lane, std::make_unique<DirectoryCommand<T>>(home, now, std::move(reply), std::move(want),
                                                        std::move(plan)));
}

auto noSuchDevice()
{
    return model::fail(ErrorCode::NotFound, "there is no such device");
}

Result<Category> saveCategory(WriteTx &tx, Category category)
{
    std::vector<Category> all;
    if (auto done = tx.registry().categories(all); !done)
        return tl::unexpected(done.error());
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const Category &other) { return other.name == category.name; });
    if (known == all.end() && all.size() >= ports::maxCategories)
        return model::fail(ErrorCode::Conflict, "there are 500 categories: remove one first");
    category.createdAt = known == all.end() ? category.updatedAt : known->createdAt;
    if (auto done = tx.registry().save(category); !done)
        return tl::unexpected(done.error());
    return category;
}

VoidResult dropCategory(WriteTx &tx, const model::Text &name)
{
    std::vector<Category> all;
    if (auto done = tx.registry().categories(all); !done)
        return done;
    if (std::none_of(all.begin(), all.end(), [&](const Category &one) { return one.name == name; }))
        return model::fail(ErrorCode::NotFound, "there is no such category");
    return tx.registry().removeCategory(name);
}

Result<Device> saveDevice(Workspace &work, Device device, bool makeUser)
{
    RegistryWrites &table = work.tx().registry();
    if (!work.user(device.user) && !makeUser)
        return model::fail(ErrorCode::NotFound, "there is no such user");
    const auto user = work.userMade(device.user, device.updatedAt);
    if (!user)
        return tl::unexpected(user.error());
    const UserKey key = (*user)->row.key;
    std::vector<Device> all;
    if (auto done = table.devices(key, all); !done)
        return tl::unexpected(done.error());
    const auto known =
        std::find_if(all.begin(), all.end(), [&](const Device &other) { return other.id == device.id; });
    if (known == all.end() && all.size() >= ports::maxDevices)
        return model::fail(ErrorCode::Conflict, "this user has 100 devices: remove one first");
    device.createdAt = known == all.end() ? device.updatedAt : known->createdAt;
    device.seenAt = known == all.end() ? std::nullopt : known->seenAt;
    if (auto done = table.save(key, device); !done)
        return tl::unexpected(done.error());
    return device;
}

VoidResult endSessionsOn(Workspace &work, UserKey user, const ports::DeviceRemoval &what, model::Instant now)
{
    if (!what.endsSessionsUpTo)
        return {};
    const auto person = work.tx().people().person(user);
    if (!person)
        return tl::unexpected(person.error());
    if (*person && (*person)->person.role > *what.endsSessionsUpTo)
        return {};
    return work.tx().sessions().endOfDevice(user, what.id, now);
}

VoidResult dropDevice(Workspace &work, const ports::DeviceRemoval &what, model::Instant now)
{
    const Workspace::User *user = work.user(what.user);
    if (!user)
        return noSuchDevice();
    RegistryWrites &table = work.tx().registry();
    std::vector<Device> all;
    if (auto done = table.devices(user->row.key, all); !done)
        return done;
    if (std::none_of(all.begin(), all.end(), [&](const Device &one) { return one.id == what.id; }))
        return noSuchDevice();
    if (auto done = endSessionsOn(work, user->row.key, what, now); !done)
        return done;
    return table.removeDevice(user->row.key, what.id);
}
} // namespace

RegistryPort::RegistryPort(WriterLane &lane, Readers &readers)
    : m_lane(lane)
    , m_readers(readers)
{
}

void RegistryPort::categories(Loop &home, Reply<Result<std::vector<Category>>> reply)
{
    using All = std::vector<Category>;
    m_readers.run<All>(home, std::move(reply), [](ReadSession &session) -> Result<All> {
        All all;
        if (auto done = session.registry().categories(all); !done)
            return tl::unexpected(done.error());
        return all;
    });
}

void RegistryPort::putCategory(Loop &home, Category category, Reply<Result<Category>> reply)
{
    const model::Instant now = category.updatedAt;
    writeRegistry<Category>(
        m_lane, home, now, std::move(reply),
        [category = std::move(category)](Workspace &work) { return saveCategory(work.tx(), category); });
}

void RegistryPort::removeCategory(Loop &home, model::Text name, model::Instant now, Reply<VoidResult> reply)
{
    writeRegistry<void>(m_lane, home, now, std::move(reply),
                        [name = std::move(name)](Workspace &work) { return dropCategory(work.tx(), name); });
}

void RegistryPort::devices(Loop &home, model::UserId user, Reply<Result<std::vector<Device>>> reply)
{
    using All = std::vector<Device>;
    m_readers.run<All>(home, std::move(reply), [user = std::move(user)](ReadSession &session) -> Result<All> {
        std::vector<UserRow> rows;
        if (auto done = session.users({user}, rows); !done)
            return tl::unexpected(done.error());
        All all;
        if (rows.front().key == 0)
            return all;
        if (auto done = session.registry().devices(rows.front().key, all); !done)
            return tl::unexpected(done.error());
        for (Device &device : all)
            device.user = user;
        return all;
    });
}

void RegistryPort::putDevice(Loop &home, Device device, bool makeUser, Reply<Result<Device>> reply)
{
    const model::Instant now = device.updatedAt;
    auto want = [id = device.user](Needs &needs) { needs.users.push_back(id); };
    writeRegistry<Device>(
        m_lane, home, now, std::move(reply),
        [device = std::move(device), makeUser](Workspace &work) {
            return saveDevice(work, device, makeUser);
        },
        std::move(want));
}

void RegistryPort::removeDevice(Loop &home, ports::DeviceRemoval what, model::Instant now,
                                Reply<VoidResult> reply)
{
    auto want = [user = what.user](Needs &needs) { needs.users.push_back(user); };
    writeRegistry<void>(
        m_lane, home, now, std::move(reply),
        [what = std::move(what), now](Workspace &work) { return dropDevice(work, what, now); },
        std::move(want));
}
} // namespace belfry::store
