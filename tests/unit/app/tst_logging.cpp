#include "app/logging.h"
#include "runtime/log_context.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace belfry;
using app::LogFormat;

class TstLogging : public QObject
{
    Q_OBJECT
private:
    static QByteArray line(LogFormat format, const QString &message)
    {
        return app::formatLine(format, QtWarningMsg, "belfry.store", message, "2026-01-02T03:04:05.678Z");
    }

private Q_SLOTS:
    void textIsOneLine()
    {
        QCOMPARE(line(LogFormat::Text, QStringLiteral("a\nb")),
                 "2026-01-02T03:04:05.678Z warning belfry.store: a\\nb");
    }

    void jsonIsOneObjectALine()
    {
        const QByteArray written = line(LogFormat::Json, QStringLiteral("a\n\"b\""));
        QVERIFY(!written.contains('\n'));
        const auto object = QJsonDocument::fromJson(written).object();
        QCOMPARE(object.value(QStringLiteral("message")).toString(), QStringLiteral("a\n\"b\""));
        QCOMPARE(object.value(QStringLiteral("level")).toString(), QStringLiteral("warning"));
        QCOMPARE(object.value(QStringLiteral("category")).toString(), QStringLiteral("belfry.store"));
        QVERIFY(!object.contains(QStringLiteral("request_id")));
    }

    void whatALineBelongsToIsInIt()
    {
        const runtime::LogContext outer("req-1", "00-aa-bb-01");
        {
            const runtime::LogContext inner("req-2", {});
            QVERIFY(line(LogFormat::Text, QStringLiteral("x")).endsWith("x request_id=req-2"));
        }
        QVERIFY(
            line(LogFormat::Text, QStringLiteral("x")).endsWith("request_id=req-1 traceparent=00-aa-bb-01"));
        const auto object = QJsonDocument::fromJson(line(LogFormat::Json, QStringLiteral("x"))).object();
        QCOMPARE(object.value(QStringLiteral("request_id")).toString(), QStringLiteral("req-1"));
        QCOMPARE(object.value(QStringLiteral("traceparent")).toString(), QStringLiteral("00-aa-bb-01"));
    }
};

QTEST_APPLESS_MAIN(TstLogging)
#include "tst_logging.moc"
