#pragma once

#include <QByteArray>

namespace belfry::app {
/// A line on standard output, at once: what a person or a script asked for.
void printLine(const QByteArray &line);
/// A line on standard error, with the program's name: what went wrong, for the person at the terminal.
void complainLine(const QByteArray &line);
} // namespace belfry::app
