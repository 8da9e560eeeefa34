#include "auth/scope.h"

#include <QTest>

using namespace belfry;
using auth::Scope;
using auth::Scopes;

class TstScope : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyScopeHasOneNameThatLeadsBack()
    {
        const auto names = auth::scopeNames(auth::allScopes);
        QCOMPARE(names.size(), 10);
        Scopes seen;
        for (const model::Text &name : names) {
            const auto scopes = auth::scopesByName(name);
            QVERIFY2(scopes, name.constData());
            QVERIFY(!(seen & *scopes));
            seen |= *scopes;
        }
        QCOMPARE(seen, auth::allScopes);
    }

    void starsStandForSeveral()
    {
        QCOMPARE(*auth::scopesByName("inbox:*"), Scopes(Scope::InboxRead) | Scope::InboxWrite);
        QCOMPARE(*auth::scopesByName("prefs:*"), Scopes(Scope::PrefsRead) | Scope::PrefsWrite);
        QCOMPARE(*auth::scopesByName("*"), auth::allScopes);
    }

    void anUnknownNameIsNothing()
    {
        QVERIFY(!auth::scopesByName("admin:*"));
        QVERIFY(!auth::scopesByName(""));
        QVERIFY(!auth::scopesByName("notify:write "));
    }

    void rolesGrow()
    {
        using model::Role;
        Scopes before;
        for (const Role role : {Role::User, Role::Auditor, Role::Operator, Role::Admin, Role::Owner}) {
            const Scopes scopes = auth::scopesOf(role);
            QVERIFY((scopes & before) == before);
            QCOMPARE(auth::roleByName(auth::roleName(role)), std::optional(role));
            before = scopes;
        }
        QCOMPARE(auth::scopesOf(Role::User), auth::personalScopes);
        QCOMPARE(before, auth::allScopes);
        QVERIFY(!auth::roleByName("root") && !auth::roleByName(""));
    }

    void whoGivesWhichRole()
    {
        using model::Role;
        QCOMPARE(auth::highestRoleWithin({}), Role::User);
        QCOMPARE(auth::highestRoleWithin(Scopes(Scope::UsersWrite) | Scope::AdminWrite), Role::User);
        QCOMPARE(auth::highestRoleWithin(Scopes(Scope::AdminRead) | Scope::MetricsRead), Role::Auditor);
        QCOMPARE(auth::highestRoleWithin(auth::allScopes & ~Scopes(Scope::NotifyCritical)), Role::Operator);
        QCOMPARE(auth::highestRoleWithin(auth::allScopes), Role::Owner);
    }

    void namesAreThoseOfTheGivenScopesOnly()
    {
        QCOMPARE(auth::scopeNames(Scopes(Scope::NotifyWrite) | Scope::AdminRead),
                 (QList<model::Text>{"notify:write", "admin:read"}));
        QVERIFY(auth::scopeNames({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TstScope)
#include "tst_scope.moc"
