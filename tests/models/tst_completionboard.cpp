// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/completionboard.h"
#include "models/sweepmodel.h"

#include "api/capabilitybook.h"
#include "scriptedprovider.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace diptych;

using State = CompletionOutcome::State;

class TestCompletionBoard : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void columnsWithoutModelAreNotAsked();
    void unknownColumns();
    void removedColumnsComeBackWithTheirAnswers();
    void removingStops();
    void swappingStopsAndKeepsTheAnswer();
    void routeOfAnotherModelIsForgotten();
    void oneColumnIsAskedAgain();
    void askingStopsWhatWasUnderWay();
    void allColumnsGetTheSamePrompt();
    void routesReachTheRun();
    void emptySweep();
    void sweepCells();
    void sweepOfSeveralModels();
    void errorInOneCell();
    void sweepIsStopped();

private:
    [[nodiscard]] ModelRef ref(const char *model) const { return {QStringLiteral("e"), QLatin1String(model)}; }
    [[nodiscard]] ScriptedCompletionReply &reply(std::size_t index) { return *m_provider->completions.at(index); }

    ScriptedProvider *m_provider = nullptr;
    std::unique_ptr<Connections> m_connections;
    std::unique_ptr<CompletionBoard> m_board;
    std::unique_ptr<SweepModel> m_sweep;
};

void TestCompletionBoard::init()
{
    m_board.reset();
    m_sweep.reset();
    m_connections = std::make_unique<Connections>([this](const Endpoint &endpoint) {
        auto provider = std::make_unique<ScriptedProvider>(endpoint);
        m_provider = provider.get();
        return provider;
    });
    m_connections->add({.id = QStringLiteral("e")});
    m_board = std::make_unique<CompletionBoard>(*m_connections);
    m_sweep = std::make_unique<SweepModel>(*m_connections);
}

void TestCompletionBoard::columnsWithoutModelAreNotAsked()
{
    const int empty = m_board->add({});
    const int gone = m_board->add({QStringLiteral("gone"), QStringLiteral("m")});
    m_board->ask({.prompt = QStringLiteral("Once")});
    QCoreApplication::processEvents();
    QVERIFY(!m_board->job(empty));
    QCOMPARE(m_board->outcome(gone)->state, State::Failed);
    QVERIFY(!m_board->isRunning());
    QCOMPARE(m_board->results().size(), 1U);
}

void TestCompletionBoard::unknownColumns()
{
    m_board->remove(9);
    m_board->restore();
    m_board->setModel(9, ref("a"));
    m_board->setRoute(9, CompletionRoute::Chat);
    m_board->ask(9, {});
    m_board->stop(9);
    m_board->retryNow(9);
    QVERIFY(!m_board->column(9));
    QVERIFY(!m_board->outcome(9));
    QVERIFY(!m_board->isRunning(9));
    QVERIFY(!m_board->canRestore());
    QVERIFY(m_board->columns().empty());
}

void TestCompletionBoard::removedColumnsComeBackWithTheirAnswers()
{
    m_board->add(ref("a"));
    const int middle = m_board->add(ref("b"));
    m_board->add(ref("c"));
    m_board->ask({.prompt = QStringLiteral("Once")});
    QCoreApplication::processEvents();
    reply(1).text(QStringLiteral(" upon"));
    m_board->remove(middle);
    QCOMPARE(m_board->columns().size(), 2U);
    m_board->restore();
    QCOMPARE(m_board->columns().at(1).id, middle);
    QCOMPARE(m_board->outcome(middle)->response.text(), QStringLiteral(" upon"));
    QVERIFY(!m_board->canRestore());
}

void TestCompletionBoard::removingStops()
{
    const int id = m_board->add(ref("a"));
    m_board->ask({});
    QCoreApplication::processEvents();
    m_board->remove(id);
    QVERIFY(!m_provider->completions[0] || m_provider->completions[0]->isFinished());
    QVERIFY(!m_board->isRunning());
}

void TestCompletionBoard::swappingStopsAndKeepsTheAnswer()
{
    const int id = m_board->add(ref("a"));
    m_board->ask({.prompt = QStringLiteral("Once")});
    QCoreApplication::processEvents();
    reply(0).text(QStringLiteral(" upon"));
    m_board->setModel(id, ref("b"));
    QCOMPARE(m_board->outcome(id)->state, State::Stopped);
    QCOMPARE(m_board->outcome(id)->response.text(), QStringLiteral(" upon"));
    QCOMPARE(m_board->job(id)->request.model, QStringLiteral("a"));
    QCOMPARE(m_board->column(id)->model.model, QStringLiteral("b"));
}

void TestCompletionBoard::routeOfAnotherModelIsForgotten()
{
    const int id = m_board->add(ref("a"));
    m_board->setRoute(id, CompletionRoute::Chat);
    QSignalSpy changed(m_board.get(), &CompletionBoard::columnChanged);
    m_board->setRoute(id, CompletionRoute::Chat);
    m_board->setModel(id, ref("a"));
    QCOMPARE(changed.size(), 0);
    m_board->setModel(id, ref("b"));
    QCOMPARE(m_board->column(id)->route, CompletionRoute::Automatic);
}

void TestCompletionBoard::oneColumnIsAskedAgain()
{
    const int first = m_board->add(ref("a"));
    const int second = m_board->add(ref("b"));
    m_board->ask({});
    QCoreApplication::processEvents();
    reply(0).finishWith();
    reply(1).text(QStringLiteral("x"));
    m_board->ask(first, {});
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 3U);
    QVERIFY(m_board->isRunning(first));
    QCOMPARE(m_board->outcome(second)->response.text(), QStringLiteral("x"));
}

void TestCompletionBoard::askingStopsWhatWasUnderWay()
{
    const int id = m_board->add(ref("a"));
    m_board->ask({});
    QCoreApplication::processEvents();
    const QPointer<ScriptedCompletionReply> before = m_provider->completions[0];
    m_board->ask({});
    QVERIFY(!before);
    QCOMPARE(m_board->outcome(id)->state, State::Waiting);
}

void TestCompletionBoard::allColumnsGetTheSamePrompt()
{
    m_board->add(ref("a"));
    m_board->add(ref("b"));
    QSignalSpy started(m_board.get(), &CompletionBoard::replyStarted);
    m_board->ask({.prompt = QStringLiteral("Once"), .logprobs = 2});
    QCoreApplication::processEvents();
    QCOMPARE(reply(0).request().model, QStringLiteral("a"));
    QCOMPARE(reply(1).request().model, QStringLiteral("b"));
    QCOMPARE(reply(1).request().prompt, QStringLiteral("Once"));
    QCOMPARE(reply(1).request().logprobs, 2);
    QCOMPARE(started.size(), 2);
    m_board->stop();
    QVERIFY(!m_board->isRunning());
}

void TestCompletionBoard::routesReachTheRun()
{
    const int id = m_board->add(ref("a"), CompletionRoute::Chat);
    m_board->ask({.prompt = QStringLiteral("Once")});
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->chats.size(), 1U);
    QVERIFY(!m_board->outcome(id)->bridge.isEmpty());
}

void TestCompletionBoard::emptySweep()
{
    const QAbstractItemModelTester tester(m_sweep.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(m_sweep->isEmpty());
    QCOMPARE(m_sweep->rowCount(), 0);
    QVERIFY(!m_sweep->job({}));
    m_sweep->stop();
    m_sweep->start({});
    QCoreApplication::processEvents();
    QCOMPARE(m_sweep->rowCount(), 0);
    QVERIFY(!m_sweep->isRunning());
}

void TestCompletionBoard::sweepCells()
{
    const QAbstractItemModelTester tester(m_sweep.get(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_sweep->start({.models = {ref("a")}, .temperatures = {0, 1}, .topPs = {0.5}});
    QCOMPARE(m_sweep->rowCount(), 2);
    QCOMPARE(m_sweep->columnCount(), 1);
    QCOMPARE(m_sweep->headerData(1, Qt::Vertical, Qt::DisplayRole).toString(), QStringLiteral("temperature 1"));
    QCOMPARE(m_sweep->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("top_p 0.5"));
    QCoreApplication::processEvents();
    QSignalSpy changed(m_sweep.get(), &QAbstractItemModel::dataChanged);
    reply(1).text(QStringLiteral("hot"));
    QCOMPARE(changed.last()[0].toModelIndex(), m_sweep->index(1, 0));
    QCOMPARE(m_sweep->index(1, 0).data().toString(), QStringLiteral("hot"));
    QCOMPARE(m_sweep->job(m_sweep->index(1, 0))->request.sampling.temperature, 1.0);
    reply(0).finishWith();
    reply(1).finishWith();
    QCOMPARE(m_sweep->done(), 2);
    QCOMPARE(m_sweep->total(), 2);
    QVERIFY(!m_sweep->isRunning());
    QCOMPARE(m_sweep->results().size(), 2U);
}

void TestCompletionBoard::sweepOfSeveralModels()
{
    m_sweep->start({.models = {ref("a"), ref("b")},
        .routes = {CompletionRoute::Automatic, CompletionRoute::Chat},
        .temperatures = {0, 1}});
    QCoreApplication::processEvents();
    QCOMPARE(m_provider->completions.size(), 2U);
    QCOMPARE(m_provider->chats.size(), 1U); // three at a time
    m_provider->chats[0]->text(QStringLiteral("b0"));
    QCOMPARE(m_sweep->index(0, 0).data().toString(), QString());
    m_sweep->showModel(1);
    m_sweep->showModel(7);
    QCOMPARE(m_sweep->shownModel(), 1);
    QCOMPARE(m_sweep->index(0, 0).data().toString(), QStringLiteral("b0"));
    QVERIFY(m_sweep->headerData(0, Qt::Horizontal, Qt::DisplayRole).toString().contains(QStringLiteral("top_p")));
}

void TestCompletionBoard::errorInOneCell()
{
    m_sweep->start({.models = {ref("a")}, .temperatures = {0, 1}});
    QCoreApplication::processEvents();
    reply(0).failWith({.kind = Error::Kind::Unsupported,
        .httpStatus = 422,
        .message = QStringLiteral("too cold"),
        .parameter = QStringLiteral("temperature")});
    reply(1).text(QStringLiteral("fine"));
    reply(1).finishWith();
    QCOMPARE(m_sweep->failures(), 1);
    QCOMPARE(m_sweep->index(0, 0).data().toString(), QStringLiteral("too cold"));
    QCOMPARE(m_sweep->index(0, 0).data(SweepModel::MetricsRole).toString(), QStringLiteral("failed"));
    QCOMPARE(m_sweep->index(1, 0).data().toString(), QStringLiteral("fine"));
    QVERIFY(m_sweep->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("too cold")));
}

void TestCompletionBoard::sweepIsStopped()
{
    m_sweep->start({.models = {ref("a")}, .temperatures = {0, 0.5, 1, 1.5}});
    QCoreApplication::processEvents();
    m_sweep->stop(m_sweep->index(3, 0)); // was waiting
    QCOMPARE(m_sweep->outcome(m_sweep->index(3, 0))->state, State::Stopped);
    QVERIFY(m_sweep->isRunning());
    m_sweep->stop();
    QVERIFY(!m_sweep->isRunning());
    QCOMPARE(m_provider->completions.size(), 3U);
}

QTEST_GUILESS_MAIN(TestCompletionBoard)
#include "tst_completionboard.moc"
