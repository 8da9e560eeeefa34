#pragma once

#include <QByteArray>

namespace belfry::api {
/// W3C Trace Context, level 1: the part of a request's trace that is Belfry's own.
struct TraceContext
{
    QByteArray traceparent; ///< 00-<trace id>-<our span id>-<flags>: what is passed on and answered

    /// Goes on with the trace of the header; a missing or broken one starts a new trace (section 2.2.4).
    [[nodiscard]] static TraceContext follow(QByteArrayView header);
};

/// The caller's X-Request-Id when it is 1–128 visible ASCII characters, else a new one.
[[nodiscard]] QByteArray requestIdFrom(QByteArrayView header);
} // namespace belfry::api
