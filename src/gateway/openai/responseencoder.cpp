// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/openai/responseencoder.h"

#include <QUuid>

namespace diptych {

namespace {

QJsonValue textOrNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
}

void insertIf(QJsonObject &object, const QString &name, const std::optional<qint64> &value)
{
    if (value)
        object.insert(name, *value);
}

QJsonObject encodeMessage(const Message &message)
{
    const QString text = message.text();
    const bool saidNothing = text.isEmpty() && (!message.toolCalls.empty() || !message.refusal.isEmpty());
    QJsonObject object {{QStringLiteral("role"), QStringLiteral("assistant")},
        {QStringLiteral("content"), saidNothing ? QJsonValue(QJsonValue::Null) : QJsonValue(text)}};
    if (!message.reasoning.isEmpty())
        object.insert(QStringLiteral("reasoning_content"), message.reasoning);
    if (!message.refusal.isEmpty())
        object.insert(QStringLiteral("refusal"), message.refusal);
    if (!message.toolCalls.empty()) {
        QJsonArray calls;
        for (const ToolCall &call : message.toolCalls)
            calls.append(encodeToolCall(call));
        object.insert(QStringLiteral("tool_calls"), calls);
    }
    return object;
}

QJsonObject encodeToken(const TokenLogprob &token)
{
    const QByteArray bytes = token.bytes.isEmpty() ? token.token.toUtf8() : token.bytes;
    QJsonArray numbers;
    for (const char byte : bytes)
        numbers.append(static_cast<unsigned char>(byte));
    QJsonArray alternatives;
    for (const TokenLogprob::Alternative &alternative : token.top) {
        alternatives.append(QJsonObject {{QStringLiteral("token"), alternative.token},
            {QStringLiteral("logprob"), alternative.logprob}, {QStringLiteral("bytes"), QJsonValue::Null}});
    }
    return {{QStringLiteral("token"), token.token},
        {QStringLiteral("logprob"), token.logprob ? QJsonValue(*token.logprob) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("bytes"), numbers}, {QStringLiteral("top_logprobs"), alternatives}};
}

} // namespace

QJsonObject encodeToolCall(const ToolCall &call)
{
    return {{QStringLiteral("id"), call.id}, {QStringLiteral("type"), QStringLiteral("function")},
        {QStringLiteral("function"),
            QJsonObject {{QStringLiteral("name"), call.name}, {QStringLiteral("arguments"), call.arguments}}}};
}

QJsonValue encodeChatLogprobs(const std::vector<TokenLogprob> &tokens)
{
    if (tokens.empty())
        return QJsonValue::Null;
    QJsonArray content;
    for (const TokenLogprob &token : tokens)
        content.append(encodeToken(token));
    return QJsonObject {{QStringLiteral("content"), content}, {QStringLiteral("refusal"), QJsonValue::Null}};
}

QJsonValue encodeCompletionLogprobs(const std::vector<TokenLogprob> &tokens, qsizetype &offset)
{
    if (tokens.empty())
        return QJsonValue::Null;
    QJsonArray texts;
    QJsonArray logprobs;
    QJsonArray alternatives;
    QJsonArray offsets;
    for (const TokenLogprob &token : tokens) {
        QJsonObject top;
        for (const TokenLogprob::Alternative &alternative : token.top)
            top.insert(alternative.token, alternative.logprob);
        texts.append(token.token);
        logprobs.append(token.logprob ? QJsonValue(*token.logprob) : QJsonValue(QJsonValue::Null));
        alternatives.append(token.logprob ? QJsonValue(top) : QJsonValue(QJsonValue::Null));
        offsets.append(offset);
        offset += token.token.toUcs4().size();
    }
    return QJsonObject {{QStringLiteral("tokens"), texts}, {QStringLiteral("token_logprobs"), logprobs},
        {QStringLiteral("top_logprobs"), alternatives}, {QStringLiteral("text_offset"), offsets}};
}

QJsonObject encodeUsage(const Usage &usage)
{
    const qint64 prompt = usage.promptTokens.value_or(0);
    const qint64 completion = usage.completionTokens.value_or(0);
    QJsonObject object {{QStringLiteral("prompt_tokens"), prompt}, {QStringLiteral("completion_tokens"), completion},
        {QStringLiteral("total_tokens"), usage.totalTokens.value_or(prompt + completion)}};
    QJsonObject details;
    insertIf(details, QStringLiteral("reasoning_tokens"), usage.reasoningTokens);
    insertIf(details, QStringLiteral("audio_tokens"), usage.audioTokens);
    if (!details.isEmpty())
        object.insert(QStringLiteral("completion_tokens_details"), details);
    if (usage.cachedTokens)
        object.insert(QStringLiteral("prompt_tokens_details"),
            QJsonObject {{QStringLiteral("cached_tokens"), *usage.cachedTokens}});
    if (usage.source == Usage::Source::Estimated)
        object.insert(QStringLiteral("estimated"), true);
    return object;
}

QJsonObject encodeChatResponse(const ChatResponse &response)
{
    QJsonArray choices;
    for (const ChatChoice &choice : response.choices) {
        choices.append(QJsonObject {{QStringLiteral("index"), choice.index},
            {QStringLiteral("message"), encodeMessage(choice.message)},
            {QStringLiteral("logprobs"), encodeChatLogprobs(choice.logprobs)},
            {QStringLiteral("finish_reason"), textOrNull(choice.finishReason)}});
    }
    QJsonObject object {{QStringLiteral("id"), response.id},
        {QStringLiteral("object"), QStringLiteral("chat.completion")}, {QStringLiteral("created"), response.created},
        {QStringLiteral("model"), response.model}, {QStringLiteral("choices"), choices}};
    if (response.usage)
        object.insert(QStringLiteral("usage"), encodeUsage(*response.usage));
    return object;
}

QJsonObject encodeCompletionResponse(const CompletionResponse &response)
{
    QJsonArray choices;
    for (const CompletionChoice &choice : response.choices) {
        qsizetype offset = 0;
        choices.append(QJsonObject {{QStringLiteral("index"), choice.index}, {QStringLiteral("text"), choice.text},
            {QStringLiteral("logprobs"), encodeCompletionLogprobs(choice.logprobs, offset)},
            {QStringLiteral("finish_reason"), textOrNull(choice.finishReason)}});
    }
    QJsonObject object {{QStringLiteral("id"), response.id},
        {QStringLiteral("object"), QStringLiteral("text_completion")}, {QStringLiteral("created"), response.created},
        {QStringLiteral("model"), response.model}, {QStringLiteral("choices"), choices}};
    if (response.usage)
        object.insert(QStringLiteral("usage"), encodeUsage(*response.usage));
    return object;
}

QJsonObject encodeModelInfo(const ModelInfo &info)
{
    QJsonObject object {{QStringLiteral("model_name"), info.name},
        {QStringLiteral("model_type"), info.rawType.isEmpty() ? modelTypeName(info.type) : info.rawType},
        {QStringLiteral("model_provider_name"), info.provider}};
    insertIf(object, QStringLiteral("context_length"), info.contextLength);
    return object;
}

QJsonObject encodeModel(const ModelDescription &model)
{
    // `created` is required by clients' types; nobody knows it here.
    QJsonObject object {{QStringLiteral("id"), model.id}, {QStringLiteral("object"), QStringLiteral("model")},
        {QStringLiteral("created"), 0},
        {QStringLiteral("owned_by"), model.ownedBy.isEmpty() ? QStringLiteral("diptych") : model.ownedBy}};
    if (model.type != ModelType::Unknown)
        object.insert(QStringLiteral("model_type"), modelTypeName(model.type));
    insertIf(object, QStringLiteral("context_length"), model.contextLength);
    return object;
}

QJsonObject encodeModelList(const std::vector<ModelDescription> &models)
{
    QJsonArray data;
    for (const ModelDescription &model : models)
        data.append(encodeModel(model));
    return {{QStringLiteral("object"), QStringLiteral("list")}, {QStringLiteral("data"), data}};
}

QString makeResponseId(QLatin1String prefix)
{
    return QString(prefix % u'-' % QUuid::createUuid().toString(QUuid::Id128));
}

} // namespace diptych
