#pragma once

#include "model/result.h"
#include "model/strong_id.h"

#include <QByteArrayView>

namespace belfry::protocol {
/// POST /login `{email, password, device_id}` (H63).
struct LoginRequest
{
    model::Text email;
    model::Text password;
    model::DeviceId device;
    friend bool operator==(const LoginRequest &, const LoginRequest &) = default;
};
[[nodiscard]] model::Result<LoginRequest> parseLogin(QByteArrayView json);
[[nodiscard]] QByteArray encode(const LoginRequest &login);

/// POST /token/refresh, POST /logout `{refresh_token}`.
[[nodiscard]] model::Result<QByteArray> parseRefresh(QByteArrayView json);
[[nodiscard]] QByteArray encodeRefresh(QByteArrayView token);
} // namespace belfry::protocol
