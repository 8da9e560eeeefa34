#include "api/body_format.h"

#include <QTest>

using namespace belfry::api;

class TstBodyFormat : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void tells_data();
    void tells();
};

void TstBodyFormat::tells_data()
{
    QTest::addColumn<BodyKind>("kind");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<BodyFormat>("format");
    const QByteArray form = "application/x-www-form-urlencoded";
    const QByteArray json = "application/json";

    QTest::newRow("no body") << BodyKind::Json << json << QByteArray() << BodyFormat::Empty;
    QTest::newRow("body that nobody wants") << BodyKind::None << form << QByteArray("x") << BodyFormat::Empty;
    QTest::newRow("json") << BodyKind::Json << json << QByteArray("[]") << BodyFormat::Json;
    QTest::newRow("charset, case") << BodyKind::Json << QByteArray("Application/JSON ; charset=utf-8")
                                   << QByteArray("{}") << BodyFormat::Json;
    QTest::newRow("+json") << BodyKind::Json << QByteArray("application/merge-patch+json") << QByteArray("{}")
                           << BodyFormat::Json;
    QTest::newRow("no type") << BodyKind::Json << QByteArray() << QByteArray("{}") << BodyFormat::Json;
    QTest::newRow("form on native") << BodyKind::Json << form << QByteArray("{}") << BodyFormat::Unsupported;
    QTest::newRow("text on native") << BodyKind::Json << QByteArray("text/plain") << QByteArray("{}")
                                    << BodyFormat::Unsupported;
    QTest::newRow("image/svg+json on native")
        << BodyKind::Json << QByteArray("image/x+json") << QByteArray("{}") << BodyFormat::Unsupported;
    QTest::newRow("curl -d '{'") << BodyKind::Lenient << form << QByteArray("{\"a\":1}") << BodyFormat::Json;
    QTest::newRow("white space first")
        << BodyKind::Lenient << form << QByteArray(" \r\n{}") << BodyFormat::Json;
    QTest::newRow("form") << BodyKind::Lenient << form << QByteArray("a=1") << BodyFormat::Form;
    QTest::newRow("form without a type")
        << BodyKind::Lenient << QByteArray() << QByteArray("a=1") << BodyFormat::Form;
    QTest::newRow("json that is no object")
        << BodyKind::Lenient << json << QByteArray("nonsense") << BodyFormat::Json;
}

void TstBodyFormat::tells()
{
    QFETCH(BodyKind, kind);
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, body);
    QFETCH(BodyFormat, format);
    QCOMPARE(bodyFormat(kind, type, body), format);
}

QTEST_GUILESS_MAIN(TstBodyFormat)
#include "tst_body_format.moc"
