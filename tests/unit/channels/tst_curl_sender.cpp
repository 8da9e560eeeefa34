#include "channels/curl_sender.h"
#include "support/wait_until.h"

#include <QTest>
#include <condition_variable>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>

using namespace belfry;
using namespace std::chrono_literals;

namespace {
/// Name servers that say nothing: who asks for a name under ".hangs" waits until they answer.
struct NameServers
{
    std::mutex mutex;
    std::condition_variable changed;
    bool answer = false;
    int waiting = 0;

    void wait()
    {
        std::unique_lock lock(mutex);
        ++waiting;
        changed.notify_all();
        changed.wait(lock, [this] { return answer; });
        --waiting;
        changed.notify_all();
    }
    [[nodiscard]] int asked()
    {
        const std::lock_guard lock(mutex);
        return waiting;
    }
    void answerAll()
    {
        std::unique_lock lock(mutex);
        answer = true;
        changed.notify_all();
        changed.wait(lock, [this] { return waiting == 0; });
    }
};

NameServers &nameServers()
{
    static NameServers servers;
    return servers;
}
} // namespace

/// Stands before libc's, for libcurl as well.
extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char *name, const char *service,
                                                                  const addrinfo *hints, addrinfo **found)
{
    if (name != nullptr && QByteArrayView(name).endsWith(".hangs")) {
        nameServers().wait();
        return EAI_AGAIN;
    }
    using Resolve = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const auto real = reinterpret_cast<Resolve>(dlsym(RTLD_NEXT, "getaddrinfo"));
    return real(name, service, hints, found);
}

class TestCurlSender : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { nameServers().answerAll(); }
    void nameServersThatDoNotAnswerHoldNothingUp();
};

void TestCurlSender::nameServersThatDoNotAnswerHoldNothingUp()
{
    channels::CurlSender::Options options;
    options.timeout = 300ms;
    auto sender = std::make_unique<channels::CurlSender>(channels::AddressGuard(), options);
    std::vector<channels::HttpReply> replies;
    const auto post = [&](const QByteArray &host) {
        sender->post({"http://" + host + "/", {}, {}},
                     [&](const channels::HttpReply &reply) { replies.push_back(reply); });
    };
    post("a.hangs");
    QVERIFY(test::waitUntil([&] { return !replies.empty(); }));
    QCOMPARE(replies[0].status, 0);
    QVERIFY(!replies[0].problem.isEmpty());
    QCOMPARE(nameServers().asked(), 1); // still

    post("b.hangs");
    QVERIFY(test::waitUntil([] { return nameServers().asked() == 2; }));
    sender.reset(); // with one under way
    QCOMPARE(nameServers().asked(), 2);
    QCOMPARE(replies.size(), 1u);
}

QTEST_GUILESS_MAIN(TestCurlSender)
#include "tst_curl_sender.moc"
