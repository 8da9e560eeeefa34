#include "api_bed.h"

#include <QTest>

using namespace belfry;
using test::Answer;
using test::ApiBed;
using test::Request;

class TstLivePage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isServedAndFencedIn();
};

// H67: served to everybody, and fenced in.
void TstLivePage::isServedAndFencedIn()
{
    ApiBed bed;
    const QList<std::pair<QByteArray, QByteArray>> files{
        {"/", "text/html; charset=utf-8"},
        {"/live/page.js", "text/javascript; charset=utf-8"},
        {"/live/session.js", "text/javascript; charset=utf-8"},
        {"/live/inbox.js", "text/javascript; charset=utf-8"},
        {"/live/style.css", "text/css; charset=utf-8"},
        {"/live/bell.svg", "image/svg+xml"}};
    for (const auto &[path, type] : files) {
        const Answer answer = bed.ask(Request::get(path));
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.response.contentType, type);
        QVERIFY(!answer.response.body.isEmpty());
        const QByteArray policy = answer.header("Content-Security-Policy");
        QVERIFY2(policy.contains("default-src 'none'") && !policy.contains("unsafe"), policy);
        QCOMPARE(answer.header("X-Content-Type-Options"), QByteArray("nosniff"));
        QCOMPARE(answer.header("Referrer-Policy"), QByteArray("no-referrer"));
        const Answer again = bed.ask(Request::get(path).header("if-none-match", answer.header("ETag")));
        QCOMPARE(again.status, 304);
        QVERIFY(again.response.body.isEmpty());
    }
    const QByteArray page = bed.ask(Request::get("/")).response.body;
    QVERIFY(!page.contains("<style") && !page.contains(" style=") && !page.contains("<script>") &&
            !page.contains(" onclick"));
    QVERIFY(!page.contains("http://") && !page.contains("https://"));
    QCOMPARE(bed.ask(Request::get("/live/../index.html")).status, 404);
    QCOMPARE(bed.ask(Request::get("/live/nothing")).status, 404);
    QCOMPARE(bed.ask(Request::post("/")).status, 405);
}

QTEST_GUILESS_MAIN(TstLivePage)
#include "tst_live_page.moc"
