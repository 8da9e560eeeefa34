#pragma once

#include "model/result.h"

#include <functional>

namespace belfry::session {
/// Where the token of an account comes from: the desktop's keychain, a file, a sign-in. One thread.
class TokenSource
{
public:
    enum class Why {
        Start,   ///< the program starts
        Refused, ///< the server did not take the last one, or it ends
    };
    /// At most once, now or later; not after the end of what asked. An error: nobody is signed in, told to
    /// the person; askToken() of the session asks again.
    using Answer = std::function<void(model::Result<model::Text>)>;

    virtual ~TokenSource() = default;
    virtual void ask(Why why, Answer answer) = 0;
};
} // namespace belfry::session
