#pragma once

#include "model/result.h"

#include <QString>

namespace belfry::desktop {
/// Whether the program starts, hidden, when its person signs in: a file in ~/.config/autostart (Desktop
/// Application Autostart Specification). What is asked is read anew: other programs change it, too. Small
/// files; they are read and written where they are asked for.
class Autostart
{
public:
    /// `program`: the path to start; `folder`: "" = that of this person.
    explicit Autostart(const QString &program, const QString &folder = {});

    [[nodiscard]] bool isOn() const;
    /// Unavailable, in words, when the file can't be written or removed.
    [[nodiscard]] model::VoidResult set(bool isOn) const;
    [[nodiscard]] const QString &file() const { return m_file; }

private:
    const QString m_program;
    const QString m_file;
};
} // namespace belfry::desktop
