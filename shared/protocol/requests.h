#pragma once

// Every body that the server reads.
#include "protocol/batch_request.h"
#include "protocol/form.h"
#include "protocol/legacy_requests.h"
#include "protocol/notification_request.h"
#include "protocol/ops_request.h"
#include "protocol/patch_request.h"
#include "protocol/preferences_document.h"
#include "protocol/registry_requests.h"
