#include "api/openapi.h"
#include "api/route_table.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;

namespace {
QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QJsonObject openApi()
{
    return parsed(api::openApiDocument(api::routeTable()));
}

QJsonObject operation(const QJsonObject &document, const QString &path, const QString &method)
{
    return document[QStringLiteral("paths")].toObject()[path].toObject()[method].toObject();
}

/// What a local reference names; undefined when there is nothing.
QJsonValue target(const QJsonObject &document, const QString &reference)
{
    QJsonValue value = document;
    const QStringList steps = reference.split(u'/');
    if (steps.value(0) != QStringLiteral("#"))
        return QJsonValue::Undefined;
    for (const QString &step : steps.mid(1))
        value = value.toObject().value(QString(step).replace(QStringLiteral("~1"), QStringLiteral("/")));
    return value;
}

void collectReferences(const QJsonValue &value, QStringList &out)
{
    for (const auto &element : value.toArray())
        collectReferences(element, out);
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it.key() == QStringLiteral("$ref"))
            out.append(it.value().toString());
        else
            collectReferences(it.value(), out);
    }
}

/// References that lead nowhere.
QStringList broken(const QJsonObject &document)
{
    QStringList all;
    QStringList bad;
    collectReferences(document, all);
    for (const QString &reference : std::as_const(all)) {
        if (target(document, reference).isUndefined())
            bad.append(reference);
    }
    return bad;
}
} // namespace

class TstOpenApi : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsLeftUntold() { QCOMPARE(api::openApiGaps(api::routeTable()), QByteArrayList()); }

    void aGapIsNamed()
    {
        const api::Route route{net::Method::Get, "/no/:such", api::Entry::Public};
        const QByteArrayList gaps = api::openApiGaps(std::span(&route, 1));
        QCOMPARE(gaps.mid(0, 2), (QByteArrayList{"GET /no/:such", ":such"}));
        QVERIFY(gaps.contains("GET /health"));
    }

    void everyRouteIsAnOperationWithAnIdOfItsOwn()
    {
        QStringList ids;
        const QJsonObject paths = openApi()[QStringLiteral("paths")].toObject();
        for (const QJsonValue &path : paths) {
            for (const QJsonValue &operation : path.toObject())
                ids.append(operation[QStringLiteral("operationId")].toString());
        }
        QCOMPARE(ids.size(), qsizetype(api::routeTable().size()));
        QVERIFY(!ids.contains(QString()));
        QCOMPARE(ids.removeDuplicates(), 0);
    }

    void referencesLeadSomewhere()
    {
        QCOMPARE(broken(openApi()), QStringList());
        QCOMPARE(broken(parsed(api::asyncApiDocument())), QStringList());
    }

    void everySchemaIsUsed()
    {
        const QJsonObject document = openApi();
        QStringList used;
        collectReferences(document, used);
        const QJsonObject schemas = target(document, QStringLiteral("#/components/schemas")).toObject();
        for (const QString &name : schemas.keys())
            QVERIFY2(used.contains(QStringLiteral("#/components/schemas/") + name), qPrintable(name));
    }

    /// OpenAPI takes /notifications/{user} and /notifications/{id} for the same path, written twice.
    void whatRoutesCallDifferentlyIsOnePath()
    {
        const QJsonObject document = openApi();
        const QString path = QStringLiteral("/api/v1/notifications/{key}");
        QCOMPARE(operation(document, path, QStringLiteral("get"))[QStringLiteral("operationId")].toString(),
                 QStringLiteral("listInbox"));
        const auto remove = operation(document, path, QStringLiteral("delete"));
        QCOMPARE(remove[QStringLiteral("operationId")].toString(), QStringLiteral("recallNotification"));
        const auto parameter = remove[QStringLiteral("parameters")].toArray().first().toObject();
        QCOMPARE(parameter[QStringLiteral("name")].toString(), QStringLiteral("key"));
        QCOMPARE(parameter[QStringLiteral("required")].toBool(), true);
        const QJsonObject paths = document[QStringLiteral("paths")].toObject();
        QVERIFY(paths.contains(QStringLiteral("/api/v1/users/{user}/inbox/{id}")));
    }

    void whoGetsInComesFromTheTable()
    {
        const QJsonObject document = openApi();
        const auto security = [&](const char *path, const char *method) {
            const auto found = operation(document, QString::fromUtf8(path), QString::fromUtf8(method));
            return QJsonDocument(found[QStringLiteral("security")].toArray()).toJson(QJsonDocument::Compact);
        };
        QCOMPARE(security("/health", "get"), QByteArray("[]"));
        QCOMPARE(security("/send", "post"), QByteArray(R"([{},{"bearer":["notify:write"]}])"));
        QCOMPARE(security("/api/v1/topics", "get"), QByteArray(R"([{"bearer":["admin:read"]}])"));
        QCOMPARE(security("/api/v1/users/{user}/stream", "get"),
                 QByteArray(R"([{"bearer":["inbox:read"]},{"ticket":[]}])"));
    }

    void problemsComeFromTheTable()
    {
        const auto codes = [document = openApi()](const char *path, const char *method) {
            const auto found = operation(document, QString::fromUtf8(path), QString::fromUtf8(method));
            return found[QStringLiteral("responses")].toObject().keys().join(u' ');
        };
        QCOMPARE(codes("/health/live", "get"), QStringLiteral("200 400 408 413 431 500 503"));
        QCOMPARE(codes("/api/v1/topics", "post"),
                 QStringLiteral("200 201 400 401 403 404 408 409 413 415 422 429 431 500 503"));
        QCOMPARE(codes("/api/v1/users/{user}/log", "get"),
                 QStringLiteral("200 304 400 401 403 404 408 410 413 429 431 500 503"));
    }

    void versionsAreTheProgramsOwn()
    {
        for (const QJsonObject &document : {openApi(), parsed(api::asyncApiDocument())}) {
            QCOMPARE(document[QStringLiteral("info")].toObject()[QStringLiteral("version")].toString(),
                     QStringLiteral(BELFRY_VERSION));
            for (const QString &member : document.keys())
                QVERIFY2(!member.startsWith(QStringLiteral("x-")), qPrintable(member));
        }
    }
};

QTEST_GUILESS_MAIN(TstOpenApi)
#include "tst_openapi.moc"
