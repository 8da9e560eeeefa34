#pragma once

#include <QAbstractItemModel>
#include <QtQml/qqml.h>

namespace belfry::window {
/// So that QML knows what kind of thing the rows of a view are.
struct ItemModelType
{
    Q_GADGET
    QML_FOREIGN(QAbstractItemModel)
    QML_ANONYMOUS
};
} // namespace belfry::window
