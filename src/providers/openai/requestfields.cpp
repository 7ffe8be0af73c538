// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/requestfields.h"

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

/// Writes optional fields and remembers which were set.
class FieldWriter
{
public:
    explicit FieldWriter(BodyEncoder &encoder)
        : m_encoder(encoder)
    {
    }

    template <typename T>
    void write(const QString &name, const std::optional<T> &value)
    {
        if (!value)
            return;
        m_encoder.sent(name, toJson(*value));
        m_names.append(name);
    }
    [[nodiscard]] const QStringList &names() const { return m_names; }

private:
    static QJsonValue toJson(bool value) { return value; }
    static QJsonValue toJson(int value) { return value; }
    static QJsonValue toJson(qint64 value) { return value; }
    static QJsonValue toJson(double value) { return value; }
    static QJsonValue toJson(const QString &value) { return repairedText(value); }
    static QJsonValue toJson(const QStringList &value) { return encodeTexts(value); }

    BodyEncoder &m_encoder;
    QStringList m_names;
};

// `n` is not here: only OpenAI v1 knows it.
void writeSampling(BodyEncoder &encoder, const SamplingParameters &sampling)
{
    FieldWriter writer(encoder);
    writer.write(QStringLiteral("temperature"), sampling.temperature);
    writer.write(QStringLiteral("top_p"), sampling.topP);
    writer.write(QStringLiteral("max_tokens"), sampling.maxTokens);
    writer.write(QStringLiteral("frequency_penalty"), sampling.frequencyPenalty);
    writer.write(QStringLiteral("presence_penalty"), sampling.presencePenalty);
    writer.write(QStringLiteral("seed"), sampling.seed);
    writer.write(QStringLiteral("stop"), sampling.stop);
}

} // namespace

void writeModel(BodyEncoder &encoder, const QString &model, const EncodingOptions &options)
{
    const QString field = QStringLiteral("model");
    if (!options.modelDropReason.isEmpty()) {
        if (!model.isEmpty())
            encoder.dropped(field, options.modelDropReason);
    } else if (!model.isEmpty()) {
        encoder.sent(field, repairedText(model));
    } else if (!options.defaultModel.isEmpty()) {
        encoder.added(field, repairedText(options.defaultModel), translated("the default model of this endpoint"));
    }
}

void writeMessages(BodyEncoder &encoder, const std::vector<Message> &messages)
{
    encoder.sent(QStringLiteral("messages"), encodeMessages(messages));
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
    FieldWriter(encoder).write(QStringLiteral("modalities"), request.modalities);
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
    writer.write(QStringLiteral("n"), request.sampling.n);
    writer.write(QStringLiteral("max_completion_tokens"), request.maxCompletionTokens);
    writer.write(QStringLiteral("logprobs"), request.logprobs);
    writer.write(QStringLiteral("top_logprobs"), request.topLogprobs);
    writer.write(QStringLiteral("reasoning_effort"), request.reasoningEffort);
    writer.write(QStringLiteral("parallel_tool_calls"), request.parallelToolCalls);
    writer.write(QStringLiteral("user"), request.user);
    return writer.names();
}

QStringList writeOpenAiFields(BodyEncoder &encoder, const CompletionRequest &request)
{
    FieldWriter writer(encoder);
    writer.write(QStringLiteral("n"), request.sampling.n);
    writer.write(QStringLiteral("suffix"), request.suffix);
    writer.write(QStringLiteral("echo"), request.echo);
    writer.write(QStringLiteral("best_of"), request.bestOf);
    writer.write(QStringLiteral("logprobs"), request.logprobs);
    return writer.names();
}

} // namespace diptych::openai
