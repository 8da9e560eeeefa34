#include "session/error_text.h"

#include <QCoreApplication>

namespace belfry::session {
using model::ErrorCode;

namespace {
struct ErrorText
{
    Q_DECLARE_TR_FUNCTIONS(ErrorText)

public:
    static QString of(ErrorCode code)
    {
        switch (code) {
        case ErrorCode::Unauthenticated:
            return tr("The server does not know this sign-in");
        case ErrorCode::Forbidden:
            return tr("Your account may not do this");
        case ErrorCode::NotFound:
            return tr("It is not there any more");
        case ErrorCode::Timeout:
            return tr("No answer came in time");
        case ErrorCode::Conflict:
        case ErrorCode::Precondition:
            return tr("It has changed meanwhile, or does not allow this");
        case ErrorCode::TooLarge:
            return tr("It is too large");
        case ErrorCode::RateLimited:
        case ErrorCode::Overloaded:
        case ErrorCode::Draining:
        case ErrorCode::InProgress:
            return tr("The server is busy: try again in a moment");
        case ErrorCode::Unavailable:
            return tr("That does not work at the moment");
        case ErrorCode::Internal:
            return tr("Something went wrong inside Belfry");
        case ErrorCode::Malformed:
        case ErrorCode::MethodNotAllowed:
        case ErrorCode::LogReset:
        case ErrorCode::UnsupportedMedia:
        case ErrorCode::Invalid:
        case ErrorCode::IdempotencyReuse:
            break;
        }
        return tr("The server does not take this");
    }
};
} // namespace

QString errorText(const model::Error &error)
{
    const QString kind = ErrorText::of(error.code);
    const QString detail = QString::fromUtf8(error.detail);
    return detail.isEmpty() ? kind : ErrorText::tr("%1 (%2)").arg(kind, detail);
}

QString requestText(const model::Text &requestId)
{
    return requestId.isEmpty() ? QString() : ErrorText::tr("Request %1").arg(QString::fromUtf8(requestId));
}

QString errorReport(const model::Error &error)
{
    const QString request = requestText(error.requestId);
    return request.isEmpty() ? errorText(error) : errorText(error) + u'\n' + request;
}
} // namespace belfry::session
