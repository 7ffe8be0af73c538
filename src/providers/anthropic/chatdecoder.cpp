// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/anthropic/chatdecoder.h"

#include "providers/anthropic/usagecounter.h"
#include "providers/common/chatanswer.h"
#include "providers/common/errordecoder.h"
#include "providers/common/jsonreader.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace diptych::anthropic {

namespace {

using Object = JsonReader::Object;
using Element = JsonReader::Element;

enum class BlockType { Other, Text, Thinking, RedactedThinking, ToolUse };

BlockType blockTypeOf(const QString &name)
{
    if (name == QLatin1String("text"))
        return BlockType::Text;
    if (name == QLatin1String("thinking"))
        return BlockType::Thinking;
    if (name == QLatin1String("redacted_thinking"))
        return BlockType::RedactedThinking;
    return name == QLatin1String("tool_use") ? BlockType::ToolUse : BlockType::Other;
}

/// Source: Anthropic Messages API, stop_reason. `pause_turn` and what is new stay as they are.
QString finishReasonOf(const QString &stopReason)
{
    if (stopReason == QLatin1String("end_turn") || stopReason == QLatin1String("stop_sequence"))
        return QStringLiteral("stop");
    if (stopReason == QLatin1String("max_tokens") || stopReason == QLatin1String("model_context_window_exceeded"))
        return QStringLiteral("length");
    if (stopReason == QLatin1String("tool_use"))
        return QStringLiteral("tool_calls");
    return stopReason == QLatin1String("refusal") ? QStringLiteral("content_filter") : stopReason;
}

template <typename Json>
QString textOf(Json json)
{
    const std::string text = simdjson::minify(json);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A block that is under way.
struct Block {
    qint64 index = 0;
    BlockType type = BlockType::Other;
    QJsonObject kept {}; ///< of thoughts: the block as it began
    QString thinking {}; ///< of thoughts: what came since
    QString signature {};
    int call = 0; ///< of a tool_use: position among the calls
    QString input {}; ///< of a tool_use: what it began with
    bool hasArguments = false;
};

} // namespace

class ChatDecoder::Private
{
public:
    Result<std::span<const ChatDelta>> decode(QByteArrayView json, bool isWhole);
    void readEvent(Object event);
    void readMessage(Object message);
    void readStart(Object event);
    void readDelta(Object event);
    void readStop(Object event);
    void readEnd(Object event);
    void readStopReason(Object parent);
    void openBlock(qint64 index, Object block);
    void closeBlock(Block &block);
    void appendArguments(Block &block, const QString &text);
    Block *blockAt(qint64 index);
    std::span<const ChatDelta> deltas(bool isLast);

    JsonReader reader;
    ChatDelta delta; // what the document at hand says
    ChatDelta head; // id, model and counts, until a delta takes them along
    UsageCounter usage;
    std::vector<Block> blocks;
    int calls = 0;
    bool isComplete = false;
};

Result<std::span<const ChatDelta>> ChatDecoder::Private::decode(QByteArrayView json, bool isWhole)
{
    delta = {};
    const Result<Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    const QString type = reader.text(*root, "type", "type");
    const bool hasError = root->at_key("error").error() == simdjson::SUCCESS;
    if (type == QLatin1String("error") || (hasError && type != QLatin1String("message")))
        return Failure(decodeError({.status = 200, .body = json.toByteArray()}));
    if (isWhole || type == QLatin1String("message"))
        readMessage(*root);
    else if (type.isEmpty())
        reader.setFault("type", "a string");
    else
        readEvent(*root);
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return deltas(false);
}

void ChatDecoder::Private::readEvent(Object event)
{
    const QString type = reader.text(event, "type", "type");
    if (type == QLatin1String("content_block_delta")) {
        readDelta(event);
    } else if (type == QLatin1String("content_block_start")) {
        readStart(event);
    } else if (type == QLatin1String("content_block_stop")) {
        readStop(event);
    } else if (type == QLatin1String("message_start")) {
        if (const auto message = reader.object(event, "message", "message")) {
            head.id = reader.label(*message, "id", "message.id");
            head.model = reader.text(*message, "model", "message.model");
            head.usage = usage.take(reader, *message);
        } else {
            reader.setFault("message", "an object");
        }
    } else if (type == QLatin1String("message_delta")) {
        readEnd(event);
    } else if (type == QLatin1String("message_stop")) {
        isComplete = true;
    }
}

void ChatDecoder::Private::readMessage(Object message)
{
    head.id = reader.label(message, "id", "id");
    head.model = reader.text(message, "model", "model");
    head.usage = usage.take(reader, message);
    const auto content = reader.array(message, "content", "content");
    if (!content)
        reader.setFault("content", "an array");
    qint64 index = 0;
    if (content) {
        for (const Element element : *content) {
            const auto block = reader.asObject(element, "content[]");
            if (!block)
                return;
            openBlock(index, *block);
            closeBlock(blocks.back());
            blocks.pop_back();
            ++index;
        }
    }
    readStopReason(message);
    isComplete = true;
}

void ChatDecoder::Private::readStart(Object event)
{
    const qint64 index = reader.integer(event, "index", "index").value_or(0);
    if (const auto block = reader.object(event, "content_block", "content_block"))
        openBlock(index, *block);
    else
        reader.setFault("content_block", "an object");
}

void ChatDecoder::Private::openBlock(qint64 index, Object block)
{
    Block state {.index = index, .type = blockTypeOf(reader.text(block, "type", "content_block.type"))};
    switch (state.type) {
    case BlockType::Text:
        delta.text += reader.text(block, "text", "content_block.text");
        break;
    case BlockType::Thinking:
        delta.reasoning += reader.text(block, "thinking", "content_block.thinking");
        [[fallthrough]];
    case BlockType::RedactedThinking:
        state.kept = QJsonDocument::fromJson(textOf(block).toUtf8()).object();
        break;
    case BlockType::ToolUse: {
        state.call = calls++;
        const auto input = reader.member(block, "input");
        if (input)
            state.input = input->is_string() ? reader.asText(*input, "").value_or(QString()) : textOf(*input);
        delta.toolCalls.push_back({.index = state.call,
            .id = reader.label(block, "id", "content_block.id"),
            .name = reader.text(block, "name", "content_block.name")});
        break;
    }
    case BlockType::Other:
        break;
    }
    blocks.push_back(std::move(state));
}

Block *ChatDecoder::Private::blockAt(qint64 index)
{
    const auto found =
        std::find_if(blocks.begin(), blocks.end(), [index](const Block &block) { return block.index == index; });
    return found == blocks.end() ? nullptr : &*found;
}

void ChatDecoder::Private::readDelta(Object event)
{
    const auto piece = reader.object(event, "delta", "delta");
    if (!piece)
        return reader.setFault("delta", "an object");
    Block *block = blockAt(reader.integer(event, "index", "index").value_or(0));
    const QString type = reader.text(*piece, "type", "delta.type");
    if (type == QLatin1String("text_delta")) {
        delta.text = reader.text(*piece, "text", "delta.text");
    } else if (type == QLatin1String("thinking_delta")) {
        delta.reasoning = reader.text(*piece, "thinking", "delta.thinking");
        if (block && block->type == BlockType::Thinking)
            block->thinking += delta.reasoning;
    } else if (type == QLatin1String("signature_delta")) {
        if (block)
            block->signature += reader.text(*piece, "signature", "delta.signature");
    } else if (type == QLatin1String("input_json_delta") && block && block->type == BlockType::ToolUse) {
        appendArguments(*block, reader.text(*piece, "partial_json", "delta.partial_json"));
    }
}

void ChatDecoder::Private::appendArguments(Block &block, const QString &text)
{
    if (text.isEmpty())
        return;
    block.hasArguments = true;
    if (delta.toolCalls.empty())
        delta.toolCalls.push_back({.index = block.call});
    delta.toolCalls.back().arguments += text;
}

void ChatDecoder::Private::readStop(Object event)
{
    const qint64 index = reader.integer(event, "index", "index").value_or(0);
    if (Block *block = blockAt(index)) {
        closeBlock(*block);
        std::erase_if(blocks, [index](const Block &other) { return other.index == index; });
    }
}

void ChatDecoder::Private::closeBlock(Block &block)
{
    // A call without arguments has an empty object, or nothing at all in a stream.
    if (block.type == BlockType::ToolUse && !block.hasArguments)
        appendArguments(block, block.input.isEmpty() ? QStringLiteral("{}") : block.input);
    const auto complete = [&block](const QString &key, const QString &more) {
        if (!more.isEmpty())
            block.kept.insert(key, QString(block.kept.value(key).toString() + more));
    };
    complete(QStringLiteral("thinking"), block.thinking);
    complete(QStringLiteral("signature"), block.signature);
    // The service takes thoughts back only with their signature.
    const bool isSigned = !block.kept.value(u"signature").toString().isEmpty();
    if (block.type == BlockType::RedactedThinking || (block.type == BlockType::Thinking && isSigned))
        delta.opaque.append(QJsonObject {
            {QStringLiteral("provider"), QStringLiteral("anthropic")}, {QStringLiteral("block"), block.kept}});
}

void ChatDecoder::Private::readEnd(Object event)
{
    if (const auto piece = reader.object(event, "delta", "delta"))
        readStopReason(*piece);
    if (const std::optional<Usage> counts = usage.take(reader, event))
        head.usage = counts;
}

void ChatDecoder::Private::readStopReason(Object parent)
{
    delta.finishReason = finishReasonOf(reader.text(parent, "stop_reason", "stop_reason"));
    const auto sequence = reader.member(parent, "stop_sequence");
    if (sequence && sequence->is_string())
        delta.stopSequence = reader.asText(*sequence, "").value_or(QString());
    if (const auto details = reader.object(parent, "stop_details", "stop_details"))
        delta.refusal = reader.text(*details, "explanation", "stop_details.explanation");
}

std::span<const ChatDelta> ChatDecoder::Private::deltas(bool isLast)
{
    const bool isSomething = isVisible(delta) || !delta.finishReason.isEmpty() || !delta.opaque.isEmpty();
    const bool hasHead = !head.id.isEmpty() || !head.model.isEmpty() || head.usage;
    if (!isSomething && !(isLast && hasHead))
        return {};
    if (!isSomething)
        delta.choice = -1;
    delta.id = std::move(head.id);
    delta.model = std::move(head.model);
    delta.usage = head.usage;
    head = {};
    return {&delta, 1};
}

ChatDecoder::ChatDecoder()
    : d(std::make_unique<Private>())
{
}

ChatDecoder::~ChatDecoder() = default;
ChatDecoder::ChatDecoder(ChatDecoder &&) noexcept = default;
ChatDecoder &ChatDecoder::operator=(ChatDecoder &&) noexcept = default;

Result<std::span<const ChatDelta>> ChatDecoder::decodeChunk(QByteArrayView json)
{
    return d->decode(json, false);
}

Result<std::span<const ChatDelta>> ChatDecoder::decodeWhole(QByteArrayView json)
{
    return d->decode(json, true);
}

std::span<const ChatDelta> ChatDecoder::finish()
{
    d->delta = {};
    return d->deltas(true);
}

bool ChatDecoder::isComplete() const
{
    return d->isComplete;
}

bool ChatDecoder::isVisible(const ChatDelta &delta)
{
    return isVisibleDelta(delta);
}

Result<ChatResponse> decodeChatResponse(QByteArrayView json)
{
    return decodeWholeAnswer<ChatDecoder>(json);
}

} // namespace diptych::anthropic
