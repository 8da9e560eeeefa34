#include "bench/frame.h"

#include <QTest>
#include <vector>

using namespace belfry::bench;

namespace {
struct Seen
{
    Opcode opcode;
    std::string payload;
    friend bool operator==(const Seen &, const Seen &) = default;
};

/// Feeds `stream` in pieces of `step` bytes.
std::vector<Seen> parse(std::string stream, std::size_t step)
{
    FrameParser parser;
    std::vector<Seen> seen;
    for (std::size_t at = 0; at < stream.size(); at += step) {
        const std::size_t size = std::min(step, stream.size() - at);
        const bool sound =
            parser.feed(stream.data() + at, size, [&](const FrameHead &head, std::string_view payload) {
                seen.push_back({head.opcode, std::string(payload)});
                return true;
            });
        if (!sound)
            return {};
    }
    return seen;
}
} // namespace

class FrameTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void survivesEveryCut_data();
    void survivesEveryCut();
    void lengthsAreWrittenInTheShortestForm_data();
    void lengthsAreWrittenInTheShortestForm();
    void maskedTextIsNotReadableOnTheWire();
    void aGiantFrameBreaksTheStream();
    void aCallbackCanStopTheReading();
};

void FrameTest::survivesEveryCut_data()
{
    QTest::addColumn<bool>("masked");
    QTest::addColumn<int>("step");
    for (const int step : {1, 2, 3, 7, 125, 126, 127, 128, 129, 4096, 1'000'000}) {
        QTest::addRow("server, %d", step) << false << step;
        QTest::addRow("client, %d", step) << true << step;
    }
}

void FrameTest::survivesEveryCut()
{
    QFETCH(bool, masked);
    QFETCH(int, step);
    std::string stream;
    std::vector<Seen> sent;
    for (const std::size_t size : {0, 1, 125, 126, 127, 300, 65'535, 65'536}) {
        if (size > 300 && step < 125)
            continue; // 130,000 reads would show nothing that 600 don't
        const Opcode opcode = size == 1 ? Opcode::Ping : Opcode::Text;
        sent.push_back({opcode, std::string(size, static_cast<char>('a' + size % 26))});
        if (masked)
            appendMaskedFrame(stream, opcode, sent.back().payload, 0x11223344);
        else
            appendFrame(stream, opcode, sent.back().payload);
    }
    QVERIFY(parse(stream, static_cast<std::size_t>(step)) == sent);
}

void FrameTest::lengthsAreWrittenInTheShortestForm_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<QByteArray>("head");
    QTest::newRow("125") << 125 << QByteArray::fromHex("817d");
    QTest::newRow("126") << 126 << QByteArray::fromHex("817e007e");
    QTest::newRow("65535") << 65'535 << QByteArray::fromHex("817effff");
    QTest::newRow("65536") << 65'536 << QByteArray::fromHex("817f0000000000010000");
}

void FrameTest::lengthsAreWrittenInTheShortestForm()
{
    QFETCH(int, size);
    QFETCH(QByteArray, head);
    std::string frame;
    appendFrame(frame, Opcode::Text, std::string(static_cast<std::size_t>(size), 'x'));
    QCOMPARE(QByteArray::fromStdString(frame).left(head.size()), head);
    QCOMPARE(static_cast<qsizetype>(frame.size()), head.size() + size);
}

// The example of RFC 6455, section 5.7.
void FrameTest::maskedTextIsNotReadableOnTheWire()
{
    std::string frame;
    std::uint32_t mask = 0;
    std::memcpy(&mask, "\x37\xfa\x21\x3d", 4);
    appendMaskedFrame(frame, Opcode::Text, "Hello", mask);
    QCOMPARE(QByteArray::fromStdString(frame), QByteArray::fromHex("818537fa213d7f9f4d5158"));
}

void FrameTest::aGiantFrameBreaksTheStream()
{
    QByteArray head = QByteArray::fromHex("817f7fffffffffffffff");
    FrameParser parser;
    QVERIFY(!parser.feed(head.data(), static_cast<std::size_t>(head.size()),
                         [](const FrameHead &, std::string_view) { return true; }));
}

void FrameTest::aCallbackCanStopTheReading()
{
    std::string stream;
    appendFrame(stream, Opcode::Text, "one");
    appendFrame(stream, Opcode::Text, "two");
    FrameParser parser;
    int seen = 0;
    parser.feed(stream.data(), stream.size(),
                [&](const FrameHead &, std::string_view) { return ++seen > 1; });
    QCOMPARE(seen, 1);
}

QTEST_APPLESS_MAIN(FrameTest)
#include "tst_frame.moc"
