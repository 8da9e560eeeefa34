#include "account/sign_in.h"

#include "model/user_id.h"
#include "protocol/answers.h"
#include "protocol/category_request.h"
#include "protocol/session_requests.h"

#include <QDateTime>

namespace belfry::account {
using Field = SignInProblem::Field;
using model::ErrorCode;

namespace {
constexpr QByteArrayView keyPrefix = "blf_"; // H01; a key by BELFRY_ADMIN_KEY has none

SignInProblem problemAt(Field field, const QString &words)
{
    return {field, words, {}, {}};
}

QString reachedNot(Outcome::End end)
{
    switch (end) {
    case Outcome::End::NoSuchHost:
        return SignInProblem::tr("The server was not found. Are you online?");
    case Outcome::End::Refused:
        return SignInProblem::tr("The server does not answer. Try again in a moment.");
    case Outcome::End::Timeout:
        return SignInProblem::tr("The server did not answer in time. Try again.");
    case Outcome::End::Unsafe:
        return SignInProblem::tr("There is no safe connection to the server any more. Check the address.");
    case Outcome::End::Answered:
    case Outcome::End::Broken:
        break;
    }
    return SignInProblem::tr("The connection to the server broke off. Try again.");
}

Field fieldOf(const model::Error &error, Field otherwise)
{
    const model::Text pointer = error.fields.isEmpty() ? model::Text() : error.fields.first().pointer;
    if (pointer == "/email")
        return Field::Email;
    if (pointer == "/password")
        return Field::Password;
    return otherwise;
}

QString wordsOf(const model::Error &error, const QString &refused)
{
    switch (error.code) {
    case ErrorCode::Unauthenticated:
        return refused;
    case ErrorCode::Forbidden:
        return SignInProblem::tr("This token or key does not reach that inbox.");
    case ErrorCode::RateLimited:
        return SignInProblem::tr("Too many tries.");
    case ErrorCode::Overloaded:
    case ErrorCode::Unavailable:
    case ErrorCode::Draining:
        return SignInProblem::tr("The server can't work now: %1").arg(QString::fromUtf8(error.detail));
    default:
        return SignInProblem::tr("The server says: %1").arg(QString::fromUtf8(error.detail));
    }
}

model::Text requestIdOf(const Outcome &outcome)
{
    return outcome.problem && !outcome.problem->instance.isEmpty() ? outcome.problem->instance
                                                                   : outcome.requestId;
}

/// `refused` is what a 401 means here; it and the field are those of what was typed.
SignInProblem problemOf(const Outcome &outcome, Field field, const QString &refused)
{
    if (outcome.end != Outcome::End::Answered)
        return problemAt(Field::Whole, reachedNot(outcome.end));
    if (!outcome.problem) {
        SignInProblem other = problemAt(
            Field::Whole, SignInProblem::tr("Something else than Belfry answered (%1).").arg(outcome.status));
        other.requestId = outcome.requestId;
        return other;
    }
    const model::Error &error = outcome.problem->error;
    const bool isAboutField = error.code == ErrorCode::Unauthenticated ||
                              error.code == ErrorCode::Forbidden || error.code == ErrorCode::Invalid;
    SignInProblem problem =
        problemAt(isAboutField ? fieldOf(error, field) : Field::Whole, wordsOf(error, refused));
    problem.requestId = requestIdOf(outcome);
    problem.retryAfter = error.retryAfter.value_or(std::chrono::seconds(0));
    return problem;
}

model::Instant nowHere()
{
    return {QDateTime::currentMSecsSinceEpoch() * 1000};
}
} // namespace

void SignIn::cancel()
{
    m_exchange.cancel();
    m_isBusy = false;
}

void SignIn::fail(const SignInProblem &problem)
{
    m_isBusy = false;
    Q_EMIT failed(problem);
}

void SignIn::withPassword(const SignInPlace &place, const QString &email, const QString &password)
{
    cancel();
    if (email.trimmed().isEmpty())
        return fail(problemAt(Field::Email, SignInProblem::tr("Write the mail address of your account.")));
    if (password.isEmpty())
        return fail(problemAt(Field::Password, SignInProblem::tr("Write your password.")));
    m_isBusy = true;
    const QByteArray body =
        protocol::encode(protocol::LoginRequest{email.trimmed().toUtf8(), password.toUtf8(), place.device});
    m_exchange.ask({"POST", place.server, "/api/v1/login", body, {}, place.trust},
                   [this, place](const Outcome &outcome) { granted(place, outcome); });
}

void SignIn::granted(const SignInPlace &place, const Outcome &outcome)
{
    const auto grant = protocol::parseSessionGrant(outcome.body);
    if (!outcome.isGood() || !grant)
        return fail(
            problemOf(outcome, Field::Password,
                      SignInProblem::tr("The mail address or the password is wrong, or the account is "
                                        "disabled.")));
    const model::Instant now = nowHere();
    list(place,
         {{place.server, grant->user},
          {Secret::Kind::Session, grant->accessToken, now + grant->expiresIn, grant->refreshToken, now},
          place.trust,
          {}});
}

void SignIn::withToken(const SignInPlace &place, const QString &token, const QString &user)
{
    cancel();
    const model::Text credential = token.trimmed().toUtf8();
    if (credential.isEmpty())
        return fail(problemAt(Field::Token, SignInProblem::tr("Paste the token or the key.")));
    // It goes into a header.
    if (std::any_of(credential.begin(), credential.end(), [](char c) { return c <= ' ' || c == 0x7f; }))
        return fail(problemAt(Field::Token, SignInProblem::tr("A token is one word, without blanks.")));
    const auto subject = credential.startsWith(keyPrefix)
                             ? model::Result<model::UserId>(model::fail(ErrorCode::Malformed, {}))
                             : protocol::subjectOf(credential);
    const auto whose = subject ? subject : model::makeUserId(user.trimmed().toUtf8(), {});
    if (!whose)
        return fail(
            problemAt(Field::User, SignInProblem::tr("Write whose inbox this is: a key does not say it.")));
    m_isBusy = true;
    const Secret::Kind kind = subject ? Secret::Kind::Token : Secret::Kind::Key;
    const SignedIn wanted{{place.server, *whose}, {kind, credential, {}, {}, nowHere()}, place.trust, {}};
    const QByteArray path =
        "/api/v1/users/" + QUrl::toPercentEncoding(QString::fromUtf8(whose->text)) + "/inbox/counts";
    m_exchange.ask({"GET", place.server, path, {}, credential, place.trust},
                   [this, place, wanted](const Outcome &outcome) { tried(place, wanted, outcome); });
}

void SignIn::tried(const SignInPlace &place, const SignedIn &wanted, const Outcome &outcome)
{
    if (!outcome.isGood() || !protocol::parseCounts(outcome.body))
        return fail(
            problemOf(outcome, Field::Token,
                      SignInProblem::tr("The server does not take this token or key: it may have ended, or "
                                        "belong to another server.")));
    list(place, wanted);
}

/// So that the person finds this computer among those that are signed in, and can sign it out from elsewhere.
void SignIn::list(const SignInPlace &place, SignedIn signedIn)
{
    const protocol::DeviceRequest device{place.device, signedIn.account.user, place.deviceName,
                                         QSysInfo::prettyProductName().toUtf8()};
    const Exchange::Question question{
        "POST",     place.server, "/api/v1/devices", protocol::encode(device), signedIn.secret.access,
        place.trust};
    m_exchange.ask(question, [this, signedIn = std::move(signedIn)](const Outcome &outcome) mutable {
        if (!outcome.isGood()) {
            model::Error why = outcome.problem ? outcome.problem->error
                                               : model::Error{ErrorCode::Unavailable, outcome.detail, {}, {}};
            why.requestId = requestIdOf(outcome);
            signedIn.listed = tl::unexpected(std::move(why));
        }
        m_isBusy = false;
        Q_EMIT done(signedIn);
    });
}
} // namespace belfry::account

#include "moc_sign_in.cpp"
