#include "store/memory/memory_dialect.h"

#include "store/memory/memory_reader.h"
#include "store/memory/memory_writer.h"

#include <QRandomGenerator>

namespace belfry::store {
Result<MigrationReport> MemoryDialect::open(bool)
{
    if (m_epoch.isEmpty())
        static_cast<void>(renewEpoch()); // cannot fail
    return MigrationReport{1, 1};
}

Result<model::Epoch> MemoryDialect::renewEpoch()
{
    m_epoch.text = QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    return m_epoch;
}

Result<std::unique_ptr<WriteTx>> MemoryDialect::makeWriter()
{
    return std::make_unique<MemoryWriter>(m_shared);
}

Result<std::unique_ptr<ReadSession>> MemoryDialect::makeReader()
{
    return std::make_unique<MemoryReader>(m_shared);
}
} // namespace belfry::store
