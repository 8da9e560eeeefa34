#pragma once

#include "model/result.h"

#include <QString>

namespace belfry::session {
/// An error in the language of the program, for people: what kind of thing it is, and behind it what the
/// server, or the part of the program that failed, says of it (in its own language). Pure.
[[nodiscard]] QString errorText(const model::Error &error);
/// "Request 4f…", by which the server's admin finds what was refused; "": no server said no.
[[nodiscard]] QString requestText(const model::Text &requestId);
/// Both, in two lines.
[[nodiscard]] QString errorReport(const model::Error &error);
} // namespace belfry::session
