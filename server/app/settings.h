#pragma once

#include "app/config.h"

#include <QByteArrayList>
#include <functional>

namespace belfry::app {
/// One thing that can be set: flag over environment over file over default. The table of these is the only
/// place that knows a setting's names; help, check-config and docs/configuration.md are written from it.
struct Setting
{
    QByteArray name; ///< in the file; the flag is `--` + name with dashes, the variable BELFRY_ + upper case
    QByteArray environment; ///< empty: none
    bool flag = true; ///< false: environment and file only (secrets: a command line is seen by everyone)
    bool inFile = true;
    bool repeatable = false;
    QByteArray valueName; ///< empty: a switch without a value
    QByteArray fallback;  ///< as text, for the help
    QByteArray help;
    /// Invalid: what is wrong with the value and how to mend it; the caller adds where it stands.
    std::function<model::VoidResult(Config &, const QByteArrayList &values)> apply;

    [[nodiscard]] QByteArray flagName() const;
};

[[nodiscard]] const std::vector<Setting> &settings();

/// docs/configuration.md's table, in Markdown.
[[nodiscard]] QByteArray settingsAsMarkdown();
} // namespace belfry::app
