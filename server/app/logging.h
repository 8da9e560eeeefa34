#pragma once

#include "app/config.h"

#include <QByteArray>
#include <QMessageLogContext>

namespace belfry::app {
/// Installs the message handler of the process: one line a message on standard error, written with one call,
/// so that lines of several threads never mix. Main thread, before any other starts.
void startLogging(LogLevel level, LogFormat format);

[[nodiscard]] LogFormat logFormat();

/// One line without its end, as the handler writes it. Pure but for the thread's LogContext.
[[nodiscard]] QByteArray formatLine(LogFormat format, QtMsgType type, QByteArrayView category,
                                    const QString &message, QByteArrayView time);
} // namespace belfry::app
