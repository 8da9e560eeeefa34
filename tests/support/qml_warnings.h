#pragma once

#include <QMutex>
#include <QStringList>
#include <QtGlobal>

namespace belfry::test {
/// What was complained of, by QML or anything else, since it was asked last; all of it is still told to who
/// listened before. One at a time; it may be made as often as a test makes a bed.
class QmlWarnings
{
public:
    QmlWarnings() { listen(); }
    ~QmlWarnings()
    {
        const QtMessageHandler top = qInstallMessageHandler(former());
        if (top != remember) // somebody listens above, and goes on
            qInstallMessageHandler(top);
        former() = first(); // Qt Test puts `remember` back when it ends, and takes no messages then
    }
    Q_DISABLE_COPY_MOVE(QmlWarnings)

    /// Above whoever began to listen since: Qt Quick Test does so with its first test.
    void listen()
    {
        const QtMessageHandler top = qInstallMessageHandler(remember);
        if (top == remember)
            return;
        former() = top;
        if (!first())
            first() = top;
    }
    [[nodiscard]] QStringList take()
    {
        const QMutexLocker lock(&mutex());
        return std::exchange(seen(), {});
    }

private:
    static void remember(QtMsgType type, const QMessageLogContext &context, const QString &text)
    {
        if (type == QtWarningMsg || type == QtCriticalMsg) {
            const QMutexLocker lock(&mutex());
            seen().append(text);
        }
        former()(type, context, text);
    }
    // Never destroyed: who ends last may still complain.
    static QMutex &mutex()
    {
        static QMutex &it = *new QMutex;
        return it;
    }
    static QStringList &seen()
    {
        static QStringList &it = *new QStringList;
        return it;
    }
    static QtMessageHandler &first()
    {
        static QtMessageHandler it = nullptr;
        return it;
    }
    static QtMessageHandler &former()
    {
        static QtMessageHandler it = nullptr;
        return it;
    }
};
} // namespace belfry::test
