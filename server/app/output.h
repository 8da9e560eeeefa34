#pragma once

#include <QByteArray>

namespace belfry::app {
/// A line on standard output, at once: what a person or a script asked for.
void printLine(const QByteArray &line);
/// A line on standard error, with the program's name: what went wrong, for the person at the terminal. With
/// log_format = json it is a record like all others there.
void complainLine(const QByteArray &line);
} // namespace belfry::app
