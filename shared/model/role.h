#pragma once

#include <QtGlobal>

namespace belfry::model {
/// What a person who signs in is to the server (semantics 19), each with all rights of those before it. Which
/// rights these are is auth's to say (auth/scope.h). Stored as the number: never renumber.
enum class Role : quint8 { User = 0, Auditor = 1, Operator = 2, Admin = 3, Owner = 4 };
} // namespace belfry::model
