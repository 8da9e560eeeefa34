#pragma once

#include "account/exchange.h"
#include "account/secret.h"
#include "offline/account.h"

#include <QCoreApplication>

namespace belfry::account {
/// Where to sign in, and as which installation.
struct SignInPlace
{
    QUrl server; ///< as serverAddress() makes it
    client::ServerTrust trust;
    model::DeviceId device; ///< this installation's own (H82): a sign-in takes the place of its last one
    model::Text deviceName; ///< by which the person knows it again in a list
};

/// Somebody is signed in.
struct SignedIn
{
    offline::Account account;
    Secret secret;
    client::ServerTrust trust;
    /// Good, or why this computer is not in the account's list of devices: it works all the same.
    model::VoidResult listed;
};

/// Why nobody is, and at which field it is told.
struct SignInProblem
{
    Q_DECLARE_TR_FUNCTIONS(SignInProblem)

public:
    enum class Field { Whole, Email, Password, Token, User };

    Field field = Field::Whole;
    QString words;                      ///< in the program's language, and what the server said
    model::Text requestId;              ///< for those who help; empty: no server answered
    std::chrono::seconds retryAfter{0}; ///< 0: whenever the person likes
};

/// Signs in, with mail and password or with what an administrator handed over; nothing is kept here. One
/// thread; nothing waits; either signal comes once for each begin, none after cancel().
class SignIn : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void withPassword(const SignInPlace &place, const QString &email, const QString &password);
    /// A user token names its user itself; with an API key `user` says whose inbox (H27).
    void withToken(const SignInPlace &place, const QString &token, const QString &user);
    void cancel();
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void done(const belfry::account::SignedIn &signedIn);
    void failed(const belfry::account::SignInProblem &problem);

private:
    void granted(const SignInPlace &place, const Outcome &outcome);
    void tried(const SignInPlace &place, const SignedIn &wanted, const Outcome &outcome);
    void list(const SignInPlace &place, SignedIn signedIn);
    void fail(const SignInProblem &problem);

    Exchange m_exchange;
    bool m_isBusy = false;
};
} // namespace belfry::account
