#pragma once

#include "api/call.h"
#include "protocol/legacy_requests.h"

namespace belfry::api {
// S2 and S4 (api.md, decisions H43–H45, H66): their shapes, bad input is always 400.
void createUser(CallPtr call);
void createNotification(CallPtr call);
/// `{"notifications": […]}`, or a bare array of the unread ones: `?shape=array`, or an address with that
/// dialect.
void getLegacyList(CallPtr call);
/// By either kind of id.
void readLegacy(CallPtr call);
/// A message to oneself makes nothing (semantics 11).
void sendMessage(CallPtr call);
/// What the caller's header says of the body.
[[nodiscard]] protocol::Claim claimOf(const Call &call);
} // namespace belfry::api
