#include "model/event_filter.h"

#include <QTest>
#include <functional>

using namespace belfry::model;

namespace {
constexpr Instant made{1'700'000'000'000'000};

Notification sample()
{
    Notification item;
    item.id = Uuid::firstAt(made);
    item.event = {7, 7};
    item.user.text = "ada";
    item.state = State::Done;
    item.createdAt = made - days(1); // the clock was set back
    item.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    return item;
}
} // namespace

class TestEventFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void acceptsAll();
    void eachMemberCounts();
};

void TestEventFilter::acceptsAll()
{
    QVERIFY(EventFilter().accepts(sample()));
}

void TestEventFilter::eachMemberCounts()
{
    using Ask = std::function<void(EventFilter &, bool)>;
    const std::vector<std::pair<const char *, Ask>> table{
        {"user", [](EventFilter &f, bool fits) { f.user.text = fits ? "ada" : "ben"; }},
        {"type", [](EventFilter &f, bool fits) { f.type = fits ? "general" : "chat"; }},
        {"state", [](EventFilter &f, bool fits) { f.state = fits ? State::Done : State::Held; }},
        {"id",
         [](EventFilter &f, bool fits) {
             f.id = fits ? Uuid::firstAt(made) : Uuid{1, 1};
         }},
        {"event",
         [](EventFilter &f, bool fits) {
             f.event = fits ? Uuid{7, 7} : Uuid{7, 8};
         }},
        {"trace",
         [](EventFilter &f, bool fits) {
             f.trace = fits ? "4bf92f3577b34da6a3ce929d0e0e4736" : "00f067aa0ba902b700f067aa0ba902b7";
         }},
        {"since", [](EventFilter &f, bool fits) { f.since = fits ? made : Instant{made.us + 1}; }},
        {"until", [](EventFilter &f, bool fits) { f.until = fits ? Instant{made.us + 1} : made; }},
    };
    for (const auto &[name, ask] : table) {
        for (const bool fits : {true, false}) {
            EventFilter filter;
            ask(filter, fits);
            QVERIFY2(filter.accepts(sample()) == fits, name);
        }
    }
}

QTEST_GUILESS_MAIN(TestEventFilter)
#include "tst_event_filter.moc"
