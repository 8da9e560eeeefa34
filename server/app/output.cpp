#include "app/output.h"

#include "app/logging.h"
#include "runtime/log.h"

#include <cstdio>

namespace belfry::app {
namespace {
void write(std::FILE *to, const QByteArray &line)
{
    const QByteArray whole = line + '\n';
    std::fwrite(whole.constData(), 1, static_cast<size_t>(whole.size()), to);
    std::fflush(to);
}
} // namespace

void printLine(const QByteArray &line)
{
    write(stdout, line);
}

void complainLine(const QByteArray &line)
{
    if (logFormat() == LogFormat::Json)
        qCCritical(lcApp, "%s", line.constData());
    else
        write(stderr, "belfryd: " + line);
}
} // namespace belfry::app
