#include "protocol/close_code.h"

namespace belfry::protocol {
QByteArrayView closeReason(CloseCode code)
{
    switch (code) {
    case CloseCode::Normal:
        return "done";
    case CloseCode::GoingAway:
        return "going away";
    case CloseCode::ProtocolError:
        return "not RFC 6455";
    case CloseCode::UnsupportedData:
        return "only text messages are spoken here";
    case CloseCode::BadUtf8:
        return "not UTF-8";
    case CloseCode::PolicyViolation:
        return "three messages could not be read";
    case CloseCode::TooBig:
        return "a message has at most 64 KiB";
    case CloseCode::InternalError:
        return "a defect of the server";
    case CloseCode::ServiceRestart:
        return "the server restarts";
    case CloseCode::Replaced:
        return "the same device connected again";
    case CloseCode::Unauthenticated:
        return "no valid credential";
    case CloseCode::Forbidden:
        return "the credential does not reach this";
    case CloseCode::TooSlow:
        return "reads too slowly; resume";
    case CloseCode::TooManyConnections:
        return "too many connections";
    case CloseCode::RateLimited:
        return "too many messages a second";
    }
    return "";
}
} // namespace belfry::protocol
