// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/chatdecoder.h"

#include "providers/common/chatanswer.h"
#include "providers/common/jsonreader.h"
#include "providers/ollama/answerfields.h"

namespace diptych::ollama {

namespace {

using Object = JsonReader::Object;

} // namespace

class ChatDecoder::Private
{
public:
    Result<std::span<const ChatDelta>> decode(QByteArrayView json);
    void readMessage(Object message);
    void readToolCall(Object call);
    QString readArguments(Object function);
    QString newCallId() const;

    JsonReader reader;
    AnswerHead head;
    ChatDelta delta; // kept from call to call for its buffers
    int callCount = 0;
    bool isComplete = false;
};

Result<std::span<const ChatDelta>> ChatDecoder::Private::decode(QByteArrayView json)
{
    delta = ChatDelta {};
    const Result<Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    head.read(reader, *root, delta);
    const auto message = reader.object(*root, "message", "message");
    if (message)
        readMessage(*message);
    delta.logprobs = readLogprobs(reader, *root);
    delta.finishReason = readFinishReason(reader, *root);
    if (!message && delta.finishReason.isEmpty())
        reader.setFault("message", "an object");
    if (!delta.finishReason.isEmpty()) {
        isComplete = true;
        delta.usage = readUsage(reader, *root);
        if (callCount > 0 && delta.finishReason == QLatin1String("stop"))
            delta.finishReason = QStringLiteral("tool_calls");
    }
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return std::span<const ChatDelta>(&delta, 1);
}

void ChatDecoder::Private::readMessage(Object message)
{
    delta.text = reader.text(message, "content", "message.content");
    delta.reasoning = reader.text(message, "thinking", "message.thinking");
    // The names that imitators took over from other formats.
    if (delta.reasoning.isEmpty())
        delta.reasoning = reader.text(message, "reasoning_content", "message.reasoning_content");
    const auto calls = reader.array(message, "tool_calls", "message.tool_calls");
    if (!calls)
        return;
    for (const JsonReader::Element element : *calls) {
        if (const auto call = reader.asObject(element, "message.tool_calls[]"))
            readToolCall(*call);
    }
}

void ChatDecoder::Private::readToolCall(Object call)
{
    // Calls come whole, one or several in a line; the index inside them counts only within the line on some servers.
    ToolCallDelta piece {.index = callCount++, .id = reader.label(call, "id", "message.tool_calls[].id")};
    if (piece.id.isEmpty())
        piece.id = newCallId();
    const auto function = reader.object(call, "function", "message.tool_calls[].function");
    if (!function) {
        reader.setFault("message.tool_calls[].function", "an object");
        return;
    }
    piece.name = reader.text(*function, "name", "message.tool_calls[].function.name");
    piece.arguments = readArguments(*function);
    delta.toolCalls.push_back(std::move(piece));
}

QString ChatDecoder::Private::readArguments(Object function)
{
    const auto arguments = reader.member(function, "arguments");
    if (!arguments)
        return QStringLiteral("{}");
    if (arguments->is_string())
        return reader.asText(*arguments, "").value_or(QString());
    if (!arguments->is_object()) {
        reader.setFault("message.tool_calls[].function.arguments", "an object");
        return {};
    }
    const std::string text = simdjson::minify(*arguments);
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString ChatDecoder::Private::newCallId() const
{
    const QString number = QString::number(callCount);
    if (head.time() == 0)
        return QStringLiteral("call_") % number;
    return QStringLiteral("call_") % QString::number(head.time(), 36) % u'_' % number;
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
    return d->decode(json);
}

bool ChatDecoder::isComplete() const
{
    return d->isComplete;
}

bool ChatDecoder::isVisible(const ChatDelta &delta)
{
    return isVisibleDelta(delta);
}

Error ChatDecoder::explained(Error error)
{
    return refined(std::move(error));
}

} // namespace diptych::ollama
