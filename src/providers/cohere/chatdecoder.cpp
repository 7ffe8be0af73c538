// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/chatdecoder.h"

#include "providers/cohere/answerfields.h"
#include "providers/common/chatanswer.h"
#include "providers/common/errordecoder.h"

#include <QCoreApplication>
#include <QJsonObject>

namespace diptych::cohere {

namespace {

using Object = JsonReader::Object;
using Element = JsonReader::Element;

QJsonObject opaque(const QString &key, const QJsonValue &value)
{
    return {{QStringLiteral("provider"), QStringLiteral("cohere")}, {key, value}};
}

} // namespace

class ChatDecoder::Private
{
public:
    Result<std::span<const ChatDelta>> decode(QByteArrayView json, bool isWhole);
    void readEvent(Object event, const QString &type);
    void readAnswer(Object answer);
    void readMessage(Object message);
    void readContent(Object message);
    void readContentPart(Element element);
    void readCalls(Object message, bool isNew);
    void readCall(Object call, bool isNew);
    void readEnd(Object end);
    void keepThoughts();
    void keepPlan();
    std::span<const ChatDelta> deltas(bool isLast);

    JsonReader reader;
    ChatDelta delta; // what the document at hand says
    ChatDelta head; // id and counts, until a delta takes them along
    QString thoughts; // of the block under way
    QString plan;
    int calls = 0;
    bool isComplete = false;
    std::optional<Error> failure; // that the answer ended in
};

Result<std::span<const ChatDelta>> ChatDecoder::Private::decode(QByteArrayView json, bool isWhole)
{
    delta = {};
    const Result<Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    const QString type = reader.text(*root, "type", "type");
    const bool isAnswer = root->at_key("message").is_object();
    const bool hasError = root->at_key("error").is_object() || root->at_key("error").is_string(); // of a gateway
    if (!isAnswer && (hasError || (type.isEmpty() && root->at_key("message").is_string())))
        return Failure(decodeError({.status = 200, .body = json.toByteArray()}));
    if (isWhole || (type.isEmpty() && isAnswer))
        readAnswer(*root);
    else if (type.isEmpty())
        reader.setFault("type", "a string");
    else
        readEvent(*root, type);
    if (reader.hasFault())
        return Failure(reader.fault(json));
    if (failure)
        return Failure(*failure);
    return deltas(false);
}

void ChatDecoder::Private::readEvent(Object event, const QString &type)
{
    if (type == QLatin1String("message-start"))
        head.id = reader.label(event, "id", "id");
    if (type == QLatin1String("content-end"))
        keepThoughts();
    const auto piece = reader.object(event, "delta", "delta");
    if (type == QLatin1String("message-end")) {
        keepThoughts();
        keepPlan();
        if (piece)
            readEnd(*piece);
        else
            isComplete = true;
        return;
    }
    if (!piece) {
        if (type.endsWith(QLatin1String("-delta")) || type == QLatin1String("tool-call-start"))
            reader.setFault("delta", "an object");
        return;
    }
    const auto message = reader.object(*piece, "message", "delta.message");
    if (!message)
        return;
    if (type.startsWith(QLatin1String("content-"))) {
        readContent(*message);
        delta.logprobs = readLogprobs(reader, event, delta.text);
    } else if (type == QLatin1String("tool-plan-delta")) {
        const QString text = reader.text(*message, "tool_plan", "delta.message.tool_plan");
        delta.reasoning += text;
        plan += text;
    } else if (type == QLatin1String("tool-call-start") || type == QLatin1String("tool-call-delta")) {
        keepPlan();
        readCalls(*message, type == QLatin1String("tool-call-start"));
    }
}

void ChatDecoder::Private::readContent(Object message)
{
    const auto content = reader.member(message, "content");
    JsonReader::Array parts;
    if (!content)
        return;
    if (content->is_string()) {
        delta.text += *reader.asText(*content, "");
    } else if (content->get(parts)) {
        readContentPart(*content);
    } else {
        for (const Element part : parts) {
            readContentPart(part);
            keepThoughts();
        }
    }
}

void ChatDecoder::Private::readContentPart(Element element)
{
    const auto part = reader.asObject(element, "message.content");
    if (!part)
        return;
    delta.text += reader.text(*part, "text", "message.content.text");
    const QString thinking = reader.text(*part, "thinking", "message.content.thinking");
    delta.reasoning += thinking;
    thoughts += thinking;
}

void ChatDecoder::Private::readCalls(Object message, bool isNew)
{
    const auto element = reader.member(message, "tool_calls");
    JsonReader::Array list;
    if (!element)
        return;
    // An object in events, a list in whole answers.
    if (element->get(list)) {
        if (const auto call = reader.asObject(*element, "message.tool_calls"))
            readCall(*call, isNew);
        return;
    }
    for (const Element item : list) {
        if (const auto call = reader.asObject(item, "message.tool_calls[]"))
            readCall(*call, isNew);
    }
}

void ChatDecoder::Private::readCall(Object call, bool isNew)
{
    if (isNew)
        ++calls;
    if (calls == 0)
        return reader.setFault("message.tool_calls", "preceded by the start of a call");
    ToolCallDelta piece {.index = calls - 1};
    if (isNew)
        piece.id = reader.label(call, "id", "message.tool_calls.id");
    if (const auto function = reader.object(call, "function", "message.tool_calls.function")) {
        if (isNew)
            piece.name = reader.text(*function, "name", "message.tool_calls.function.name");
        piece.arguments = reader.text(*function, "arguments", "message.tool_calls.function.arguments");
    }
    if (isNew || !piece.arguments.isEmpty())
        delta.toolCalls.push_back(std::move(piece));
}

void ChatDecoder::Private::readAnswer(Object answer)
{
    head.id = reader.label(answer, "id", "id");
    if (const auto message = reader.object(answer, "message", "message"))
        readMessage(*message);
    else
        reader.setFault("message", "an object");
    delta.logprobs = readLogprobs(reader, answer);
    readEnd(answer);
}

void ChatDecoder::Private::readMessage(Object message)
{
    plan = reader.text(message, "tool_plan", "message.tool_plan");
    readContent(message);
    delta.reasoning += plan;
    keepPlan();
    readCalls(message, true);
}

void ChatDecoder::Private::readEnd(Object end)
{
    const QString reason = reader.text(end, "finish_reason", "finish_reason");
    if (const std::optional<Usage> usage = readUsage(reader, end))
        head.usage = usage;
    failure = failureOf(reason, reader.text(end, "error", "error"));
    isComplete = !failure;
    if (isComplete)
        delta.finishReason = finishReasonOf(reason);
}

void ChatDecoder::Private::keepThoughts()
{
    if (!thoughts.isEmpty())
        delta.opaque.append(opaque(QStringLiteral("block"),
            QJsonObject {
                {QStringLiteral("type"), QStringLiteral("thinking")}, {QStringLiteral("thinking"), thoughts}}));
    thoughts.clear();
}

void ChatDecoder::Private::keepPlan()
{
    if (!plan.isEmpty())
        delta.opaque.append(opaque(QStringLiteral("tool_plan"), plan));
    plan.clear();
}

std::span<const ChatDelta> ChatDecoder::Private::deltas(bool isLast)
{
    const bool isSomething =
        isVisible(delta) || !delta.finishReason.isEmpty() || !delta.opaque.isEmpty() || !delta.logprobs.empty();
    if (!isSomething && !(isLast && (!head.id.isEmpty() || head.usage)))
        return {};
    if (!isSomething)
        delta.choice = -1;
    delta.id = std::move(head.id);
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
    // What stood in the document that ended in an error was not handed out yet.
    if (!std::exchange(d->failure, std::nullopt))
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

} // namespace diptych::cohere
