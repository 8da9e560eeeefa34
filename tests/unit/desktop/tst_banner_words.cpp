#include "desktop/application_id.h"
#include "desktop/banner_words.h"

#include <QTest>

namespace belfry::desktop {
namespace {
const Capabilities plain{{QStringLiteral("body")}};
const Capabilities everything{
    {QStringLiteral("body"), QStringLiteral("body-markup"), QStringLiteral("actions")}};

Banner bannerOf(const model::Text &title, const model::Text &message = {})
{
    Banner banner;
    banner.place = {0, 1};
    banner.item.id = banner.place;
    banner.item.seq = 1;
    banner.item.content.title = title;
    banner.item.content.message = message;
    return banner;
}

Banner several(qsizetype count, const model::Text &source = {}, bool isHidden = false)
{
    Banner banner;
    banner.count = count;
    banner.source = source;
    banner.isHidden = isHidden;
    return banner;
}

QStringList keysOf(const Banner &banner, const Capabilities &can = everything)
{
    QStringList keys;
    const QStringList actions = wordsFor(banner, can).actions;
    for (qsizetype i = 0; i < actions.size(); i += 2)
        keys << actions.at(i);
    return keys;
}

QVariant hint(const Banner &banner, const char *name)
{
    return wordsFor(banner, everything).hints.value(QLatin1String(name));
}
} // namespace

class TestBannerWords : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void summary_data();
    void summary();
    void escapesOnlyWhereMarkupIsTaken();
    void aLongBodyIsCut();
    void actions();
    void actionsOfTheSenderAreTheirs();
    void urgencyIsAByte();
    void sound();
    void whatIsLiveOnlyIsTransient();
    void hintsOfOne();
    void nothingOfWhatIsHidden();
    void aPictureKeepsItsColours();
};

void TestBannerWords::summary_data()
{
    QTest::addColumn<Banner>("banner");
    QTest::addColumn<QString>("summary");
    Banner sourceOnly = bannerOf("");
    sourceOnly.item.content.source = "CI";

    QTest::newRow("title") << bannerOf("Build <b>failed</b> & more") << "Build <b>failed</b> & more";
    QTest::newRow("lines") << bannerOf("One\n two\t") << "One two";
    QTest::newRow("source") << sourceOnly << "CI";
    QTest::newRow("nothing") << bannerOf(" ") << "Belfry";
    QTest::newRow("several") << several(12) << "12 new";
    QTest::newRow("of one app") << several(12, "CI") << "12 new from CI";
    QTest::newRow("a hidden one") << several(1, {}, true) << "1 new notification";
    QTest::newRow("hidden ones") << several(12, {}, true) << "12 new notifications";
}

void TestBannerWords::summary()
{
    QFETCH(Banner, banner);
    QTEST(wordsFor(banner, everything).summary, "summary");
    QTEST(wordsFor(banner, {}).summary, "summary");
}

void TestBannerWords::escapesOnlyWhereMarkupIsTaken()
{
    const Banner banner = bannerOf("t", " a <b>&amp;</b> \"c\"\nd\x01 ");
    QCOMPARE(wordsFor(banner, plain).body, QStringLiteral("a <b>&amp;</b> \"c\"\nd"));
    QCOMPARE(wordsFor(banner, everything).body, QStringLiteral("a &lt;b&gt;&amp;amp;&lt;/b&gt; \"c\"\nd"));
}

void TestBannerWords::aLongBodyIsCut()
{
    const QString bell = QStringLiteral("\U0001F514");
    const QString body =
        wordsFor(bannerOf("t", QStringLiteral("x").toUtf8() + bell.repeated(4096).toUtf8()), everything).body;
    QCOMPARE(body, QStringLiteral("x") + bell.repeated(199) + QStringLiteral("…"));
}

void TestBannerWords::actions()
{
    Banner banner = bannerOf("t");
    QCOMPARE(keysOf(banner), (QStringList{openKey, readKey, snoozeKey}));
    QCOMPARE(keysOf(banner, plain), QStringList());
    banner.item.content.ackRequired = true;
    QCOMPARE(keysOf(banner), (QStringList{openKey, acknowledgeKey, snoozeKey}));
    banner.item.content.critical = true;
    QCOMPARE(keysOf(banner), (QStringList{openKey, acknowledgeKey}));
    banner.item.seq = 0;
    QCOMPARE(keysOf(banner), QStringList{openKey});
    QCOMPARE(keysOf(several(3)), QStringList{openKey});
}

void TestBannerWords::actionsOfTheSenderAreTheirs()
{
    Banner banner = bannerOf("t");
    banner.item.content.actions = {{"read", "Read it", ""}, {"2", "Two", ""}};
    QCOMPARE(keysOf(banner),
             (QStringList{openKey, QStringLiteral("action:read"), QStringLiteral("action:2"), readKey}));
    QCOMPARE(wordsFor(banner, everything).actions.at(3), QStringLiteral("Read it"));
    banner.item.content.actions.append({{"3", "Three", ""}, {"4", "Four", ""}});
    QCOMPARE(keysOf(banner).size(), 4);
}

void TestBannerWords::urgencyIsAByte()
{
    Banner banner = bannerOf("t");
    const auto urgency = [&] { return hint(banner, "urgency"); };
    QCOMPARE(urgency().metaType(), QMetaType::fromType<uchar>());
    for (const auto level : {model::Urgency::VeryLow, model::Urgency::Low}) {
        banner.item.content.urgency = level;
        QCOMPARE(urgency().toInt(), 0);
    }
    for (const auto level : {model::Urgency::Normal, model::Urgency::High}) {
        banner.item.content.urgency = level;
        QCOMPARE(urgency().toInt(), 1);
    }
    QCOMPARE(wordsFor(banner, everything).expireMs, -1);
    banner.isCritical = true;
    QCOMPARE(urgency().toInt(), 2);
    QCOMPARE(wordsFor(banner, everything).expireMs, 0);
}

void TestBannerWords::sound()
{
    Banner banner = bannerOf("t");
    QCOMPARE(hint(banner, "suppress-sound"), QVariant(true));
    QVERIFY(!hint(banner, "sound-name").isValid());
    banner.hasSound = true;
    QVERIFY(!hint(banner, "suppress-sound").isValid());
    QCOMPARE(hint(banner, "sound-name"), QVariant(QStringLiteral("message-new-instant")));
}

void TestBannerWords::whatIsLiveOnlyIsTransient()
{
    Banner banner = bannerOf("t");
    QVERIFY(!hint(banner, "transient").isValid());
    banner.item.seq = 0;
    QCOMPARE(hint(banner, "transient"), QVariant(true));
}

void TestBannerWords::hintsOfOne()
{
    Banner banner = bannerOf("t");
    QCOMPARE(hint(banner, "desktop-entry"), QVariant(applicationId));
    QCOMPARE(hint(banner, "category"), QVariant(QStringLiteral("x-belfry.general")));
    QVERIFY(!hint(banner, "value").isValid());
    QVERIFY(!hint(banner, "image-data").isValid());
    banner.item.content.type = "build/main failed";
    banner.item.content.progress = 0.256;
    banner.item.content.source = "CI";
    QCOMPARE(hint(banner, "category"), QVariant(QStringLiteral("x-belfry.build-main-failed")));
    QCOMPARE(hint(banner, "value"), QVariant(26));
    QCOMPARE(hint(banner, "x-kde-origin-name"), QVariant(QStringLiteral("CI")));
}

void TestBannerWords::nothingOfWhatIsHidden()
{
    Banner banner = several(1, {}, true);
    const BannerWords words = wordsFor(banner, everything);
    QCOMPARE(words.body, QString());
    QCOMPARE(words.hints.value(QStringLiteral("category")), QVariant(QStringLiteral("x-belfry.several")));
    QVERIFY(!words.hints.contains(QStringLiteral("x-kde-origin-name")));
}

void TestBannerWords::aPictureKeepsItsColours()
{
    Banner banner = bannerOf("t");
    banner.icon = QImage(200, 100, QImage::Format_ARGB32_Premultiplied);
    banner.icon.fill(QColor(255, 0, 0, 128));
    const auto image = qvariant_cast<ImageData>(hint(banner, "image-data"));
    QCOMPARE(image.picture.format(), QImage::Format_RGBA8888);
    QCOMPARE(image.picture.size(), QSize(96, 48));
    QCOMPARE(image.picture.pixelColor(40, 20), QColor(255, 0, 0, 128));
}
} // namespace belfry::desktop

QTEST_GUILESS_MAIN(belfry::desktop::TestBannerWords)
#include "tst_banner_words.moc"
