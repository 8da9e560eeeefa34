#pragma once

#include <QByteArray>

namespace belfry::model {
/// Text of the domain: UTF-8, valid, without NUL (decisions H55; the codecs of shared/protocol check it at
/// the border). Bytes instead of QString, because the server only ever stores and forwards it. Shared, cheap
/// to copy.
using Text = QByteArray;
} // namespace belfry::model
