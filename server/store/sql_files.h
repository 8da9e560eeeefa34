#pragma once

#include "model/text.h"

#include <vector>

namespace belfry::store {
struct SqlFile
{
    model::Text name; ///< without folder
    QByteArray sql;
};

/// The .sql files that are compiled in below `folder` ("migrations/sqlite", "sql/postgresql"), by name.
[[nodiscard]] std::vector<SqlFile> sqlFiles(const model::Text &folder);

/// The query `sql/<dialect>/<name>.sql`. A missing one is a defect of the build: it ends the process.
[[nodiscard]] QByteArray sqlQuery(const model::Text &dialect, const model::Text &name);
} // namespace belfry::store
