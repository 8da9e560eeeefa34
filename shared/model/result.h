#pragma once

#include "model/error.h"

#include <tl/expected.hpp>
#include <utility>

namespace belfry::model {
/// What every call across a module boundary answers: the value, or why not.
template<typename T>
using Result = tl::expected<T, Error>;

using VoidResult = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, Text detail)
{
    return tl::unexpected(Error{code, std::move(detail), {}, {}});
}

/// A failure that is the fault of one member; pointer "": of the whole.
[[nodiscard]] inline tl::unexpected<Error> failField(ErrorCode code, const Text &pointer, const Text &detail)
{
    const FieldError field{pointer, detail};
    return tl::unexpected(Error{code, field.toText(), {field}, {}});
}
} // namespace belfry::model
