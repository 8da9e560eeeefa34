#include "app/command_end.h"

#include "app/output.h"

#include <QCoreApplication>

namespace belfry::app {
int complain(const QByteArray &what, int code)
{
    complainLine(what);
    return code;
}

int complain(const model::Error &error)
{
    return complain(error.detail, error.code == model::ErrorCode::Invalid ? ExitUsage : ExitFailure);
}

int waitFor(const std::function<void(Printed)> &ask)
{
    int code = ExitFailure;
    bool answered = false;
    ask([&](model::Result<QByteArray> answer) {
        answered = true;
        if (answer) {
            printLine(*answer);
            code = ExitWell;
        } else {
            code = complain(answer.error());
        }
        QCoreApplication::quit();
    });
    if (!answered)
        QCoreApplication::exec();
    return code;
}

QByteArray option(const CommandLine &line, const char *name)
{
    return line.options.value(QString::fromLatin1(name)).toUtf8();
}
} // namespace belfry::app
