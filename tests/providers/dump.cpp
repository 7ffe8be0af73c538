// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "dump.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace diptych::test {

namespace {

void put(QJsonObject &object, const char *key, const QString &text)
{
    if (!text.isEmpty())
        object.insert(QLatin1String(key), text);
}

void put(QJsonObject &object, const char *key, std::optional<qint64> number)
{
    if (number)
        object.insert(QLatin1String(key), *number);
}

void put(QJsonObject &object, const char *key, const QJsonArray &array)
{
    if (!array.isEmpty())
        object.insert(QLatin1String(key), array);
}

void put(QJsonObject &object, const std::optional<Usage> &usage)
{
    if (!usage)
        return;
    QJsonObject counts;
    put(counts, "prompt", usage->promptTokens);
    put(counts, "completion", usage->completionTokens);
    put(counts, "total", usage->totalTokens);
    put(counts, "cached", usage->cachedTokens);
    put(counts, "reasoning", usage->reasoningTokens);
    put(counts, "audio", usage->audioTokens);
    object.insert(u"usage", counts);
}

QJsonArray dumpLogprobs(const std::vector<TokenLogprob> &logprobs)
{
    QJsonArray array;
    for (const TokenLogprob &token : logprobs) {
        QJsonObject item {{QStringLiteral("token"), token.token}};
        if (token.logprob)
            item.insert(u"logprob", *token.logprob);
        put(item, "bytes", QString::fromLatin1(token.bytes.toHex()));
        QJsonArray top;
        for (const auto &alternative : token.top)
            top.append(QJsonArray {alternative.token, alternative.logprob});
        put(item, "top", top);
        array.append(item);
    }
    return array;
}

QString stateName(CapabilityState::State state)
{
    switch (state) {
    case CapabilityState::State::Supported:
        return QStringLiteral("yes");
    case CapabilityState::State::Refused:
        return QStringLiteral("no");
    case CapabilityState::State::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

void put(QJsonObject &object, const ModelFacts &facts)
{
    put(object, "maxOutputTokens", facts.maxOutputTokens);
    put(object, "embeddingLength", facts.embeddingLength);
    put(object, "input", QJsonArray::fromStringList(facts.inputModalities));
    put(object, "output", QJsonArray::fromStringList(facts.outputModalities));
    put(object, "family", facts.family);
    put(object, "parameterSize", facts.parameterSize);
    put(object, "quantization", facts.quantization);
    put(object, "size", facts.size);
    if (facts.inputPrice)
        object.insert(u"inputPrice", QString::number(*facts.inputPrice, 'g', 6));
    if (facts.outputPrice)
        object.insert(u"outputPrice", QString::number(*facts.outputPrice, 'g', 6));
    if (facts.isDeprecated)
        object.insert(u"isDeprecated", true);
    QJsonObject capabilities;
    for (auto it = facts.capabilities.begin(); it != facts.capabilities.end(); ++it)
        put(capabilities, qPrintable(it.key()), QString(stateName(it->state) % u" | " % it->evidence));
    if (!capabilities.isEmpty())
        object.insert(u"capabilities", capabilities);
}

template <typename Value>
void putHead(QJsonObject &object, const Value &value)
{
    put(object, "id", value.id);
    put(object, "model", value.model);
    if (value.created != 0)
        object.insert(u"created", value.created);
    put(object, value.usage);
}

} // namespace

QJsonObject dump(const ChatDelta &delta)
{
    QJsonObject object {{QStringLiteral("choice"), delta.choice}};
    putHead(object, delta);
    put(object, "text", delta.text);
    put(object, "reasoning", delta.reasoning);
    put(object, "refusal", delta.refusal);
    put(object, "finish", delta.finishReason);
    QJsonArray calls;
    for (const ToolCallDelta &call : delta.toolCalls) {
        QJsonObject item {{QStringLiteral("index"), call.index}};
        put(item, "id", call.id);
        put(item, "name", call.name);
        put(item, "arguments", call.arguments);
        calls.append(item);
    }
    put(object, "toolCalls", calls);
    put(object, "logprobs", dumpLogprobs(delta.logprobs));
    put(object, "opaque", delta.opaque);
    return object;
}

QJsonObject dump(const ChatResponse &response)
{
    QJsonObject object;
    putHead(object, response);
    QJsonArray choices;
    for (const ChatChoice &choice : response.choices) {
        QJsonObject item {{QStringLiteral("index"), choice.index}, {QStringLiteral("text"), choice.message.text()}};
        put(item, "reasoning", choice.message.reasoning);
        put(item, "refusal", choice.message.refusal);
        put(item, "finish", choice.finishReason);
        QJsonArray calls;
        for (const ToolCall &call : choice.message.toolCalls)
            calls.append(QJsonArray {call.id, call.name, call.arguments});
        put(item, "toolCalls", calls);
        put(item, "logprobs", dumpLogprobs(choice.logprobs));
        put(item, "opaque", choice.message.opaque);
        choices.append(item);
    }
    put(object, "choices", choices);
    return object;
}

QJsonObject dump(const CompletionDelta &delta)
{
    QJsonObject object {{QStringLiteral("choice"), delta.choice}};
    putHead(object, delta);
    put(object, "text", delta.text);
    put(object, "finish", delta.finishReason);
    put(object, "logprobs", dumpLogprobs(delta.logprobs));
    return object;
}

QJsonObject dump(const EmbeddingResponse &response)
{
    QJsonObject object {{QStringLiteral("dimensions"), response.dimensions},
        {QStringLiteral("format"), encodingFormatName(response.format)}};
    put(object, "id", response.id);
    put(object, "model", response.model);
    put(object, response.usage);
    QJsonArray values;
    for (const float value : response.values)
        values.append(static_cast<double>(value));
    object.insert(u"values", values);
    return object;
}

QJsonObject dump(const ModelDescription &model)
{
    QJsonObject object {{QStringLiteral("id"), model.id}, {QStringLiteral("type"), modelTypeName(model.type)}};
    put(object, "ownedBy", model.ownedBy);
    put(object, "contextLength", model.contextLength);
    put(object, model.facts);
    return object;
}

QJsonObject dump(const ModelInfo &model)
{
    QJsonObject object {{QStringLiteral("name"), model.name}, {QStringLiteral("type"), modelTypeName(model.type)}};
    put(object, "rawType", model.rawType);
    put(object, "provider", model.provider);
    put(object, "contextLength", model.contextLength);
    put(object, model.facts);
    return object;
}

QJsonObject dump(const RunningModel &model)
{
    QJsonObject object {{QStringLiteral("model"), model.model}, {QStringLiteral("size"), model.size},
        {QStringLiteral("videoMemory"), model.videoMemory}};
    put(object, "expiresAt", model.expiresAt.toUTC().toString(Qt::ISODate));
    return object;
}

QJsonObject dump(const PullProgress &progress)
{
    QJsonObject object {{QStringLiteral("status"), progress.status}, {QStringLiteral("completed"), progress.completed}};
    put(object, "total", progress.total);
    return object;
}

QJsonObject dump(const Error &error)
{
    QJsonObject object {{QStringLiteral("kind"), kindName(error.kind)}, {QStringLiteral("message"), error.message}};
    put(object, "code", error.providerCode);
    put(object, "parameter", error.parameter);
    return object;
}

QJsonObject dump(const BodyEncoder &encoder)
{
    const QJsonObject body = QJsonDocument::fromJson(encoder.body()).object();
    QJsonObject headers;
    for (const auto &[name, value] : encoder.headers())
        headers.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    QJsonArray changes;
    for (const Change &change : encoder.changes()) {
        QStringList words {changeKindName(change.kind), change.field.isEmpty() ? QStringLiteral("-") : change.field,
            change.wire.isEmpty() ? QStringLiteral("-") : change.wire};
        if (!change.reason.isEmpty())
            words.append(change.reason);
        changes.append(words.join(QLatin1String(" | ")));
    }
    return {{QStringLiteral("body"), body}, {QStringLiteral("headers"), headers}, {QStringLiteral("changes"), changes}};
}

} // namespace diptych::test
