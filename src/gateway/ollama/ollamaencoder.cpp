// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamaencoder.h"

#include "gateway/ollama/ollamaerrors.h"
#include "gateway/openai/responseencoder.h"
#include "gateway/toolarguments.h"

#include <QDateTime>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

const QByteArray ndjson = QByteArrayLiteral("application/x-ndjson");

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray framed(const QJsonObject &object)
{
    return compact(object) + '\n';
}

/// Calls of tools end an answer like any other here.
QString doneReasonOf(const QString &finishReason)
{
    const bool isEnd = finishReason.isEmpty() || finishReason == u"tool_calls" || finishReason == u"function_call";
    return isEnd ? QStringLiteral("stop") : finishReason;
}

QJsonArray encodeCalls(const std::vector<ToolCall> &calls)
{
    QJsonArray array;
    for (std::size_t i = 0; i < calls.size(); ++i) {
        const QJsonObject function {{QStringLiteral("index"), static_cast<int>(i)},
            {QStringLiteral("name"), calls[i].name},
            {QStringLiteral("arguments"), argumentsObject(calls[i].arguments)}};
        QJsonObject call {{QStringLiteral("function"), function}};
        if (!calls[i].id.isEmpty())
            call.insert(QStringLiteral("id"), calls[i].id);
        array.append(call);
    }
    return array;
}

void insertLogprobs(QJsonObject &line, const std::vector<TokenLogprob> &tokens)
{
    if (!tokens.empty())
        line.insert(QStringLiteral("logprobs"), encodeChatLogprobs(tokens).toObject().value(u"content"));
}

void merge(QJsonObject &object, const QJsonObject &more)
{
    for (auto member = more.begin(); member != more.end(); ++member)
        object.insert(member.key(), member.value());
}

template <typename Choice>
Choice firstOf(const std::vector<Choice> &choices)
{
    return choices.empty() ? Choice {} : choices.front();
}

void append(ToolCall &call, const ToolCallDelta &piece)
{
    if (!piece.id.isEmpty())
        call.id = piece.id;
    if (!piece.name.isEmpty())
        call.name = piece.name;
    call.arguments += piece.arguments;
}

} // namespace

OllamaLines::OllamaLines(QString model)
    : m_model(std::move(model))
{
    m_clock.start();
}

void OllamaLines::notePiece()
{
    if (m_firstPiece < 0)
        m_firstPiece = m_clock.nsecsElapsed();
}

QJsonObject OllamaLines::line() const
{
    return {{QStringLiteral("model"), m_model},
        {QStringLiteral("created_at"), QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
        {QStringLiteral("done"), false}};
}

QJsonObject OllamaLines::lastLine(const QString &finishReason, const Usage &usage) const
{
    const qint64 now = m_clock.nsecsElapsed();
    const qint64 first = m_firstPiece < 0 ? now : m_firstPiece;
    QJsonObject last = line();
    last.insert(QStringLiteral("done"), true);
    last.insert(QStringLiteral("done_reason"), doneReasonOf(finishReason));
    last.insert(QStringLiteral("total_duration"), now);
    last.insert(QStringLiteral("load_duration"), m_asked);
    last.insert(QStringLiteral("prompt_eval_count"), usage.promptTokens.value_or(0));
    last.insert(QStringLiteral("prompt_eval_duration"), first - m_asked);
    last.insert(QStringLiteral("eval_count"), usage.completionTokens.value_or(0));
    // Clients divide by it.
    last.insert(QStringLiteral("eval_duration"), std::max<qint64>(now - first, 1));
    return last;
}

OllamaChatEncoder::OllamaChatEncoder(OllamaForm form, const QString &model)
    : m_form(form)
    , m_lines(model)
{
}

QByteArray OllamaChatEncoder::contentType() const
{
    return ndjson;
}

void OllamaChatEncoder::insertText(
    QJsonObject &line, const QString &text, const QString &thinking, const std::vector<ToolCall> &calls) const
{
    const bool isChat = m_form == OllamaForm::Chat;
    QJsonObject place;
    place.insert(isChat ? QStringLiteral("content") : QStringLiteral("response"), text);
    if (!thinking.isEmpty())
        place.insert(QStringLiteral("thinking"), thinking);
    if (!calls.empty())
        place.insert(QStringLiteral("tool_calls"), encodeCalls(calls));
    if (isChat) {
        place.insert(QStringLiteral("role"), QStringLiteral("assistant"));
        line.insert(QStringLiteral("message"), place);
    } else {
        merge(line, place);
    }
}

QByteArray OllamaChatEncoder::encode(const ChatDelta &delta)
{
    if (delta.choice != 0)
        return {};
    for (const ToolCallDelta &piece : delta.toolCalls)
        append(m_calls[piece.index], piece);
    const QString text = delta.text + delta.refusal;
    const bool saysNothing = text.isEmpty() && delta.reasoning.isEmpty() && delta.logprobs.empty();
    if (!saysNothing || !delta.toolCalls.empty())
        m_lines.notePiece();
    if (saysNothing)
        return {};
    QJsonObject line = m_lines.line();
    insertText(line, text, delta.reasoning, {});
    insertLogprobs(line, delta.logprobs);
    return framed(line);
}

QByteArray OllamaChatEncoder::finish(const ChatResponse &response)
{
    QByteArray bytes;
    if (!m_calls.isEmpty()) {
        QJsonObject line = m_lines.line();
        insertText(line, {}, {}, {m_calls.cbegin(), m_calls.cend()});
        bytes = framed(line);
    }
    QJsonObject last = m_lines.lastLine(firstOf(response.choices).finishReason, response.usage.value_or(Usage {}));
    insertText(last, {}, {}, {});
    return bytes + framed(last);
}

QByteArray OllamaChatEncoder::fail(const Error &error)
{
    return encodeOllamaErrorLine(error, m_lines.model());
}

QByteArray OllamaChatEncoder::whole(const ChatResponse &response)
{
    const ChatChoice choice = firstOf(response.choices);
    const Message &message = choice.message;
    QJsonObject object = m_lines.lastLine(choice.finishReason, response.usage.value_or(Usage {}));
    insertText(object, message.text() + message.refusal, message.reasoning, message.toolCalls);
    insertLogprobs(object, choice.logprobs);
    return compact(object);
}

OllamaCompletionEncoder::OllamaCompletionEncoder(const QString &model)
    : m_lines(model)
{
}

QByteArray OllamaCompletionEncoder::contentType() const
{
    return ndjson;
}

QByteArray OllamaCompletionEncoder::encode(const CompletionDelta &delta)
{
    if (delta.choice != 0 || (delta.text.isEmpty() && delta.logprobs.empty()))
        return {};
    m_lines.notePiece();
    QJsonObject line = m_lines.line();
    line.insert(QStringLiteral("response"), delta.text);
    insertLogprobs(line, delta.logprobs);
    return framed(line);
}

QByteArray OllamaCompletionEncoder::finish(const CompletionResponse &response)
{
    QJsonObject last = m_lines.lastLine(firstOf(response.choices).finishReason, response.usage.value_or(Usage {}));
    last.insert(QStringLiteral("response"), QString());
    return framed(last);
}

QByteArray OllamaCompletionEncoder::fail(const Error &error)
{
    return encodeOllamaErrorLine(error, m_lines.model());
}

QByteArray OllamaCompletionEncoder::whole(const CompletionResponse &response)
{
    const CompletionChoice choice = firstOf(response.choices);
    QJsonObject object = m_lines.lastLine(choice.finishReason, response.usage.value_or(Usage {}));
    object.insert(QStringLiteral("response"), choice.text);
    insertLogprobs(object, choice.logprobs);
    return compact(object);
}

QJsonObject encodeOllamaLoad(OllamaForm form, const QString &model, bool isUnload)
{
    QJsonObject object = OllamaLines(model).line();
    object.insert(QStringLiteral("done"), true);
    object.insert(QStringLiteral("done_reason"), isUnload ? QStringLiteral("unload") : QStringLiteral("load"));
    if (form == OllamaForm::Generate)
        object.insert(QStringLiteral("response"), QString());
    else
        object.insert(QStringLiteral("message"),
            QJsonObject {
                {QStringLiteral("role"), QStringLiteral("assistant")}, {QStringLiteral("content"), QString()}});
    return object;
}

} // namespace diptych
