#pragma once

#include "api/call.h"

namespace belfry::api {
// Users as administrators see and change them (decisions H48, H62).
void postPerson(CallPtr call);
void getPeople(CallPtr call);
void getPerson(CallPtr call);
void patchPerson(CallPtr call);
void deletePerson(CallPtr call);
} // namespace belfry::api
