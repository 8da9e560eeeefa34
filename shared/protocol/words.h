#pragma once

#include "model/change.h"
#include "model/preferences.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// Every closed enum of the model has one word on the wire: these are the only places that know them. `…From`
/// answers nothing for an unknown word.
[[nodiscard]] QByteArrayView word(model::State state);
[[nodiscard]] QByteArrayView word(model::HoldReason reason);     ///< "" for None
[[nodiscard]] QByteArrayView word(model::SuppressReason reason); ///< "" for None
[[nodiscard]] QByteArrayView word(model::Urgency urgency);
[[nodiscard]] QByteArrayView word(model::Alert alert);
[[nodiscard]] QByteArrayView word(model::Channel channel);
[[nodiscard]] QByteArrayView word(model::ChangeKind kind);
[[nodiscard]] QByteArrayView word(model::OpSet set);

[[nodiscard]] std::optional<model::State> stateFrom(QByteArrayView word);
[[nodiscard]] std::optional<model::HoldReason> holdReasonFrom(QByteArrayView word);
[[nodiscard]] std::optional<model::SuppressReason> suppressReasonFrom(QByteArrayView word);
/// RFC 8030's words only; what foreign senders say is urgencyFromForeign's.
[[nodiscard]] std::optional<model::Urgency> urgencyFrom(QByteArrayView word);
[[nodiscard]] std::optional<model::Alert> alertFrom(QByteArrayView word);
/// Also the names that the replaced systems use: "websocket", "in-app", "web_push" …
[[nodiscard]] std::optional<model::Channel> channelFrom(QByteArrayView word);
[[nodiscard]] std::optional<model::ChangeKind> changeKindFrom(QByteArrayView word);
[[nodiscard]] std::optional<model::OpSet> opSetFrom(QByteArrayView word);

/// S1's word for where a notification stands: queued, sent, failed, cancelled, expired, recalled (decisions
/// H12).
[[nodiscard]] QByteArrayView legacyStatus(model::State state);

/// Foreign scales of urgency (semantics 10): low/medium/high and their like; numbers 1–5 are ntfy's, 0 and
/// 6–10 Gotify's. A number may come as text.
[[nodiscard]] std::optional<model::Urgency> urgencyFromForeign(QByteArrayView word);
[[nodiscard]] std::optional<model::Urgency> urgencyFromForeign(qint64 number);
} // namespace belfry::protocol
