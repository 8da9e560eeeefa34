#pragma once

#include "model/op.h"

#include <QList>

namespace belfry::client {
/// Where ops outlive the program: what a person did offline is sent when the server is there again. The
/// implementation belongs to the program (a desktop client keeps it beside its cache). Called on the
/// session's thread.
class OpJournal
{
public:
    virtual ~OpJournal() = default;
    /// In the order in which they were added.
    [[nodiscard]] virtual QList<model::Op> load() = 0;
    virtual void add(const model::Op &op) = 0;
    /// The server has it, or will never take it.
    virtual void remove(const model::OpId &id) = 0;
};
} // namespace belfry::client
