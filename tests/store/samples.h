// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/session.h"

namespace diptych::samples {

/// Values in which every member is set, to see that each of them comes back.
inline Message message()
{
    return {
        .role = Role::Assistant,
        .content = {TextPart {QStringLiteral("Grüße, 世界 👋")},
            ImagePart {QStringLiteral("data:image/png;base64,AAAA"), QStringLiteral("low")},
            AudioPart {QByteArray("\x00\xff\x7f wav", 7), QStringLiteral("wav")},
            AudioUrlPart {QStringLiteral("https://example.org/a.mp3")}},
        .toolCalls = {{.id = QStringLiteral("call_1"),
            .name = QStringLiteral("weather"),
            .arguments = QStringLiteral("{\"city\": ")}},
        .toolCallId = QStringLiteral("call_0"),
        .reasoning = QStringLiteral("hm"),
        .refusal = QStringLiteral("no"),
    };
}

inline RequestSettings settings()
{
    return {
        .sampling = {.temperature = 0.7,
            .topP = 0.0,
            .maxTokens = 100,
            .frequencyPenalty = -2.0,
            .presencePenalty = 2.0,
            .seed = 9007199254740993,
            .stop = QStringList {QStringLiteral("\n"), QString()},
            .n = 3},
        .maxCompletionTokens = 200,
        .logprobs = false,
        .topLogprobs = 0,
        .reasoningEffort = QStringLiteral("low"),
        .responseFormat = ResponseFormat {.type = ResponseFormat::Type::JsonSchema,
            .name = QStringLiteral("s"),
            .description = QStringLiteral("d"),
            .schema = {{QStringLiteral("type"), QStringLiteral("object")}},
            .strict = false},
        .tools = std::vector<Tool> {{.name = QStringLiteral("weather"),
            .description = QStringLiteral("w"),
            .parameters = {{QStringLiteral("type"), QStringLiteral("object")}},
            .strict = true}},
        .toolChoice = ToolChoice {.mode = ToolChoice::Mode::Named, .name = QStringLiteral("weather")},
        .parallelToolCalls = false,
        .stream = false,
        .extras = QJsonObject {{QStringLiteral("min_p"), 0.1}},
        .extrasMode = ExtrasMode::Drop,
        .withheld = {QStringLiteral("seed")},
    };
}

inline AnswerMetrics metrics()
{
    using std::chrono::microseconds;
    return {
        .phases = {.dequeued = microseconds(1),
            .connected = microseconds(2),
            .encrypted = microseconds(3),
            .sent = microseconds(4),
            .firstByte = microseconds(5),
            .firstToken = microseconds(6),
            .firstText = microseconds(6'500),
            .finished = microseconds(7'000'000'000)},
        .gaps = {.count = 8, .total = microseconds(9), .longest = microseconds(10)},
        .pieces = {.count = 3,
            .total = microseconds(8),
            .longest = microseconds(9),
            .median = microseconds(7),
            .percentile95 = microseconds(10),
            .buckets = {1, 0, 2}},
        .usage = {.promptTokens = 1,
            .completionTokens = 2,
            .totalTokens = 3,
            .cachedTokens = 0,
            .reasoningTokens = 5,
            .audioTokens = 6,
            .source = Usage::Source::Estimated},
        .isPromptEstimated = true,
        .estimatedTextTokens = 11,
        .isConnectionReused = true,
        .attempts = 3,
    };
}

inline Error error()
{
    return {.kind = Error::Kind::RateLimited,
        .httpStatus = 429,
        .message = QStringLiteral("slow down"),
        .providerCode = QStringLiteral("rate_limit"),
        .parameter = QStringLiteral("messages[0]"),
        .requestId = QStringLiteral("r-1"),
        .retryAfter = std::chrono::milliseconds(1500),
        .bodySample = QByteArray("{\"error\":\xff}")};
}

inline Answer answer(Answer::State state, const QString &text)
{
    return {.paneId = QStringLiteral("left"),
        .model = {.endpointId = QStringLiteral("built-in"), .model = QStringLiteral("guide")},
        .modelLabel = QStringLiteral("guide — Built-in"),
        .state = state,
        .message = Message::fromText(Role::Assistant, text)};
}

inline Turn turn(const QString &prompt)
{
    return {.at = QDateTime::fromMSecsSinceEpoch(1'700'000'000'123, Qt::UTC),
        .prompt = Message::fromText(Role::User, prompt)};
}

inline Session session(const QString &id)
{
    const QDateTime time = QDateTime::fromMSecsSinceEpoch(1'600'000'000'000, Qt::UTC);
    return {.id = id,
        .title = QStringLiteral("First light"),
        .createdAt = time,
        .updatedAt = time,
        .systemPrompt = QStringLiteral("Be brief."),
        .settings = settings(),
        .panes = {{.id = QStringLiteral("left"),
                      .model = {.endpointId = QStringLiteral("built-in"), .model = QStringLiteral("guide")},
                      .overrides = {.sampling = {.temperature = 0.0}}},
            {.id = QStringLiteral("right"), .isSynced = false}}};
}

} // namespace diptych::samples
