#include "api/router.h"

#include "api/percent.h"

namespace belfry::api {
namespace {
constexpr std::size_t methodCount = static_cast<std::size_t>(net::Method::Other);

/// Takes the first segment of `path`, which begins with '/'.
QByteArrayView takeSegment(QByteArrayView &path)
{
    path = path.sliced(1);
    const qsizetype end = path.indexOf('/');
    const QByteArrayView segment = end < 0 ? path : path.first(end);
    path = end < 0 ? QByteArrayView() : path.sliced(end);
    return segment;
}
} // namespace

struct Router::Node
{
    QByteArrayView literal;
    std::vector<std::unique_ptr<Node>> literals;
    std::unique_ptr<Node> parameter;
    std::array<const Route *, methodCount> routes{};
    QByteArray allow;

    [[nodiscard]] Node *child(QByteArrayView segment) const
    {
        for (const auto &node : literals) {
            if (node->literal == segment)
                return node.get();
        }
        return nullptr;
    }

    [[nodiscard]] const Route *routeFor(net::Method method) const
    {
        const net::Method wanted = method == net::Method::Head ? net::Method::Get : method;
        const auto index = static_cast<std::size_t>(wanted);
        return index < methodCount ? routes[index] : nullptr;
    }
};

Router::Router(std::span<const Route> all)
    : m_root(std::make_unique<Node>())
{
    for (const Route &route : all)
        add(route);
}

Router::~Router() = default;

void Router::add(const Route &route)
{
    Node *node = m_root.get();
    for (QByteArrayView rest = route.pattern; !rest.isEmpty();) {
        const QByteArrayView segment = takeSegment(rest);
        if (segment.startsWith(':')) {
            if (!node->parameter)
                node->parameter = std::make_unique<Node>();
            node = node->parameter.get();
            continue;
        }
        Node *next = node->child(segment);
        if (!next) {
            next = node->literals.emplace_back(std::make_unique<Node>()).get();
            next->literal = segment;
        }
        node = next;
    }
    const auto index = static_cast<std::size_t>(route.method);
    Q_ASSERT(index < methodCount && !node->routes[index]);
    node->routes[index] = &route;
    if (!node->allow.isEmpty())
        node->allow.append(", ");
    node->allow.append(methodName(route.method));
    if (route.method == net::Method::Get)
        node->allow.append(", HEAD");
}

const Router::Node *Router::walk(QByteArrayView path, Segments &parameters) const
{
    const Node *node = m_root.get();
    while (!path.isEmpty() && node) {
        if (path.front() != '/')
            return nullptr;
        const QByteArrayView segment = takeSegment(path);
        if (const Node *literal = node->child(segment)) {
            node = literal;
            continue;
        }
        if (segment.isEmpty() || !node->parameter || parameters.size() == maxParameters)
            return nullptr;
        parameters.append(segment);
        node = node->parameter.get();
    }
    return node && !node->allow.isEmpty() ? node : nullptr;
}

Match Router::find(net::Method method, QByteArrayView path) const
{
    Match match;
    Segments raw;
    const Node *node = walk(path, raw);
    if (!node)
        return match;
    match.allow = node->allow;
    match.route = node->routeFor(method);
    match.outcome = match.route ? Match::Outcome::Found : Match::Outcome::NoMethod;
    for (qsizetype i = 0; i < raw.size() && match.route; ++i) {
        auto text = decodePercent(raw[i], Plus::Itself);
        if (!text) {
            match.outcome = Match::Outcome::BadEscape;
            break;
        }
        match.parameters[static_cast<std::size_t>(i)] = std::move(*text);
    }
    return match;
}

const Route *Router::peek(net::Method method, QByteArrayView path) const
{
    Segments raw;
    const Node *node = walk(path, raw);
    return node ? node->routeFor(method) : nullptr;
}

QByteArrayView methodName(net::Method method)
{
    switch (method) {
    case net::Method::Get:
        return "GET";
    case net::Method::Head:
        return "HEAD";
    case net::Method::Post:
        return "POST";
    case net::Method::Put:
        return "PUT";
    case net::Method::Patch:
        return "PATCH";
    case net::Method::Delete:
        return "DELETE";
    case net::Method::Options:
        return "OPTIONS";
    case net::Method::Other:
        break;
    }
    return "";
}
} // namespace belfry::api
