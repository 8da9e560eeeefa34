#include "counted_way.h"

#include <QEventLoop>
#include <QTcpServer>
#include <QTcpSocket>

namespace belfry::store {
CountedWay::CountedWay(const QByteArray &url)
    : m_url(QString::fromUtf8(url))
{
    const auto port = static_cast<quint16>(m_url.port());
    m_thread = std::thread([this, port] { run(port); });
    m_isListening.acquire();
}

CountedWay::~CountedWay()
{
    QMetaObject::invokeMethod(m_loop, &QEventLoop::quit, Qt::QueuedConnection);
    m_thread.join();
}

void CountedWay::run(quint16 port)
{
    QEventLoop loop;
    m_loop = &loop;
    QTcpServer listener;
    QObject::connect(&listener, &QTcpServer::newConnection, &listener, [this, &listener, port] {
        while (QTcpSocket *near = listener.nextPendingConnection())
            join(near, port);
    });
    if (!listener.listen(QHostAddress::LocalHost))
        qFatal("no port: %s", qPrintable(listener.errorString()));
    m_url.setPort(listener.serverPort());
    m_isListening.release();
    loop.exec();
}

void CountedWay::join(QTcpSocket *near, quint16 port)
{
    auto *far = new QTcpSocket(near);
    near->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    QObject::connect(far, &QTcpSocket::connected, far,
                     [far] { far->setSocketOption(QAbstractSocket::LowDelayOption, 1); });
    QObject::connect(near, &QTcpSocket::readyRead, far, [this, near, far] { pass(*near, *far); });
    QObject::connect(far, &QTcpSocket::readyRead, near, [this, near, far] {
        const QByteArray bytes = far->readAll();
        m_bytes += bytes.size();
        near->write(bytes);
    });
    QObject::connect(far, &QTcpSocket::disconnected, near, [near] { near->disconnectFromHost(); });
    QObject::connect(near, &QTcpSocket::disconnected, near, &QObject::deleteLater);
    far->connectToHost(QHostAddress::LocalHost, port);
}

void CountedWay::pass(QTcpSocket &near, QTcpSocket &far)
{
    const QByteArray bytes = near.readAll();
    far.write(bytes);
    {
        const std::lock_guard lock(m_mutex);
        if (m_fatal.isEmpty() || !bytes.contains(m_fatal))
            return;
        m_fatal.clear();
    }
    far.disconnect(&near); // no answer
    far.disconnectFromHost();
    if (far.state() != QAbstractSocket::UnconnectedState)
        far.waitForDisconnected();
    near.abort();
}

void CountedWay::breakAfter(const QByteArray &words)
{
    const std::lock_guard lock(m_mutex);
    m_fatal = words;
}
} // namespace belfry::store
