#include "runtime/task.h"

#include <QTest>
#include <memory>

using belfry::runtime::Task;
using belfry::runtime::UniqueFunction;

static_assert(!std::is_copy_constructible_v<Task>);
static_assert(std::is_nothrow_move_constructible_v<Task>, "a growing vector of tasks moves them");

class TstTask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyAndFull();
    void ownsMoveOnlyThings();
    void argumentsAndResultsMayBeMoveOnly();
    void referencesPassThrough();
    void movedFromIsEmpty();
    void theCallableDiesOnceWithIt();
    void aNamedCallableIsCopiedIn();
};

void TstTask::emptyAndFull()
{
    QVERIFY(!Task());
    QVERIFY(!Task(nullptr));
    QVERIFY(Task([] {}));
}

void TstTask::ownsMoveOnlyThings()
{
    int seen = 0;
    Task task = [value = std::make_unique<int>(7), &seen] { seen = *value; };
    task();
    QCOMPARE(seen, 7);
}

void TstTask::argumentsAndResultsMayBeMoveOnly()
{
    UniqueFunction<std::unique_ptr<int>(std::unique_ptr<int>)> doubled = [](std::unique_ptr<int> value) {
        *value *= 2;
        return value;
    };
    QCOMPARE(*doubled(std::make_unique<int>(21)), 42);
}

void TstTask::referencesPassThrough()
{
    UniqueFunction<void(int &)> increment = [](int &value) { ++value; };
    int value = 1;
    increment(value);
    QCOMPARE(value, 2);
}

void TstTask::movedFromIsEmpty()
{
    int calls = 0;
    Task one = [&calls] { ++calls; };
    Task two = std::move(one);
    QVERIFY(!one); // NOLINT(bugprone-use-after-move): promised
    two();
    one = std::move(two);
    one();
    QCOMPARE(calls, 2);
}

void TstTask::theCallableDiesOnceWithIt()
{
    auto owned = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = owned;
    Task task = [held = std::move(owned)] {};
    Task other = std::move(task);
    QVERIFY(!watched.expired());
    other = nullptr;
    QVERIFY(watched.expired());
}

void TstTask::aNamedCallableIsCopiedIn()
{
    int sum = 0;
    const auto add = [&sum] { ++sum; };
    Task one = add;
    Task two = add;
    one();
    two();
    QCOMPARE(sum, 2);
}

QTEST_GUILESS_MAIN(TstTask)
#include "tst_task.moc"
