// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What an adapter costs: a chat of 200 messages with tools turned into a body with its change log, for every provider.
#include "net/httpclient.h"
#include "providers/registry.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>

#include <benchmark/benchmark.h>

using namespace diptych;

namespace {

Tool toolNumber(int number)
{
    const QJsonObject text {{QStringLiteral("type"), QStringLiteral("string")}};
    return {.name = QStringLiteral("tool_%1").arg(number),
        .description = QStringLiteral("Looks something up, and says in what unit."),
        .parameters = {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"),
                QJsonObject {
                    {QStringLiteral("city"), text}, {QStringLiteral("unit"), text}, {QStringLiteral("day"), text}}},
            {QStringLiteral("required"), QJsonArray {QStringLiteral("city")}}}};
}

/// 200 messages of about 300 characters; every tenth turn calls a tool.
ChatRequest longChat()
{
    ChatRequest request {.model = QStringLiteral("m"),
        .sampling = {.temperature = 0.7, .topP = 0.9, .maxTokens = 1000, .stop = QStringList {QStringLiteral("END")}}};
    const QString text =
        QStringLiteral("A sentence with \"quotes\", a line\nbreak and é, like those that people write. ").repeated(4);
    request.messages.push_back(Message::fromText(Role::System, text));
    for (int turn = 0; request.messages.size() < 200; ++turn) {
        request.messages.push_back(Message::fromText(Role::User, text));
        if (turn % 10 != 0) {
            request.messages.push_back(Message::fromText(Role::Assistant, text));
            continue;
        }
        const QString id = QStringLiteral("call_%1").arg(turn);
        request.messages.push_back({.role = Role::Assistant,
            .toolCalls = {
                {.id = id, .name = QStringLiteral("tool_1"), .arguments = QStringLiteral("{\"city\":\"Oslo\"}")}}});
        Message result = Message::fromText(Role::Tool, QStringLiteral("{\"degrees\":3}"));
        result.toolCallId = id;
        request.messages.push_back(result);
    }
    request.messages.resize(200);
    for (int i = 0; i < 10; ++i)
        request.tools.push_back(toolNumber(i));
    return request;
}

void encode(benchmark::State &state, const ProviderDescriptor &descriptor)
{
    const ChatRequest request = longChat();
    HttpClient client;
    const auto provider = makeProvider({.id = QStringLiteral("e"),
                                           .kind = Endpoint::Kind::Native,
                                           .native = descriptor.name,
                                           .baseUrl = QUrl(QStringLiteral("http://127.0.0.1:1"))},
        client);
    qsizetype bytes = 0;
    std::size_t changes = 0;
    for (auto _ : state) {
        const Result<WirePreview> preview = provider->preview(request);
        if (!preview) {
            state.SkipWithError(qPrintable(preview.error().message));
            return;
        }
        bytes = preview->body.size();
        changes = preview->changeLog.size();
    }
    state.counters["bytes"] = static_cast<double>(bytes);
    state.counters["changes"] = static_cast<double>(changes);
    state.counters["us"] = benchmark::Counter(
        static_cast<double>(state.iterations()) / 1e6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    for (const ProviderDescriptor &descriptor : providerDescriptors()) {
        benchmark::RegisterBenchmark(("encode/" + descriptor.name.toStdString()).c_str(),
            [&descriptor](benchmark::State &state) { encode(state, descriptor); })
            ->Repetitions(5)
            ->ReportAggregatesOnly();
    }
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
