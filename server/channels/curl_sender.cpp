#include "channels/curl_sender.h"

#include <QSocketNotifier>
#include <QTimer>
#include <curl/curl.h>
#include <mutex>
#include <sys/socket.h>
#include <unordered_map>

namespace belfry::channels {
namespace {
constexpr std::size_t maxAnswerBytes = 64 * 1024;

struct FreeHeaders
{
    void operator()(curl_slist *list) const { curl_slist_free_all(list); }
};
struct FreeEasy
{
    void operator()(CURL *easy) const { curl_easy_cleanup(easy); }
};
using Headers = std::unique_ptr<curl_slist, FreeHeaders>;
using Easy = std::unique_ptr<CURL, FreeEasy>;

/// One exchange. Its address is known to curl, so it stays where it is.
struct Transfer
{
    const AddressGuard &guard;
    HttpPost post;
    runtime::Reply<HttpReply> reply;
    Headers headers;
    std::size_t headerBytes = 0;
    std::size_t bodyBytes = 0;
    bool cut = false;     ///< the body was longer than anybody needs
    bool dialled = false; ///< an address was let through
    bool blocked = false; ///< another was not
    Easy easy;            ///< last: goes first
};

curl_socket_t openSocket(void *data, curlsocktype, curl_sockaddr *address)
{
    auto &transfer = *static_cast<Transfer *>(data);
    if (!transfer.guard.lets(&address->addr)) {
        transfer.blocked = true;
        return CURL_SOCKET_BAD;
    }
    transfer.dialled = true;
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t takeHeader(char *, std::size_t size, std::size_t count, void *data)
{
    auto &transfer = *static_cast<Transfer *>(data);
    transfer.headerBytes += size * count;
    return transfer.headerBytes > maxAnswerBytes ? 0 : size * count;
}

std::size_t takeBody(char *, std::size_t size, std::size_t count, void *data)
{
    auto &transfer = *static_cast<Transfer *>(data);
    transfer.bodyBytes += size * count;
    transfer.cut = transfer.bodyBytes > maxAnswerBytes;
    return transfer.cut ? 0 : size * count;
}

void addHeader(Headers &headers, const QByteArray &line)
{
    if (curl_slist *longer = curl_slist_append(headers.get(), line.constData())) {
        static_cast<void>(headers.release());
        headers.reset(longer);
    }
}

void prepareHeaders(Transfer &transfer)
{
    for (const auto &[name, value] : transfer.post.headers)
        addHeader(transfer.headers, name + ": " + value);
    addHeader(transfer.headers, "Expect:"); // no waiting for a 100
    addHeader(transfer.headers, "Accept: */*");
}

void prepare(Transfer &transfer, std::chrono::milliseconds timeout)
{
    CURL *easy = transfer.easy.get();
    prepareHeaders(transfer);
    curl_easy_setopt(easy, CURLOPT_URL, transfer.post.url.constData());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // A name that is being resolved when the time is up is left to its thread: joining it would hold up this
    // loop, and the stop, for as long as no name server answers.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "Belfry");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers.get());
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(transfer.post.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer.post.body.constData());
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, openSocket);
    curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, takeHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, takeBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
}

HttpReply replyOf(const Transfer &transfer, CURLcode result)
{
    HttpReply reply;
    if (result == CURLE_OK || transfer.cut) {
        long status = 0;
        curl_easy_getinfo(transfer.easy.get(), CURLINFO_RESPONSE_CODE, &status);
        curl_off_t wait = 0;
        curl_easy_getinfo(transfer.easy.get(), CURLINFO_RETRY_AFTER, &wait);
        reply.status = static_cast<int>(status);
        if (wait > 0)
            reply.retryAfter = std::chrono::seconds(wait);
        return reply;
    }
    reply.blocked = transfer.blocked && !transfer.dialled;
    reply.problem = reply.blocked ? "its address is not allowed" : curl_easy_strerror(result);
    return reply;
}

void initCurl()
{
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}
} // namespace

class CurlSender::Multi : public QObject
{
public:
    Multi(AddressGuard guard, Options options)
        : m_guard(std::move(guard))
        , m_options(options)
    {
        initCurl();
        m_multi = curl_multi_init();
        curl_multi_setopt(m_multi, CURLMOPT_SOCKETFUNCTION, &Multi::watch);
        curl_multi_setopt(m_multi, CURLMOPT_SOCKETDATA, this);
        curl_multi_setopt(m_multi, CURLMOPT_TIMERFUNCTION, &Multi::setTimer);
        curl_multi_setopt(m_multi, CURLMOPT_TIMERDATA, this);
        curl_multi_setopt(m_multi, CURLMOPT_MAX_HOST_CONNECTIONS,
                          static_cast<long>(options.connectionsPerHost));
        curl_multi_setopt(m_multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(options.connections));
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, this, [this] { act(CURL_SOCKET_TIMEOUT, 0); });
    }

    ~Multi() override
    {
        for (const auto &[easy, transfer] : m_transfers)
            curl_multi_remove_handle(m_multi, easy);
        m_transfers.clear();
        curl_multi_cleanup(m_multi); // closes kept connections, which takes their watches away
    }
    Q_DISABLE_COPY_MOVE(Multi)

    void add(HttpPost what, runtime::Reply<HttpReply> reply)
    {
        Easy easy(curl_easy_init());
        CURL *handle = easy.get();
        auto transfer = std::make_unique<Transfer>(Transfer{
            m_guard, std::move(what), std::move(reply), {}, 0, 0, false, false, false, std::move(easy)});
        prepare(*transfer, m_options.timeout);
        m_transfers.emplace(handle, std::move(transfer));
        curl_multi_add_handle(m_multi, handle); // begins by the timer that it asks for
    }

private:
    struct Watch
    {
        QSocketNotifier read;
        QSocketNotifier write;
        explicit Watch(curl_socket_t socket)
            : read(socket, QSocketNotifier::Read)
            , write(socket, QSocketNotifier::Write)
        {
        }
    };

    static int watch(CURL *, curl_socket_t socket, int what, void *self, void *)
    {
        static_cast<Multi *>(self)->watchSocket(socket, what);
        return 0;
    }

    static int setTimer(CURLM *, long milliseconds, void *self)
    {
        QTimer &timer = static_cast<Multi *>(self)->m_timer;
        if (milliseconds < 0)
            timer.stop();
        else
            timer.start(std::chrono::milliseconds(milliseconds));
        return 0;
    }

    void watchSocket(curl_socket_t socket, int what)
    {
        if (what == CURL_POLL_REMOVE) {
            // Not now: this may be called on behalf of the very notifier that goes.
            if (const auto it = m_watches.find(socket); it != m_watches.end()) {
                it->second->read.setEnabled(false);
                it->second->write.setEnabled(false);
                m_gone.push_back(std::move(it->second));
                m_watches.erase(it);
                QMetaObject::invokeMethod(
                    this, [this] { m_gone.clear(); }, Qt::QueuedConnection);
            }
            return;
        }
        Watch &sockets = watchOf(socket);
        sockets.read.setEnabled((what & CURL_POLL_IN) != 0);
        sockets.write.setEnabled((what & CURL_POLL_OUT) != 0);
    }

    Watch &watchOf(curl_socket_t socket)
    {
        std::unique_ptr<Watch> &made = m_watches[socket];
        if (!made) {
            made = std::make_unique<Watch>(socket);
            QObject::connect(&made->read, &QSocketNotifier::activated, this,
                             [this, socket] { act(socket, CURL_CSELECT_IN); });
            QObject::connect(&made->write, &QSocketNotifier::activated, this,
                             [this, socket] { act(socket, CURL_CSELECT_OUT); });
        }
        return *made;
    }

    void act(curl_socket_t socket, int events)
    {
        int running = 0;
        curl_multi_socket_action(m_multi, socket, events, &running);
        finishDone();
    }

    void finishDone()
    {
        int left = 0;
        while (CURLMsg *message = curl_multi_info_read(m_multi, &left)) {
            if (message->msg != CURLMSG_DONE)
                continue;
            const CURLcode result = message->data.result;
            auto found = m_transfers.extract(message->easy_handle);
            curl_multi_remove_handle(m_multi, found.key()); // `message` is void from here on
            Transfer &transfer = *found.mapped();
            transfer.reply(replyOf(transfer, result));
        }
    }

    const AddressGuard m_guard;
    const Options m_options;
    CURLM *m_multi = nullptr;
    QTimer m_timer;
    std::unordered_map<curl_socket_t, std::unique_ptr<Watch>> m_watches;
    std::vector<std::unique_ptr<Watch>> m_gone;
    std::unordered_map<CURL *, std::unique_ptr<Transfer>> m_transfers;
};

CurlSender::CurlSender(AddressGuard guard, Options options)
    : m_multi(std::make_unique<Multi>(std::move(guard), options))
{
}

CurlSender::~CurlSender() = default;

void CurlSender::post(HttpPost what, runtime::Reply<HttpReply> reply)
{
    m_multi->add(std::move(what), std::move(reply));
}
} // namespace belfry::channels
