#include "inbox/text_pool.h"
#include "inbox_samples.h"

#include <QtTest>

namespace belfry::inbox {
class TestTextPool : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itemsThatSayAlikeHoldItOnce();
    void anItemSaysTheSameAsBefore();
    void nothingIsLongerThanItsText();
    void forgetsBeforeItGrowsLarge();
};

namespace {
/// As decoded from the wire: in memory of its own, with room to spare.
model::Text decoded(const char *text)
{
    model::Text copy(text);
    copy.reserve(3 * copy.size() + 1);
    return copy;
}

model::Notification full(qint64 number)
{
    model::Notification item = sample(number, decoded("ci"));
    item.content.type = decoded("build.failed");
    item.content.message = decoded("Four tests failed");
    item.content.data = decoded(R"({"run":7})");
    item.content.actions = {{decoded("open"), decoded("Open it"), decoded("https://ci.example/7")}};
    item.traceparent = decoded("00-aa-bb-01");
    return item;
}
} // namespace

void TestTextPool::itemsThatSayAlikeHoldItOnce()
{
    TextPool pool;
    model::Notification a = full(1);
    model::Notification b = full(2);
    QVERIFY(a.content.source.constData() != b.content.source.constData());
    pool.share(a);
    pool.share(b);
    QCOMPARE(a.content.source.constData(), b.content.source.constData());
    QCOMPARE(a.content.type.constData(), b.content.type.constData());
    QCOMPARE(a.content.data.constData(), b.content.data.constData());
    QCOMPARE(a.content.actions.constFirst().title.constData(),
             b.content.actions.constFirst().title.constData());
}

void TestTextPool::anItemSaysTheSameAsBefore()
{
    TextPool pool;
    for (qint64 number = 1; number < 4; ++number) {
        model::Notification item = full(number);
        pool.share(item);
        QCOMPARE(item, full(number));
    }
    model::Notification bare;
    pool.share(bare);
    QCOMPARE(bare, model::Notification());
}

void TestTextPool::nothingIsLongerThanItsText()
{
    TextPool pool;
    model::Notification item = full(1);
    QVERIFY(item.content.message.capacity() > 2 * item.content.message.size());
    pool.share(item);
    for (const model::Text &text :
         {item.content.message, item.content.type, item.content.actions.constFirst().url, item.traceparent})
        QVERIFY2(text.capacity() < text.size() + 16, text);
}

void TestTextPool::forgetsBeforeItGrowsLarge()
{
    TextPool pool;
    for (qint64 number = 0; number < 3 * TextPool::mostTexts; ++number) {
        model::Notification item = sample(number, "app " + model::Text::number(number));
        pool.share(item);
        QVERIFY(pool.size() <= TextPool::mostTexts);
        QCOMPARE(item.content.source, "app " + model::Text::number(number));
    }
}
} // namespace belfry::inbox

QTEST_APPLESS_MAIN(belfry::inbox::TestTextPool)
#include "tst_text_pool.moc"
