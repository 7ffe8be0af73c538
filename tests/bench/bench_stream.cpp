// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole client, from socket to ChatDelta: CPU per streamed event, memory along a stream, time until the server
// sees a stop, and the reading of large embedding responses.
#include "feederprocess.h"

#include "net/httpclient.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>

#include <benchmark/benchmark.h>

#include <algorithm>

namespace diptych {
namespace {

constexpr double mebibyte = 1024 * 1024;

ChatRequest question()
{
    return {.messages = {Message::fromText(Role::User, QStringLiteral("Count."))}};
}

void streamChunks(benchmark::State &state)
{
    const qint64 count = state.range(0);
    const FeederProcess feeder;
    HttpClient client;
    const auto provider =
        makeProvider(feeder.endpoint(QStringLiteral("chunks/%1/%2").arg(count).arg(state.range(1))), client);
    for ([[maybe_unused]] auto _ : state) {
        QEventLoop loop;
        qint64 received = 0;
        double early = 0;
        double highest = 0;
        const double before = processCpuSeconds();
        const auto reply = provider->chat(question());
        QObject::connect(reply.get(), &ChatReply::deltaReceived, &loop, [&] {
            if (++received % 1024 != 0)
                return;
            highest = std::max(highest, residentBytes());
            if (received <= count / 10)
                early = highest;
        });
        QObject::connect(reply.get(), &Reply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        const double cpu = processCpuSeconds() - before;
        if (reply->error() || received < count) {
            state.SkipWithError("the stream did not arrive whole");
            return;
        }
        state.counters["cpu_us_per_event"] = cpu * 1e6 / static_cast<double>(count);
        state.counters["growth_mib"] = (highest - early) / mebibyte;
        state.counters["resident_mib"] = highest / mebibyte;
    }
}
BENCHMARK(streamChunks)
    ->ArgNames({"events", "per_write"})
    ->Args({200'000, 256})
    ->Args({200'000, 1})
    ->Iterations(1)
    ->Repetitions(5)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

/// Cancels a stream that runs; the seconds until the server saw the connection close, or none.
std::optional<double> stopOnce(Provider &provider, FeederProcess &feeder)
{
    QEventLoop loop;
    std::chrono::nanoseconds stopped {};
    const auto reply = provider.chat(question());
    QTimer delay;
    delay.setSingleShot(true);
    // A moment into the stream, when neither side is busy with the beginning.
    QObject::connect(reply.get(), &ChatReply::deltaReceived, &delay, [&delay] {
        if (!delay.isActive())
            delay.start(20);
    });
    QObject::connect(&delay, &QTimer::timeout, reply.get(), [&] {
        stopped = std::chrono::steady_clock::now().time_since_epoch();
        reply->cancel();
    });
    QObject::connect(reply.get(), &Reply::finished, &loop, &QEventLoop::quit);
    loop.exec();
    const std::optional<qint64> closed = feeder.waitForClose();
    if (!closed || stopped.count() == 0)
        return std::nullopt;
    return static_cast<double>(*closed - stopped.count()) * 1e-9;
}

void stopToClose(benchmark::State &state)
{
    FeederProcess feeder;
    HttpClient client;
    const auto provider = makeProvider(feeder.endpoint(QStringLiteral("endless")), client);
    for ([[maybe_unused]] auto _ : state) {
        const std::optional<double> seconds = stopOnce(*provider, feeder);
        if (!seconds) {
            state.SkipWithError("the server did not see the connection close");
            return;
        }
        state.SetIterationTime(*seconds);
        state.counters["ms"] = *seconds * 1000;
    }
}
BENCHMARK(stopToClose)
    ->Iterations(1)
    ->Repetitions(50)
    ->ReportAggregatesOnly()
    ->ComputeStatistics("max", [](const std::vector<double> &v) { return *std::max_element(v.begin(), v.end()); })
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

void readEmbeddings(benchmark::State &state)
{
    constexpr int rows = 2048;
    const QString format = state.range(0) == 0 ? QStringLiteral("floats") : QStringLiteral("base64");
    const FeederProcess feeder;
    HttpClient client;
    const auto provider = makeProvider(feeder.endpoint(QStringLiteral("%1/%2").arg(format).arg(rows)), client);
    const EmbeddingRequest request {.input = {QStringLiteral("text")},
        .encodingFormat = state.range(0) == 0 ? EncodingFormat::Float : EncodingFormat::Base64};
    for ([[maybe_unused]] auto _ : state) {
        QEventLoop loop;
        const double before = processCpuSeconds();
        const auto reply = provider->embed(request);
        QObject::connect(reply.get(), &Reply::finished, &loop, &QEventLoop::quit);
        loop.exec();
        state.counters["cpu_ms"] = (processCpuSeconds() - before) * 1000;
        if (reply->response().count() != rows) {
            state.SkipWithError("the embeddings did not arrive whole");
            return;
        }
    }
}
BENCHMARK(readEmbeddings)
    ->ArgName("base64")
    ->Arg(0)
    ->Arg(1)
    ->Iterations(1)
    ->Repetitions(5)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

} // namespace
} // namespace diptych

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
