#pragma once

#include "store/registry_tables.h"

namespace belfry::store {
// Both databases have the same statements, by the same names and with the same columns: they differ in what
// carries them out.

/// The column `channels`.
[[nodiscard]] model::Text encodeChannelRow(const model::ChannelRow<bool> &row);
[[nodiscard]] model::ChannelRow<bool> decodeChannelRow(const model::Text &text);

/// Base: RegistryReads, or RegistryWrites.
template<typename Base, typename Connection, typename Statement, typename Query>
class SqlRegistryReads : public Base
{
public:
    explicit SqlRegistryReads(Connection &db)
        : m_categories(db, "categories")
        , m_devices(db, "devices")
    {
    }

    VoidResult categories(std::vector<ports::Category> &out) override
    {
        Query query(m_categories);
        while (query.next()) {
            ports::Category &category = out.emplace_back();
            category.name = query.text();
            category.title = query.text();
            category.description = query.text();
            category.channels = decodeChannelRow(query.text());
            category.mandatory = query.number() != 0;
            if (query.isNull())
                query.skip();
            else
                category.ttl = std::chrono::seconds(query.number());
            if (query.isNull())
                query.skip();
            else
                category.retainDays = static_cast<int>(query.number());
            category.createdAt = query.instant();
            category.updatedAt = query.instant();
        }
        return query.outcome();
    }

    VoidResult devices(UserKey user, std::vector<ports::Device> &out) override
    {
        Query query(m_devices);
        query.bind(user);
        while (query.next()) {
            ports::Device &device = out.emplace_back();
            device.id.text = query.text();
            device.name = query.text();
            device.platform = query.text();
            device.createdAt = query.instant();
            device.updatedAt = query.instant();
            device.seenAt = query.maybeInstant();
        }
        return query.outcome();
    }

private:
    Statement m_categories;
    Statement m_devices;
};

template<typename Connection, typename Statement, typename Query>
class SqlRegistryWrites final : public SqlRegistryReads<RegistryWrites, Connection, Statement, Query>
{
public:
    explicit SqlRegistryWrites(Connection &db)
        : SqlRegistryReads<RegistryWrites, Connection, Statement, Query>(db)
        , m_saveCategory(db, "save_category")
        , m_deleteCategory(db, "delete_category")
        , m_saveDevice(db, "save_device")
        , m_deleteDevice(db, "delete_device")
        , m_deleteCursor(db, "delete_cursor")
    {
    }

    VoidResult save(const ports::Category &category) override
    {
        const model::Text channels = encodeChannelRow(category.channels); // lives until the statement has run
        Query query(m_saveCategory);
        query.bind(category.name).bind(category.title).bind(category.description).bind(channels);
        query.bind(qint64(category.mandatory));
        if (category.ttl)
            query.bind(qint64(category.ttl->count()));
        else
            query.bindNull();
        if (category.retainDays)
            query.bind(qint64(*category.retainDays));
        else
            query.bindNull();
        return query.bind(category.createdAt).bind(category.updatedAt).run();
    }

    VoidResult removeCategory(const model::Text &name) override
    {
        return Query(m_deleteCategory).bind(name).run();
    }

    VoidResult save(UserKey user, const ports::Device &device) override
    {
        Query query(m_saveDevice);
        query.bind(user).bind(device.id.text).bind(device.name).bind(device.platform);
        return query.bind(device.createdAt).bind(device.updatedAt).run();
    }

    VoidResult removeDevice(UserKey user, const model::DeviceId &id) override
    {
        if (auto done = Query(m_deleteDevice).bind(user).bind(id.text).run(); !done)
            return done;
        return Query(m_deleteCursor).bind(user).bind(id.text).run();
    }

private:
    Statement m_saveCategory;
    Statement m_deleteCategory;
    Statement m_saveDevice;
    Statement m_deleteDevice;
    Statement m_deleteCursor;
};
} // namespace belfry::store
