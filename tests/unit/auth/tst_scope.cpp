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

    void namesAreThoseOfTheGivenScopesOnly()
    {
        QCOMPARE(auth::scopeNames(Scopes(Scope::NotifyWrite) | Scope::AdminRead),
                 (QList<model::Text>{"notify:write", "admin:read"}));
        QVERIFY(auth::scopeNames({}).isEmpty());
    }
};

QTEST_APPLESS_MAIN(TstScope)
#include "tst_scope.moc"
