// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropicencoder.h"

#include "gateway/anthropic/anthropicerrors.h"
#include "gateway/toolarguments.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUuid>

#include <algorithm>

namespace diptych {

namespace {

QString typeName()
{
    return QStringLiteral("type");
}

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// Ids of other providers have other forms; clients' logs expect this one.
QString messageId(const QString &id)
{
    const QString prefix = QStringLiteral("msg_");
    return id.startsWith(prefix) ? id : QString(prefix % QUuid::createUuid().toString(QUuid::Id128));
}

QJsonObject encodeUsage(const Usage &usage)
{
    const qint64 prompt = usage.promptTokens.value_or(0);
    const qint64 cached = std::min(usage.cachedTokens.value_or(0), prompt);
    QJsonObject object {{QStringLiteral("input_tokens"), prompt - cached},
        {QStringLiteral("cache_creation_input_tokens"), 0}, {QStringLiteral("cache_read_input_tokens"), cached},
        {QStringLiteral("output_tokens"), usage.completionTokens.value_or(0)}};
    if (usage.reasoningTokens)
        object.insert(QStringLiteral("output_tokens_details"),
            QJsonObject {{QStringLiteral("thinking_tokens"), *usage.reasoningTokens}});
    return object;
}

QString stopReasonOf(const QString &finishReason, bool hasCalls)
{
    if (finishReason.isEmpty() || finishReason == u"stop")
        return hasCalls ? QStringLiteral("tool_use") : QStringLiteral("end_turn");
    if (finishReason == u"length")
        return QStringLiteral("max_tokens");
    if (finishReason == u"tool_calls" || finishReason == u"function_call")
        return QStringLiteral("tool_use");
    return finishReason == u"content_filter" ? QStringLiteral("refusal") : finishReason;
}

/// Why the answer ended. That a stop text did it is known only where the provider says which.
QJsonObject endingOf(const ChatChoice &choice, bool hasCalls)
{
    const bool isStopped = choice.finishReason == u"stop" && !choice.stopSequence.isEmpty();
    return {{QStringLiteral("stop_reason"),
                isStopped ? QStringLiteral("stop_sequence") : stopReasonOf(choice.finishReason, hasCalls)},
        {QStringLiteral("stop_sequence"), isStopped ? QJsonValue(choice.stopSequence) : QJsonValue(QJsonValue::Null)}};
}

QJsonObject messageOf(const QString &id, const QString &model, const QJsonArray &content, const Usage &usage)
{
    return {{QStringLiteral("id"), messageId(id)}, {typeName(), QStringLiteral("message")},
        {QStringLiteral("role"), QStringLiteral("assistant")}, {QStringLiteral("model"), model},
        {QStringLiteral("content"), content}, {QStringLiteral("stop_reason"), QJsonValue::Null},
        {QStringLiteral("stop_sequence"), QJsonValue::Null}, {QStringLiteral("usage"), encodeUsage(usage)}};
}

QJsonObject textBlock(const QString &text)
{
    return {{typeName(), QStringLiteral("text")}, {QStringLiteral("text"), text}};
}

QJsonObject thinkingBlock(const QString &thinking)
{
    return {{typeName(), QStringLiteral("thinking")}, {QStringLiteral("thinking"), thinking},
        {QStringLiteral("signature"), QString()}};
}

QJsonObject callBlock(const QString &id, const QString &name, const QJsonObject &input)
{
    return {{typeName(), QStringLiteral("tool_use")}, {QStringLiteral("id"), id}, {QStringLiteral("name"), name},
        {QStringLiteral("input"), input}};
}

/// The block that this API's own service gave, which is all that it takes back. Empty: another provider's.
QJsonObject ownBlock(const QJsonValue &piece)
{
    const QJsonObject object = piece.toObject();
    const bool isOwn = object.value(u"provider").toString() == u"anthropic";
    return isOwn ? object.value(u"block").toObject() : QJsonObject();
}

QJsonArray contentOf(const Message &message)
{
    QJsonArray content;
    for (const QJsonValue &piece : message.opaque) {
        if (const QJsonObject block = ownBlock(piece); !block.isEmpty())
            content.append(block);
    }
    if (content.isEmpty() && !message.reasoning.isEmpty())
        content.append(thinkingBlock(message.reasoning));
    const QString text = message.text() + message.refusal;
    if (!text.isEmpty())
        content.append(textBlock(text));
    for (const ToolCall &call : message.toolCalls)
        content.append(callBlock(call.id, call.name, argumentsObject(call.arguments)));
    return content;
}

} // namespace

QByteArray AnthropicChatEncoder::contentType() const
{
    return QByteArrayLiteral("text/event-stream");
}

void AnthropicChatEncoder::write(const char *event, QJsonObject data)
{
    data.insert(typeName(), QString::fromLatin1(event));
    m_bytes += QByteArray("event: ") + event + "\ndata: " + compact(data) + "\n\n";
}

void AnthropicChatEncoder::begin(const QString &id, const QString &model, const std::optional<Usage> &usage)
{
    if (std::exchange(m_hasBegun, true))
        return;
    // Counts that nobody knows yet are 0; the last event has them all.
    const QJsonObject message = messageOf(id, model.isEmpty() ? m_model : model, {}, usage.value_or(Usage {}));
    write("message_start", {{QStringLiteral("message"), message}});
    write("ping", {});
}

QByteArray AnthropicChatEncoder::encode(const ChatDelta &delta)
{
    const bool saysNothing = delta.text.isEmpty() && delta.reasoning.isEmpty() && delta.refusal.isEmpty()
        && delta.toolCalls.empty() && delta.opaque.isEmpty();
    if (delta.choice != 0 || saysNothing)
        return {};
    begin(delta.id, delta.model, delta.usage);
    addText(BlockType::Thinking, delta.reasoning);
    for (const QJsonValue &piece : delta.opaque)
        addThoughts(ownBlock(piece));
    addText(BlockType::Text, delta.text + delta.refusal);
    for (const ToolCallDelta &piece : delta.toolCalls)
        addCall(piece);
    advance(false);
    return take();
}

bool AnthropicChatEncoder::Block::isFinished() const
{
    return type != BlockType::ToolUse || isWholeObject(arguments);
}

void AnthropicChatEncoder::addText(BlockType type, const QString &text)
{
    if (text.isEmpty())
        return;
    const bool goesOn = !m_blocks.empty() && m_blocks.back().type == type && m_blocks.back().signature.isEmpty();
    if (!goesOn)
        m_blocks.push_back({.type = type, .content = type == BlockType::Text ? textBlock({}) : thinkingBlock({})});
    m_blocks.back().waiting += text;
}

void AnthropicChatEncoder::addCall(const ToolCallDelta &piece)
{
    m_hasCalls = true;
    if (m_endedCalls.contains(piece.index))
        return;
    auto found = std::find_if(
        m_blocks.begin(), m_blocks.end(), [&piece](const Block &block) { return block.call == piece.index; });
    if (found == m_blocks.end()) {
        m_blocks.push_back(
            {.type = BlockType::ToolUse, .content = callBlock(piece.id, piece.name, {}), .call = piece.index});
        found = std::prev(m_blocks.end());
    }
    found->arguments += piece.arguments;
    found->waiting += piece.arguments;
}

/// The end of thoughts: their signature, or a block that nobody can read.
void AnthropicChatEncoder::addThoughts(const QJsonObject &block)
{
    if (block.isEmpty())
        return;
    const QString signature = block.value(u"signature").toString();
    const bool isEnd = !signature.isEmpty() && !m_blocks.empty() && m_blocks.back().type == BlockType::Thinking
        && m_blocks.back().signature.isEmpty();
    if (isEnd)
        m_blocks.back().signature = signature;
    else
        m_blocks.push_back({.type = BlockType::Thinking, .content = block, .signature = signature});
}

void AnthropicChatEncoder::advance(bool isEnd)
{
    while (!m_blocks.empty()) {
        Block &first = m_blocks.front();
        writeBlock(first);
        const bool isOver = isEnd || (m_blocks.size() > 1 && first.isFinished());
        if (!isOver)
            return;
        writeEnd(first);
        m_blocks.pop_front();
    }
}

void AnthropicChatEncoder::writeBlock(Block &block)
{
    if (!std::exchange(block.isOpen, true))
        write("content_block_start",
            {{QStringLiteral("index"), m_index}, {QStringLiteral("content_block"), block.content}});
    const QString piece = std::exchange(block.waiting, {});
    if (piece.isEmpty())
        return;
    if (block.type == BlockType::Text)
        writePiece("text_delta", QStringLiteral("text"), piece);
    else if (block.type == BlockType::Thinking)
        writePiece("thinking_delta", QStringLiteral("thinking"), piece);
    else
        writePiece("input_json_delta", QStringLiteral("partial_json"), piece);
}

void AnthropicChatEncoder::writeEnd(const Block &block)
{
    // A block that came whole has its signature from the beginning.
    const bool isSigned = block.content.value(u"signature").toString() == block.signature;
    if (!isSigned)
        writePiece("signature_delta", QStringLiteral("signature"), block.signature);
    write("content_block_stop", {{QStringLiteral("index"), m_index++}});
    if (block.type == BlockType::ToolUse)
        m_endedCalls.insert(block.call);
}

void AnthropicChatEncoder::writePiece(const char *type, const QString &member, const QString &text)
{
    const QJsonObject delta {{typeName(), QString::fromLatin1(type)}, {member, text}};
    write("content_block_delta", {{QStringLiteral("index"), m_index}, {QStringLiteral("delta"), delta}});
}

QByteArray AnthropicChatEncoder::finish(const ChatResponse &response)
{
    begin(response.id, response.model, response.usage);
    advance(true);
    const ChatChoice choice = response.choices.empty() ? ChatChoice {} : response.choices.front();
    write("message_delta",
        {{QStringLiteral("delta"), endingOf(choice, m_hasCalls)},
            {QStringLiteral("usage"), encodeUsage(response.usage.value_or(Usage {}))}});
    write("message_stop", {});
    return take();
}

QByteArray AnthropicChatEncoder::fail(const Error &error)
{
    write("error", anthropicError(error));
    return take();
}

QByteArray AnthropicChatEncoder::whole(const ChatResponse &response)
{
    const ChatChoice choice = response.choices.empty() ? ChatChoice {} : response.choices.front();
    QJsonObject message =
        messageOf(response.id, response.model, contentOf(choice.message), response.usage.value_or(Usage {}));
    const QJsonObject end = endingOf(choice, !choice.message.toolCalls.empty());
    for (auto member = end.begin(); member != end.end(); ++member)
        message.insert(member.key(), member.value());
    return compact(message);
}

} // namespace diptych
