#pragma once

#include <QCoreApplication>
#include <QTest>

/// Where the tests of a folder are one program (BELFRY_UNITY), this stands before each of their files: the
/// macros at their ends then make entries of one list instead of main functions. `unit_service tst_ops` runs
/// one of them.
namespace belfry::test {
class RegisteredTest
{
public:
    using Run = int (*)(int argc, char **argv);
    RegisteredTest(const char *file, Run run);
};

template<typename Test>
int runWithApplication(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    Test test;
    return QTest::qExec(&test, argc, argv);
}

template<typename Test>
int runWithoutApplication(int argc, char **argv)
{
    Test test;
    return QTest::qExec(&test, argc, argv);
}
} // namespace belfry::test

#define BELFRY_CONCAT_(a, b) a##b
#define BELFRY_CONCAT(a, b) BELFRY_CONCAT_(a, b)
#define BELFRY_REGISTER_TEST(run)                                                                            \
    static const belfry::test::RegisteredTest BELFRY_CONCAT(registeredTest, __COUNTER__)(__FILE__, run);
#undef QTEST_GUILESS_MAIN
#undef QTEST_APPLESS_MAIN
#define QTEST_GUILESS_MAIN(Test) BELFRY_REGISTER_TEST(&belfry::test::runWithApplication<Test>)
#define QTEST_APPLESS_MAIN(Test) BELFRY_REGISTER_TEST(&belfry::test::runWithoutApplication<Test>)
