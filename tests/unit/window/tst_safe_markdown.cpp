#include "window/safe_markdown.h"

#include <QRegularExpression>
#include <QTextDocument>
#include <QtTest>

namespace belfry::window {
class TestSafeMarkdown : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void keeps_data();
    void keeps();
    void neverWrites_data();
    void neverWrites();
    void opensFewLinks_data();
    void opensFewLinks();
    void saysWhatWasSaid_data();
    void saysWhatWasSaid();
    void inOneLineWithoutMarks_data();
    void inOneLineWithoutMarks();
    void marksWhatWasFound_data();
    void marksWhatWasFound();
};

namespace {
QString html(const QString &markdown)
{
    return safeHtml(markdown, {QStringLiteral("#0000ff"), QStringLiteral("#eeeeee")});
}

/// With what the query finds between «these».
QString found(const QString &markdown, const QByteArray &query)
{
    const QString html = safeHtml(markdown, {{}, {}, QStringLiteral("#111111"), QStringLiteral("#222222")},
                                  offline::FoundWords(query));
    static const QRegularExpression mark(
        QStringLiteral("<span style=\"color:#111111; background-color:#222222\">(.*?)</span>"));
    return QString(html).replace(mark, QStringLiteral("«\\1»"));
}
} // namespace

void TestSafeMarkdown::keeps_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("part");
    QTest::newRow("strong") << "a **b** c"
                            << "<b>b</b>";
    QTest::newRow("emphasis") << "a *b* c"
                              << "<i>b</i>";
    QTest::newRow("code") << "a `b<c` d"
                          << "b&lt;c</code>";
    QTest::newRow("fence") << "```\na < b\nc\n```"
                           << "a &lt; b\nc</pre>";
    QTest::newRow("list") << "- one\n- two"
                          << "<ul><li>one</li><li>two</li></ul>";
    QTest::newRow("numbers") << "1. one\n2. two"
                             << "<ol><li>one</li><li>two</li></ol>";
    QTest::newRow("quote") << "> said"
                           << "<blockquote>said</blockquote>";
    QTest::newRow("heading") << "# Big"
                             << "<p><b>";
    QTest::newRow("link") << "[here](https://example.org/a?b=1&c=2)"
                          << "<a href=\"https://example.org/a?b=1&amp;c=2\"";
    QTest::newRow("image is its description") << "![a cat](https://example.org/cat.png)"
                                              << "[a cat]";
}

void TestSafeMarkdown::keeps()
{
    QFETCH(QString, markdown);
    QFETCH(QString, part);
    QVERIFY2(html(markdown).contains(part), qPrintable(html(markdown)));
}

void TestSafeMarkdown::neverWrites_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("never");
    QTest::newRow("tags") << "<img src='https://evil.example/x.png'>"
                          << "<img";
    QTest::newRow("tags in a list") << "- <b onclick=x>y</b>"
                                    << "<b onclick";
    QTest::newRow("images") << "![](https://evil.example/x.png)"
                            << "evil.example";
    QTest::newRow("images of this computer") << "![x](file:///etc/passwd)"
                                             << "<img";
    QTest::newRow("scripts") << "[x](javascript:alert(1))"
                             << "javascript";
    QTest::newRow("files") << "[x](file:///etc/passwd)"
                           << "file:";
    QTest::newRow("breaking out of an attribute") << "[x](<https://e.example/\" onclick=\"y>)"
                                                  << "\" onclick";
    QTest::newRow("styles") << "<style>* {color: red}</style>"
                            << "<style";
    QTest::newRow("entities stay text") << "&lt;img src=x&gt;"
                                        << "<img";
}

void TestSafeMarkdown::neverWrites()
{
    QFETCH(QString, markdown);
    QFETCH(QString, never);
    QVERIFY2(!html(markdown).contains(never), qPrintable(html(markdown)));
}

void TestSafeMarkdown::opensFewLinks_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("isSafe");
    QTest::newRow("https") << "https://example.org/x" << true;
    QTest::newRow("http") << "http://example.org" << true;
    QTest::newRow("mail") << "mailto:a@example.org" << true;
    QTest::newRow("nothing") << "" << false;
    QTest::newRow("no host") << "https:///x" << false;
    QTest::newRow("script") << "javascript:alert(1)" << false;
    QTest::newRow("data") << "data:text/html,x" << false;
    QTest::newRow("file") << "file:///etc/passwd" << false;
    QTest::newRow("relative") << "/etc/passwd" << false;
    QTest::newRow("other program") << "steam://run/1" << false;
}

void TestSafeMarkdown::opensFewLinks()
{
    QFETCH(QString, link);
    QTEST(isSafeLink(link), "isSafe");
}

void TestSafeMarkdown::saysWhatWasSaid_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("plain") << "Room 4 or the usual call link";
    QTest::newRow("html") << "use <b> & </b> \"so\"";
    QTest::newRow("right to left") << QString::fromUtf8("مرحبا بالعالم");
    QTest::newRow("emoji") << QString::fromUtf8("done \xF0\x9F\x8E\x89");
}

/// Read as rich text, it is the same text.
void TestSafeMarkdown::saysWhatWasSaid()
{
    QFETCH(QString, text);
    QTextDocument shown;
    shown.setHtml(html(text));
    QCOMPARE(shown.toPlainText().trimmed(), text);
}
void TestSafeMarkdown::inOneLineWithoutMarks_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QString>("line");
    const auto row = [](const char *name, const char *markdown, const char *line) {
        QTest::newRow(name) << QString::fromUtf8(markdown) << QString::fromUtf8(line);
    };
    row("plain", "Two  words", "Two words");
    row("emphasis", "All **412** *tests* passed", "All 412 tests passed");
    row("link", "see [the log](https://ci.example/7)", "see the log");
    row("image", "![a cat](https://x.example/c.png) sits", "a cat sits");
    row("list", "- one\n- two", "one two");
    row("paragraphs", "one\n\ntwo\nthree", "one two three");
    row("code", "run `a_b_c`", "run a_b_c");
    row("tags stay text", "<b>x</b> & y", "<b>x</b> & y");
    row("names with lines below", "snake_case_name", "snake_case_name");
    row("nothing", "", "");
}

void TestSafeMarkdown::inOneLineWithoutMarks()
{
    QFETCH(QString, markdown);
    QFETCH(QString, line);
    QCOMPARE(plainLine(markdown), line);
}

void TestSafeMarkdown::marksWhatWasFound_data()
{
    QTest::addColumn<QString>("markdown");
    QTest::addColumn<QByteArray>("query");
    QTest::addColumn<QString>("part");
    const auto row = [](const char *name, const char *markdown, const char *query, const char *part) {
        QTest::newRow(name) << QString::fromUtf8(markdown) << QByteArray(query) << QString::fromUtf8(part);
    };
    row("plain", "Build failed", "fail", "<p>Build «fail»ed</p>");
    row("folded", "Das Café öffnet", "CAFE", "<p>Das «Café» öffnet</p>");
    row("across bold", "a **Bu**ild b", "build", "a <b>«Bu»</b>«ild» b");
    row("in a link", "[the log](https://x.example/log)", "log", ">«log»</a>");
    row("not in an address", "[x](https://x.example/log)", "log", "<a href=\"https://x.example/log\"");
    row("in code", "run `make test`", "test", "«test»</code>");
    row("in a block of code", "```\nmake test\nmake\n```", "make", "«make» test\n«make»</pre>");
    row("in a list", "- one\n- two", "two", "<li>«two»</li>");
    row("tags stay text", "<b>bold</b>", "bold", "&lt;b&gt;«bold»&lt;/b&gt;");
    row("an entity is one character", "a & b", "amp", "a &amp; b");
    row("nothing", "Build", "", "<p>Build</p>");
}

void TestSafeMarkdown::marksWhatWasFound()
{
    QFETCH(QString, markdown);
    QFETCH(QByteArray, query);
    QFETCH(QString, part);
    QVERIFY2(found(markdown, query).contains(part), qPrintable(found(markdown, query)));
}
} // namespace belfry::window

QTEST_MAIN(belfry::window::TestSafeMarkdown)
#include "tst_safe_markdown.moc"
