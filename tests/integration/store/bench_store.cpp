// What the store alone costs: writer lane, readers, search. Not a test; docs/benchmarks.md says how to run
// it.
//
//   belfry-store-bench write URL COUNT IN_FLIGHT USERS    durable writes, closed loop
//   belfry-store-bench read URL ROUNDS USERS              list, counts, snapshot, search over what is stored
//   belfry-store-bench upto URL ITEMS                     ops on everything of one user, and who waits for
//   them

#include "store_driver.h"

#include <QElapsedTimer>
#include <cstdio>
#include <ctime>

namespace belfry::store {
namespace {
double cpuSeconds(clockid_t clock)
{
    timespec at{};
    clock_gettime(clock, &at);
    return double(at.tv_sec) + double(at.tv_nsec) / 1e9;
}

model::Text userOf(int number)
{
    return "user-" + QByteArray::number(number);
}

struct Bench
{
    Bench(ports::Store &openedStore, runtime::FakeClock &fakeClock)
        : store(openedStore)
        , driver(openedStore, fakeClock)
    {
    }
    void write(int count, int inFlight, int users);
    void read(int rounds, int users);
    void upTo(int items);
    void post(int users);
    template<typename Call>
    void measure(const char *name, int rounds, Call call);

    ports::Store &store;
    StoreDriver driver;
    runtime::SystemClock system;
    QEventLoop loop;
    int left = 0;
    int open = 0;
    quint32 random = 1;
};

void Bench::post(int users)
{
    random = random * 1664525 + 1013904223;
    driver.clock().set(system.now());
    model::Content content =
        StoreDriver::content("Build " + QByteArray::number(left) + " finished", QByteArray(120, 'x'));
    content.message =
        "Pipeline " + QByteArray::number(random % 5000) + " of team " + QByteArray::number(random % 97) +
        " went green after a short delay in the test stage, see the report for the details of this run";
    ports::Submit submit = driver.submitOf({userOf(int((random >> 8) % quint32(users)))}, std::move(content));
    ++open;
    --left;
    driver.inbox().submit(driver.home(), std::move(submit), [this, users](const auto &result) {
        if (!result)
            qFatal("%s", result.error().detail.constData());
        --open;
        if (left > 0)
            post(users);
        else if (open == 0)
            loop.quit();
    });
}

void Bench::write(int count, int inFlight, int users)
{
    left = count;
    QElapsedTimer timer;
    timer.start();
    const double process = cpuSeconds(CLOCK_PROCESS_CPUTIME_ID);
    const double own = cpuSeconds(CLOCK_THREAD_CPUTIME_ID);
    for (int i = 0; i < inFlight && left > 0; ++i)
        post(users);
    loop.exec();
    const double seconds = double(timer.nsecsElapsed()) / 1e9;
    const double caller = cpuSeconds(CLOCK_THREAD_CPUTIME_ID) - own;
    const double lane = cpuSeconds(CLOCK_PROCESS_CPUTIME_ID) - process - caller;
    const auto &probe = store.probe();
    std::printf("{\"run\":\"write\",\"per_second\":%.0f,\"store_us_each\":%.2f,\"caller_us_each\":%.2f,"
                "\"batch\":%.1f,\"commit_us\":%.0f,\"search_lag\":%lld}\n",
                count / seconds, lane / count * 1e6, caller / count * 1e6,
                double(probe.writes.value()) / double(probe.commits.value()),
                double(probe.commitTime.sum()) / double(probe.commits.value()),
                static_cast<long long>(store.probe().searchLag.value()));
}

template<typename Call>
void Bench::measure(const char *name, int rounds, Call call)
{
    std::vector<double> times;
    QElapsedTimer timer;
    for (int i = 0; i < rounds; ++i) {
        random = random * 1664525 + 1013904223;
        timer.start();
        call(random >> 8);
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) { return times[std::size_t(part * double(times.size() - 1))]; };
    std::printf("{\"run\":\"%s\",\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f}\n", name, at(0.5), at(0.99),
                at(1));
}

void Bench::read(int rounds, int users)
{
    const auto query = [&](quint32 r, int limit, const model::Text &search = {}) {
        ports::InboxQuery asked;
        asked.user.text = userOf(int(r % quint32(users)));
        asked.limit = limit;
        asked.search = search;
        return driver.list(std::move(asked));
    };
    measure("counts", rounds, [&](quint32 r) { driver.state(userOf(int(r % quint32(users)))); });
    measure("list 50", rounds, [&](quint32 r) { query(r, 50); });
    measure("snapshot 500", rounds, [&](quint32 r) { query(r, 500); });
    measure("search rare", rounds, [&](quint32 r) { query(r, 50, "pipe " + QByteArray::number(r % 5000)); });
    measure("search common", rounds, [&](quint32 r) { query(r, 50, "build finished"); });
}

void Bench::upTo(int items)
{
    // "user-0" has all of them, and one that no op takes.
    model::Content critical = StoreDriver::content("ack me");
    critical.critical = true;
    driver.clock().set(system.now());
    driver.send(userOf(0), critical);
    write(items - 1, 256, 1);
    for (const model::OpSet set :
         {model::OpSet::Seen, model::OpSet::Read, model::OpSet::Archive, model::OpSet::Delete}) {
        driver.clock().set(system.now());
        QElapsedTimer timer;
        timer.start();
        driver.inbox().applyOps(driver.home(), {userOf(0)}, {driver.op(set, model::UpTo{items * 2})},
                                driver.now(), [](const auto &) {});
        driver.send(userOf(1), "somebody else's");
        const double waited = double(timer.nsecsElapsed()) / 1e6;
        const auto log = driver.log(userOf(0), items);
        std::printf("{\"run\":\"upto\",\"set\":%d,\"others_wait_ms\":%.1f,\"log_rows\":%zu}\n",
                    static_cast<int>(set), waited, log->changes.size());
        driver.clock().set(system.now());
        if (set == model::OpSet::Archive)
            driver.ops(userOf(0), {driver.op(model::OpSet::Unarchive, model::UpTo{items * 2})});
    }
}

int run(const QStringList &arguments)
{
    if (arguments.size() < 4) {
        std::fprintf(stderr, "usage: belfry-store-bench write URL COUNT IN_FLIGHT USERS | read URL ROUNDS "
                             "USERS | upto URL ITEMS\n");
        return 2;
    }
    runtime::FakeClock clock;
    StoreOptions options;
    options.url = arguments[2].toUtf8();
    const auto store = openStore(options, clock);
    QElapsedTimer timer;
    timer.start();
    if (const auto started = store->start(); !started) {
        std::fprintf(stderr, "%s\n", started.error().detail.constData());
        return 1;
    }
    std::printf("{\"run\":\"open\",\"ms\":%.1f}\n", double(timer.nsecsElapsed()) / 1e6);
    Bench bench(*store, clock);
    if (arguments[1] == QStringLiteral("write"))
        bench.write(arguments[3].toInt(), arguments.value(4).toInt(),
                    arguments.value(5, QStringLiteral("1000")).toInt());
    else if (arguments[1] == QStringLiteral("upto"))
        bench.upTo(arguments[3].toInt());
    else
        bench.read(arguments[3].toInt(), arguments.value(4).toInt());
    store->stop();
    return 0;
}
} // namespace
} // namespace belfry::store

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    return belfry::store::run(QCoreApplication::arguments());
}
