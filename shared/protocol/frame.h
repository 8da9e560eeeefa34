#pragma once

#include "model/notification.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// The bytes of one whole, final, unmasked text frame (RFC 6455, section 5.2: what servers send). Valid UTF-8
/// expected.
[[nodiscard]] QByteArray textFrame(QByteArrayView payload);
/// The same for a payload in parts, copied once.
[[nodiscard]] QByteArray textFrame(QByteArrayView head, QByteArrayView body, QByteArrayView tail);

/// One Server-Sent Event: `id:` (0: none), `event:`, `data:` (one line each for a payload without line
/// breaks; JSON of ours has none).
[[nodiscard]] QByteArray eventStreamChunk(model::Seq id, QByteArrayView event, QByteArrayView data);
[[nodiscard]] QByteArray eventStreamChunk(model::Seq id, QByteArrayView event, QByteArrayView head,
                                          QByteArrayView body, QByteArrayView tail);
/// A line that keeps proxies and clients awake (decisions H28).
[[nodiscard]] QByteArray eventStreamComment();
} // namespace belfry::protocol
