#pragma once

#include "model/text.h"
#include "model/uuid.h"

#include <QList>

namespace belfry::session {
/// A page of what the server has, newest first. Its rows are in the model.
struct RowPage
{
    QList<model::NotificationId> ids;
    model::Text next{};  ///< where the next page begins; empty: this was the last one
    bool isFull = false; ///< there is more, but this device keeps no more
};
} // namespace belfry::session
