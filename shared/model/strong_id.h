#pragma once

#include "model/text.h"

#include <QHashFunctions>
#include <compare>

namespace belfry::model {
/// A text that can't be taken for another kind of text. An empty one means "none".
template<typename Tag>
struct StrongId
{
    Text text;

    [[nodiscard]] bool isEmpty() const { return text.isEmpty(); }
    friend bool operator==(const StrongId &, const StrongId &) = default;
    friend bool operator<(const StrongId &a, const StrongId &b) { return a.text < b.text; }
    friend size_t qHash(const StrongId &id, size_t seed = 0) { return ::qHash(id.text, seed); }
};

/// The external id of a person: integer, UUID or opaque text of 1–128 characters, always kept as text
/// (semantics.md).
using UserId = StrongId<struct UserTag>;
/// One client installation of a user; the client's own random text, at most 128 characters (decisions H82).
using DeviceId = StrongId<struct DeviceTag>;
/// Makes an op idempotent for 7 days (semantics 16).
using OpId = StrongId<struct OpTag>;
/// A name of a topic: 1–128 characters.
using TopicName = StrongId<struct TopicTag>;
/// Identity of one database, renewed by a restore (decisions H22).
using Epoch = StrongId<struct EpochTag>;
} // namespace belfry::model

template<typename Tag>
struct std::hash<belfry::model::StrongId<Tag>>
{
    size_t operator()(const belfry::model::StrongId<Tag> &id) const noexcept { return qHash(id.text, 0); }
};
