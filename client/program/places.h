#pragma once

#include <QString>

namespace belfry::program {
/// Where this person's files are (XDG Base Directory Specification); `BELFRY_HOME` puts all of them below one
/// folder, for tests and portable use.
struct Places
{
    QString settings; ///< a file
    QString secrets;  ///< a folder, made when there is something to put into it
    QString caches;   ///< a folder
    QString runtime;  ///< a folder for locks

    [[nodiscard]] static Places ofThisUser();
};
} // namespace belfry::program
