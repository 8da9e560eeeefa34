#pragma once

#include "app/config.h"

#include <QByteArrayList>
#include <functional>

namespace belfry::app {
/// What turns the text of a setting into a member of Config. Each answers Invalid, saying what is allowed.
using Apply = std::function<model::VoidResult(Config &, const QByteArrayList &)>;

[[nodiscard]] Apply toInt(int Config::*member, int least, int most);
/// 0: for ever.
[[nodiscard]] Apply toDays(int Config::*member, int least);
[[nodiscard]] Apply toDouble(double Config::*member, double least, double most);
[[nodiscard]] Apply toBool(bool Config::*member);
[[nodiscard]] Apply toSwitch(bool Config::*member);
[[nodiscard]] Apply toPath(QString Config::*member);
[[nodiscard]] Apply toSecret(QByteArray Config::*member, int leastCharacters);
/// A file is read to see that it is a key set; a URL is only looked at.
[[nodiscard]] Apply toKeySet(QByteArray Config::*member);
[[nodiscard]] Apply toOrigins(QByteArrayList Config::*member);
[[nodiscard]] Apply toAddressRanges(QByteArrayList Config::*member);
[[nodiscard]] Apply toTrustedProxies(api::TrustedProxies Config::*member);
[[nodiscard]] Apply toListen(std::vector<Listen> Config::*member);
[[nodiscard]] Apply toDatabaseUrl(QByteArray Config::*member);
[[nodiscard]] Apply toBus(QByteArray Config::*member);
[[nodiscard]] Apply toOutbox(bool Config::*member);
[[nodiscard]] Apply toLegacyOpen(bool Config::*member);
[[nodiscard]] Apply toLogLevel(LogLevel Config::*member);
[[nodiscard]] Apply toLogFormat(LogFormat Config::*member);
} // namespace belfry::app
