#pragma once

#include "api/call.h"

namespace belfry::api {
// /api/v1/categories: what notifications of one type are, and do where users have said nothing (H60).
void postCategory(CallPtr call);
void getCategories(CallPtr call);
void getCategory(CallPtr call);
void putCategory(CallPtr call);
void deleteCategory(CallPtr call);
} // namespace belfry::api
