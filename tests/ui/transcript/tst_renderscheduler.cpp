// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "transcript/renderscheduler.h"

#include <QTest>

using namespace diptych;

namespace {

struct Worker : Renderable {
    bool renderFrame(const QDeadlineTimer &deadline) override
    {
        ++turns;
        if (isGreedy) {
            while (!deadline.hasExpired()) { }
        }
        return turns < wanted;
    }

    int turns = 0;
    int wanted = 1;
    bool isGreedy = false;
};

} // namespace

class TestRenderScheduler : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rendersOnceForManyRequests();
    void givesEveryoneATurn();
    void removedIsNotRendered();
};

void TestRenderScheduler::rendersOnceForManyRequests()
{
    RenderScheduler scheduler;
    Worker worker;
    for (int i = 0; i < 100; ++i)
        scheduler.schedule(&worker);
    QCOMPARE(worker.turns, 0);
    QTRY_VERIFY(scheduler.isIdle());
    QCOMPARE(worker.turns, 1);
}

void TestRenderScheduler::givesEveryoneATurn()
{
    RenderScheduler scheduler;
    std::vector<Worker> workers(4);
    for (Worker &worker : workers) {
        worker.isGreedy = true;
        worker.wanted = 3;
        scheduler.schedule(&worker);
    }
    // Each uses up a whole frame, so none may get its second turn before all had their first.
    QTRY_VERIFY(workers[0].turns == 2);
    for (const Worker &worker : workers)
        QVERIFY(worker.turns >= 1);
    QTRY_VERIFY(scheduler.isIdle());
    for (const Worker &worker : workers)
        QCOMPARE(worker.turns, 3);
}

void TestRenderScheduler::removedIsNotRendered()
{
    RenderScheduler scheduler;
    Worker stays;
    Worker goes;
    scheduler.schedule(&goes);
    scheduler.schedule(&stays);
    scheduler.remove(&goes);
    QTRY_COMPARE(stays.turns, 1);
    QCOMPARE(goes.turns, 0);
}

QTEST_MAIN(TestRenderScheduler)
#include "tst_renderscheduler.moc"
