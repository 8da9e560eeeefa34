#include "support/test_main.h"

#include <QFileInfo>
#include <cstdio>
#include <map>

namespace belfry::test {
namespace {
std::map<QString, RegisteredTest::Run> &registered()
{
    static std::map<QString, RegisteredTest::Run> tests;
    return tests;
}
} // namespace

RegisteredTest::RegisteredTest(const char *file, Run run)
{
    registered().emplace(QFileInfo(QString::fromLocal8Bit(file)).completeBaseName(), run);
}
} // namespace belfry::test

int main(int argc, char **argv)
{
    auto &tests = belfry::test::registered();
    const auto wanted = argc > 1 ? tests.find(QString::fromLocal8Bit(argv[1])) : tests.end();
    if (wanted == tests.end()) {
        std::fputs("Name one of these, and then what Qt Test takes:\n", stderr);
        for (const auto &[name, run] : tests)
            std::fprintf(stderr, "  %s\n", qPrintable(name));
        return 2;
    }
    argv[1] = argv[0];
    return wanted->second(argc - 1, argv + 1);
}
