#pragma once

#include "api/route.h"

#include <QVarLengthArray>
#include <array>
#include <memory>
#include <span>
#include <vector>

namespace belfry::api {
inline constexpr std::size_t maxParameters = 3;

/// Where a request leads.
struct Match
{
    enum class Outcome { Found, NoPath, NoMethod, BadEscape };

    Outcome outcome = Outcome::NoPath;
    const Route *route = nullptr;                     ///< Found only
    std::array<QByteArray, maxParameters> parameters; ///< decoded, in the order of the pattern
    QByteArrayView allow;                             ///< Found, NoMethod: value of the Allow header
};

/// Finds routes by a tree of path segments: literal segments win over parameters. Immutable after
/// construction, any thread; the routes must outlive it. Allocates nothing for paths without escapes but the
/// parameters' own bytes.
class Router
{
public:
    explicit Router(std::span<const Route> routes);
    ~Router();
    Router(const Router &) = delete;
    Router &operator=(const Router &) = delete;

    /// HEAD finds the route of GET.
    [[nodiscard]] Match find(net::Method method, QByteArrayView path) const;
    /// Only the route, for what is decided before the body is read; nothing when there is none.
    [[nodiscard]] const Route *peek(net::Method method, QByteArrayView path) const;

private:
    struct Node;
    using Segments = QVarLengthArray<QByteArrayView, 8>;

    void add(const Route &route);
    [[nodiscard]] const Node *walk(QByteArrayView path, Segments &parameters) const;

    std::unique_ptr<Node> m_root;
};

[[nodiscard]] QByteArrayView methodName(net::Method method);
} // namespace belfry::api
