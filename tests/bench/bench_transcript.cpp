// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Four transcripts that stream side by side, and the opening of a long session.
#include "../ui/transcript/markdownsamples.h"
#include "feederprocess.h"

#include "store/sessionstore.h"
#include "transcript/transcriptview.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <benchmark/benchmark.h>

#include <algorithm>

namespace diptych {
namespace {

constexpr int tokenSize = 4; // characters

/// Four panes that get the same Markdown, token by token.
class Panes
{
public:
    explicit Panes(const QString &text)
        : m_text(text)
    {
        for (int i = 0; i < 4; ++i) {
            auto view = std::make_unique<TranscriptView>(m_scheduler);
            view->resize(400, 700);
            view->show();
            view->beginAnswer(0, QStringLiteral("model"));
            m_views.push_back(std::move(view));
        }
    }

    /// Appends the text from `from` at a rate and returns the longest time between two turns of the event loop in ms.
    double stream(qsizetype from, int tokensPerSecond)
    {
        for (const auto &view : m_views) {
            view->appendText(m_text.left(from));
            view->flush();
        }
        QEventLoop loop;
        QTimer beat;
        beat.setTimerType(Qt::PreciseTimer);
        QElapsedTimer clock;
        qint64 last = 0;
        qint64 longest = 0;
        qsizetype sent = from;
        double lastCpu = processCpuSeconds();
        // The windows are exposed and painted for the first time before the stream goes on.
        constexpr qint64 settling = 1'000'000'000;
        QObject::connect(&beat, &QTimer::timeout, &loop, [&] {
            const qint64 now = clock.nsecsElapsed() - settling;
            if (now < 0) {
                last = now;
                lastCpu = processCpuSeconds();
                return;
            }
            longest = std::max(longest, now - last);
            last = now;
            const double cpu = processCpuSeconds();
            m_longestWork = std::max(m_longestWork, (cpu - lastCpu) * 1000);
            lastCpu = cpu;
            const qsizetype due = from + now * tokensPerSecond / 1'000'000'000 * tokenSize;
            for (; sent < due && sent < m_text.size(); sent += tokenSize) {
                for (const auto &view : m_views)
                    view->appendText(m_text.mid(sent, tokenSize));
            }
            if (sent >= m_text.size() && m_scheduler.isIdle())
                loop.quit();
        });
        clock.start();
        beat.start(1);
        loop.exec();
        return static_cast<double>(longest) * 1e-6;
    }

    /// Most CPU of one turn in ms: the stall without what other programs take on a busy machine.
    [[nodiscard]] double longestWork() const { return m_longestWork; }

private:
    double m_longestWork = 0;
    QString m_text;
    RenderScheduler m_scheduler;
    std::vector<std::unique_ptr<TranscriptView>> m_views;
};

void longestStall(benchmark::State &state)
{
    for ([[maybe_unused]] auto _ : state) {
        Panes panes(longMarkdown(48 * 1024));
        state.counters["stall_ms"] = panes.stream(32 * 1024, 200);
        state.counters["work_ms"] = panes.longestWork();
    }
}
BENCHMARK(longestStall)->Iterations(1)->Repetitions(2)->UseRealTime()->Unit(benchmark::kMillisecond);

double cpuOf(qsizetype size)
{
    Panes panes(longMarkdown(size));
    const double before = processCpuSeconds();
    panes.stream(0, 2000);
    return processCpuSeconds() - before;
}

void cpuGrowth(benchmark::State &state)
{
    for ([[maybe_unused]] auto _ : state) {
        const double small = cpuOf(12 * 1024);
        const double middle = cpuOf(24 * 1024);
        const double large = cpuOf(48 * 1024);
        state.counters["cpu_s_12"] = small;
        state.counters["cpu_s_24"] = middle;
        state.counters["cpu_s_48"] = large;
        state.counters["ratio"] = large / 4 / small;
    }
}
BENCHMARK(cpuGrowth)->Iterations(1)->Repetitions(2)->UseRealTime()->Unit(benchmark::kMillisecond);

constexpr int turnCount = 1150;

bool fill(SessionStore &store, const QString &id)
{
    if (!store.save(Session {.id = id, .title = QStringLiteral("Long")}))
        return false;
    const QString text = longMarkdown(800);
    for (int i = 0; i < turnCount; ++i) {
        const Answer answer {.paneId = QStringLiteral("left"),
            .state = Answer::State::Complete,
            .message = Message::fromText(Role::Assistant, text)};
        const Message prompt = Message::fromText(Role::User, QStringLiteral("Question %1").arg(i));
        const Turn turn {.at = QDateTime::currentDateTimeUtc(), .prompt = prompt, .answers = {answer}};
        if (!store.addTurn(id, turn))
            return false;
    }
    return true;
}

std::vector<TranscriptBlock> blocksOf(const Session &session)
{
    std::vector<TranscriptBlock> blocks;
    for (const Turn &turn : session.turns) {
        blocks.push_back({.speaker = TranscriptSpeaker::User, .markdown = turn.prompt.text()});
        for (const Answer &answer : turn.answers)
            blocks.push_back({.speaker = TranscriptSpeaker::Assistant, .markdown = answer.message.text()});
    }
    return blocks;
}

/// From the stored session, all of it, to the end of the transcript having been painted.
void openSession(benchmark::State &state)
{
    const QTemporaryDir folder;
    const QString id = QStringLiteral("long");
    const auto store = SessionStore::open(folder.filePath(QStringLiteral("sessions.sqlite")));
    if (!store || !fill(**store, id)) {
        state.SkipWithError("the session could not be stored");
        return;
    }
    RenderScheduler scheduler;
    for ([[maybe_unused]] auto _ : state) {
        TranscriptView view(scheduler);
        view.resize(800, 700);
        view.show();
        view.grab();
        QElapsedTimer clock;
        clock.start();
        const auto session = (*store)->load(id, -1);
        const double loaded = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
        if (!session || session->turns.size() != turnCount) {
            state.SkipWithError("the session could not be loaded");
            return;
        }
        view.setHistory(blocksOf(*session));
        view.grab();
        state.counters["ms"] = static_cast<double>(clock.nsecsElapsed()) * 1e-6;
        state.counters["load_ms"] = loaded;
        if (view.verticalScrollBar()->value() != view.verticalScrollBar()->maximum())
            state.SkipWithError("the end is not visible");
    }
}
BENCHMARK(openSession)->Iterations(1)->Repetitions(5)->UseRealTime()->Unit(benchmark::kMillisecond);

} // namespace
} // namespace diptych

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
