#pragma once

#include "model/result.h"

#include <QByteArrayList>
#include <QMap>
#include <QString>

namespace belfry::app {
/// The settings in a TOML file, as text: name → values. `[[listen]] address=, dialect=,
/// tls=, tls_certificate=, tls_key=` becomes "address/dialect/…". Invalid: the line that cannot be read, a
/// name that no setting has, a value of the wrong kind.
[[nodiscard]] model::Result<QMap<QByteArray, QByteArrayList>> readConfigFile(const QString &path);
} // namespace belfry::app
