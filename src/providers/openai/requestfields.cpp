// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/requestfields.h"

#include "providers/common/fieldwriter.h"
#include "providers/common/jsontext.h"
#include "providers/openai/messageencoding.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::RequestEncoder", text);
}

// `n` is not here: only OpenAI v1 knows it.
void writeSampling(BodyEncoder &encoder, const SamplingParameters &sampling)
{
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("temperature"), sampling.temperature);
    writer.sent(QStringLiteral("top_p"), sampling.topP);
    writer.sent(QStringLiteral("max_tokens"), sampling.maxTokens);
    writer.sent(QStringLiteral("frequency_penalty"), sampling.frequencyPenalty);
    writer.sent(QStringLiteral("presence_penalty"), sampling.presencePenalty);
    writer.sent(QStringLiteral("seed"), sampling.seed);
    writer.sent(QStringLiteral("stop"), sampling.stop);
}

} // namespace

void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages, const MessageDialect &dialect)
{
    encoder.sent(QStringLiteral("messages"), encodeMessages(messages, dialect, encoder));
    const bool hasReasoning = std::any_of(
        messages.begin(), messages.end(), [](const Message &message) { return !message.reasoning.isEmpty(); });
    if (hasReasoning)
        encoder.dropped(QStringLiteral("messages[].reasoning"), translated("earlier thoughts are not sent back"));
}

void writeChatFields(BodyEncoder &encoder, const ChatRequest &request)
{
    writeSampling(encoder, request.sampling);
    if (!request.tools.empty())
        encoder.sent(QStringLiteral("tools"), encodeTools(request.tools));
    if (request.toolChoice)
        encoder.sent(QStringLiteral("tool_choice"), encodeToolChoice(*request.toolChoice));
    if (request.responseFormat)
        encoder.sent(QStringLiteral("response_format"), encodeResponseFormat(*request.responseFormat));
    FieldWriter(encoder).sent(QStringLiteral("modalities"), request.modalities);
}

void writeCompletionFields(BodyEncoder &encoder, const CompletionRequest &request)
{
    encoder.sent(QStringLiteral("prompt"), repairedText(request.prompt));
    writeSampling(encoder, request.sampling);
}

void writeStream(BodyEncoder &encoder, bool stream)
{
    if (stream)
        encoder.sent(QStringLiteral("stream"), true);
}

QStringList writeOpenAiFields(BodyEncoder &encoder, const ChatRequest &request)
{
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("n"), request.sampling.n);
    writer.sent(QStringLiteral("max_completion_tokens"), request.maxCompletionTokens);
    writer.sent(QStringLiteral("logprobs"), request.logprobs);
    writer.sent(QStringLiteral("top_logprobs"), request.topLogprobs);
    writer.sent(QStringLiteral("reasoning_effort"), request.reasoningEffort);
    writer.sent(QStringLiteral("parallel_tool_calls"), request.parallelToolCalls);
    writer.sent(QStringLiteral("user"), request.user);
    return writer.names();
}

QStringList writeOpenAiFields(BodyEncoder &encoder, const CompletionRequest &request)
{
    FieldWriter writer(encoder);
    writer.sent(QStringLiteral("n"), request.sampling.n);
    writer.sent(QStringLiteral("suffix"), request.suffix);
    writer.sent(QStringLiteral("echo"), request.echo);
    writer.sent(QStringLiteral("best_of"), request.bestOf);
    writer.sent(QStringLiteral("logprobs"), request.logprobs);
    return writer.names();
}

} // namespace diptych::openai
