#include "protocol/words.h"

#include <QTest>

using namespace belfry::model;
using namespace belfry::protocol;

class TstWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyWordComesBack();
    void emptyIsNoWord();
    void foreignChannels();
};

namespace {
/// Number of values whose word leads back to them.
template<typename Enum, typename Find>
int known(int count, Find find)
{
    int good = 0;
    for (int i = 0; i < count; ++i) {
        const auto value = static_cast<Enum>(i);
        if (word(value).isEmpty() || find(word(value)) == std::optional(value))
            ++good;
    }
    return good;
}
} // namespace

void TstWords::everyWordComesBack()
{
    QCOMPARE(known<State>(9, stateFrom), 9);
    QCOMPARE(known<HoldReason>(6, holdReasonFrom), 6);
    QCOMPARE(known<SuppressReason>(5, suppressReasonFrom), 5);
    QCOMPARE(known<Urgency>(4, urgencyFrom), 4);
    QCOMPARE(known<Alert>(3, alertFrom), 3);
    QCOMPARE(known<Channel>(channelCount, channelFrom), channelCount);
    QCOMPARE(known<ChangeKind>(7, changeKindFrom), 7);
    QCOMPARE(known<OpSet>(11, opSetFrom), 11);
    // Numbers are stored and words are sent: both are fixed.
    QCOMPARE(word(State::Suppressed), QByteArrayView("suppressed"));
    QCOMPARE(word(SuppressReason::OwnAction), QByteArrayView("own_action"));
    QCOMPARE(word(HoldReason::WaitingSeen), QByteArrayView("waiting_seen"));
    QCOMPARE(word(ChangeKind::Alert), QByteArrayView("alert"));
    QCOMPARE(word(OpSet::Undo), QByteArrayView("undo"));
}

void TstWords::emptyIsNoWord()
{
    QVERIFY(!stateFrom(""));
    QVERIFY(!holdReasonFrom(""));
    QVERIFY(!suppressReasonFrom(""));
    QVERIFY(!urgencyFromForeign(QByteArrayView("")));
    QVERIFY(!urgencyFromForeign(11));
    QVERIFY(!urgencyFromForeign(-1));
}

void TstWords::foreignChannels()
{
    QCOMPARE(channelFrom("websocket"), std::optional(Channel::InApp));
    QCOMPARE(channelFrom("in-app"), std::optional(Channel::InApp));
    QVERIFY(!channelFrom("pigeon"));
}

QTEST_APPLESS_MAIN(TstWords)
#include "tst_words.moc"
