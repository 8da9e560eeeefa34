#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace belfry::runtime {
/// A callable that may own move-only things (std::function may not; std::move_only_function is C++23).
template<typename Signature>
class UniqueFunction;

template<typename R, typename... Args>
class UniqueFunction<R(Args...)>
{
public:
    UniqueFunction() = default;
    UniqueFunction(std::nullptr_t) {}

    template<typename F>
        requires(!std::is_same_v<std::decay_t<F>, UniqueFunction> && std::is_invocable_r_v<R, F &, Args...>)
    UniqueFunction(F &&f)
        : m_impl(std::make_unique<Model<std::decay_t<F>>>(std::forward<F>(f)))
    {
    }

    /// Only when it is not empty.
    R operator()(Args... args) { return m_impl->call(std::forward<Args>(args)...); }
    explicit operator bool() const { return m_impl != nullptr; }

private:
    struct Concept
    {
        virtual ~Concept() = default;
        virtual R call(Args... args) = 0;
    };
    template<typename F>
    struct Model final : Concept
    {
        explicit Model(F &&f)
            : fn(std::move(f))
        {
        }
        explicit Model(const F &f)
            : fn(f)
        {
        }
        R call(Args... args) override { return fn(std::forward<Args>(args)...); }
        F fn;
    };
    std::unique_ptr<Concept> m_impl;
};

using Task = UniqueFunction<void()>;
} // namespace belfry::runtime
