// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Eight answers of 20 KB that stream at once, seven of them compared with the first after every frame.
#include "../ui/transcript/markdownsamples.h"

#include "models/answerdiff.h"

#include <QStringList>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <ctime>
#include <random>

namespace diptych {
namespace {

constexpr int answers = 8;
constexpr qsizetype answerSize = 20 * 1024;
constexpr qsizetype perFrame = 14; ///< characters: about 100 tokens a second at 30 frames a second

/// Of this thread: what other programs take on a busy machine does not count.
double threadCpuMilliseconds()
{
    timespec time {};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

/// The same in other words: every so many words one is another. `apart` 1: nothing is the same.
QString reworded(const QString &text, unsigned seed, unsigned apart)
{
    std::mt19937 random(seed);
    QString result;
    for (const QString &word : text.split(u' ')) {
        const bool isWord = !word.contains(u'\n') && !word.contains(u'`');
        if (isWord && random() % apart == 0)
            result += QStringLiteral("word%1 ").arg(random() % 2000);
        else
            result += word % u' ';
    }
    return result.left(answerSize);
}

QString json(unsigned seed)
{
    std::mt19937 random(seed);
    QString result = QStringLiteral("[");
    for (int i = 0; result.size() < answerSize; ++i)
        result +=
            QStringLiteral("%1{\"id\": %2, \"name\": \"item %3\"}").arg(i > 0 ? u"," : u"").arg(i).arg(random() % 3);
    return result + u']';
}

void frames(benchmark::State &state, const std::vector<QString> &texts)
{
    for ([[maybe_unused]] auto _ : state) {
        std::array<AnswerDiff, answers> diffs;
        std::vector<double> times;
        qsizetype size = 0;
        for (bool isFinished = false; !isFinished;) {
            size += perFrame;
            isFinished = size > answerSize + perFrame * answers;
            std::vector<QString> arrived;
            for (int i = 0; i < answers; ++i) // some are faster than others
                arrived.push_back(texts[static_cast<std::size_t>(i)].left(size * (8 + i) / 10));
            const double before = threadCpuMilliseconds();
            for (std::size_t i = 1; i < answers; ++i)
                diffs[i].update(
                    arrived[0], arrived[0].size() == texts[0].size(), arrived[i], arrived[i].size() == texts[i].size());
            times.push_back(threadCpuMilliseconds() - before);
        }
        std::sort(times.begin(), times.end());
        state.counters["median_ms"] = times[times.size() / 2];
        state.counters["p99_ms"] = times[times.size() * 99 / 100];
        state.counters["worst_ms"] = times.back();
        state.counters["same"] = diffs[1].result().same;
    }
}

void liveDiff(benchmark::State &state)
{
    const QString base = longMarkdown(answerSize);
    std::vector<QString> texts {base};
    for (unsigned i = 1; i < answers; ++i)
        texts.push_back(reworded(base, i, static_cast<unsigned>(state.range(0))));
    frames(state, texts);
}
BENCHMARK(liveDiff)->ArgName("apart")->Arg(1)->Arg(3)->Arg(20)->Iterations(1)->Repetitions(3)->Unit(
    benchmark::kMillisecond);

void liveJson(benchmark::State &state)
{
    std::vector<QString> texts;
    for (unsigned i = 0; i < answers; ++i)
        texts.push_back(json(i));
    frames(state, texts);
}
BENCHMARK(liveJson)->Iterations(1)->Repetitions(3)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace diptych

BENCHMARK_MAIN();
