#pragma once

#include "client/op_journal.h"

namespace belfry::client {
/// What a program keeps on disk, kept in memory.
class MemoryJournal final : public OpJournal
{
public:
    QList<model::Op> load() override { return ops; }
    void add(const model::Op &op) override { ops.append(op); }
    void remove(const model::OpId &id) override
    {
        ops.removeIf([&](const model::Op &op) { return op.id == id; });
    }

    QList<model::Op> ops;
};
} // namespace belfry::client
