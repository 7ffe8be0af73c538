// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/chatdecoder.h"

#include "providers/common/chatanswer.h"
#include "providers/common/jsonreader.h"
#include "providers/openai/commonfields.h"
#include "providers/openai/thinksplitter.h"

#include <algorithm>

namespace diptych::openai {

namespace {

using Object = JsonReader::Object;
using Element = JsonReader::Element;

/// What is remembered of one tool call of a choice.
struct CallState {
    std::optional<qint64> index {};
    QString id {};
    bool hasName = false;
};

/// What is remembered of one choice.
struct ChoiceState {
    int index = 0;
    ThinkSplitter splitter {};
    std::vector<CallState> calls {};
    bool isFinished = false;
};

bool isEmpty(const ChatDelta &delta)
{
    return delta.finishReason.isEmpty() && delta.logprobs.empty() && !delta.usage && delta.id.isEmpty()
        && delta.model.isEmpty() && delta.created == 0 && !ChatDecoder::isVisible(delta);
}

} // namespace

class ChatDecoder::Private
{
public:
    Result<std::span<const ChatDelta>> decode(QByteArrayView json, bool isWhole);
    ChatDelta &nextDelta(int choice);
    void dropEmptyDelta();
    void readChoice(Element element, int position, bool isFirst, ChatDelta &head);
    void readMessage(Object message, bool isWhole, ChoiceState &state, ChatDelta &delta);
    void readContent(Object message, ChoiceState &state, ChatDelta &delta);
    void readContentPart(Element element, ChoiceState &state, ChatDelta &delta);
    QString readThinking(Object part);
    void readToolCalls(Object message, bool isWhole, ChoiceState &state, ChatDelta &delta);
    void readToolCall(Object call, std::optional<qint64> index, ChoiceState &state, ChatDelta &delta);
    QString readArguments(Object function);
    ChoiceState &stateOf(int index);

    JsonReader reader;
    ResponseHead head;
    std::vector<ChoiceState> choices;
    std::vector<ChatDelta> deltas; // kept from call to call for their buffers
    std::size_t count = 0;
};

ChatDelta &ChatDecoder::Private::nextDelta(int choice)
{
    if (count == deltas.size())
        deltas.emplace_back();
    else
        deltas[count] = ChatDelta {};
    deltas[count].choice = choice;
    return deltas[count++];
}

void ChatDecoder::Private::dropEmptyDelta()
{
    if (isEmpty(deltas[count - 1]))
        --count;
}

ChoiceState &ChatDecoder::Private::stateOf(int index)
{
    const auto found = std::find_if(
        choices.begin(), choices.end(), [index](const ChoiceState &state) { return state.index == index; });
    if (found != choices.end())
        return *found;
    choices.emplace_back();
    choices.back().index = index;
    return choices.back();
}

Result<std::span<const ChatDelta>> ChatDecoder::Private::decode(QByteArrayView json, bool isWhole)
{
    count = 0;
    const Result<Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    ChatDelta first;
    head.read(reader, *root, first);
    first.usage = readUsage(reader, *root);
    const auto list = reader.array(*root, "choices", "choices");
    if (!list && isWhole)
        reader.setFault("choices", "an array");
    int position = 0;
    if (list) {
        for (const Element element : *list) {
            readChoice(element, position, position == 0, first);
            ++position;
        }
    }
    if (position == 0) {
        nextDelta(-1) = std::move(first);
        deltas[count - 1].choice = -1;
        dropEmptyDelta();
    }
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return std::span<const ChatDelta>(deltas.data(), count);
}

void ChatDecoder::Private::readChoice(Element element, int position, bool isFirst, ChatDelta &first)
{
    const auto choice = reader.asObject(element, "choices[]");
    if (!choice)
        return;
    const int index = readChoiceIndex(reader, *choice, position);
    ChatDelta &delta = nextDelta(index);
    if (isFirst) {
        delta.id = std::move(first.id);
        delta.model = std::move(first.model);
        delta.created = first.created;
        delta.usage = first.usage;
    }
    ChoiceState &state = stateOf(index);
    if (const auto piece = reader.object(*choice, "delta", "choices[].delta"))
        readMessage(*piece, false, state, delta);
    else if (const auto message = reader.object(*choice, "message", "choices[].message"))
        readMessage(*message, true, state, delta);
    if (const auto logprobs = reader.member(*choice, "logprobs"))
        delta.logprobs = readLogprobs(reader, *choice);
    delta.finishReason = reader.text(*choice, "finish_reason", "choices[].finish_reason");
    if (delta.finishReason == QLatin1String("model_length")) // Mistral: the context is full
        delta.finishReason = QStringLiteral("length");
    if (!delta.finishReason.isEmpty()) {
        state.isFinished = true;
        state.splitter.finish(delta.text, delta.reasoning);
    }
    dropEmptyDelta();
}

void ChatDecoder::Private::readMessage(Object message, bool isWhole, ChoiceState &state, ChatDelta &delta)
{
    delta.reasoning = reader.text(message, "reasoning_content", "choices[].delta.reasoning_content");
    // Some servers send both names with the same text.
    if (delta.reasoning.isEmpty())
        delta.reasoning = reader.text(message, "reasoning", "choices[].delta.reasoning");
    readContent(message, state, delta);
    delta.refusal = reader.text(message, "refusal", "choices[].delta.refusal");
    readToolCalls(message, isWhole, state, delta);
    if (const auto audio = reader.object(message, "audio", "choices[].delta.audio"))
        delta.text += reader.text(*audio, "transcript", "choices[].delta.audio.transcript");
}

void ChatDecoder::Private::readContent(Object message, ChoiceState &state, ChatDelta &delta)
{
    const auto content = reader.member(message, "content");
    if (!content)
        return;
    JsonReader::Array parts;
    if (content->is_string()) {
        state.splitter.feed(*reader.asText(*content, ""), delta.text, delta.reasoning);
    } else if (!content->get(parts)) {
        for (const Element part : parts)
            readContentPart(part, state, delta);
    } else {
        reader.setFault("choices[].delta.content", "a string or an array");
    }
}

void ChatDecoder::Private::readContentPart(Element element, ChoiceState &state, ChatDelta &delta)
{
    if (element.is_string()) {
        state.splitter.feed(*reader.asText(element, ""), delta.text, delta.reasoning);
        return;
    }
    const auto part = reader.asObject(element, "choices[].delta.content[]");
    if (!part)
        return;
    if (reader.text(*part, "type", "choices[].delta.content[].type") == QLatin1String("thinking"))
        delta.reasoning += readThinking(*part);
    else
        state.splitter.feed(reader.text(*part, "text", "choices[].delta.content[].text"), delta.text, delta.reasoning);
}

QString ChatDecoder::Private::readThinking(Object part)
{
    const char *const path = "choices[].delta.content[].thinking";
    const auto thinking = reader.member(part, "thinking");
    if (!thinking)
        return {};
    JsonReader::Array pieces;
    if (thinking->get(pieces))
        return reader.asText(*thinking, path).value_or(QString());
    QString text;
    for (const Element piece : pieces) {
        if (const auto object = reader.asObject(piece, path))
            text += reader.text(*object, "text", path);
    }
    return text;
}

void ChatDecoder::Private::readToolCalls(Object message, bool isWhole, ChoiceState &state, ChatDelta &delta)
{
    const auto calls = reader.array(message, "tool_calls", "choices[].delta.tool_calls");
    if (!calls)
        return;
    qint64 position = 0;
    for (const Element element : *calls) {
        const auto call = reader.asObject(element, "choices[].delta.tool_calls[]");
        if (!call)
            return;
        auto index = reader.integer(*call, "index", "choices[].delta.tool_calls[].index");
        // In a whole message every entry is a call of its own, whether it has an id or not.
        if (isWhole)
            index = position;
        readToolCall(*call, index, state, delta);
        ++position;
    }
}

namespace {

/// Source: merge rule of the Azure streaming format and OpenAI's: by `index`, else by `id`, else the last call. Servers
/// that number every call 0 are told apart by their ids.
std::size_t positionOf(std::vector<CallState> &calls, std::optional<qint64> index, const QString &id)
{
    const auto isSame = [&](const CallState &call) {
        if (index)
            return call.index == index && (id.isEmpty() || call.id.isEmpty() || call.id == id);
        return call.id == id;
    };
    if (!index && id.isEmpty() && !calls.empty())
        return calls.size() - 1;
    const auto found = std::find_if(calls.rbegin(), calls.rend(), isSame);
    if (found != calls.rend())
        return static_cast<std::size_t>(calls.rend() - found) - 1;
    calls.push_back({.index = index});
    return calls.size() - 1;
}

} // namespace

void ChatDecoder::Private::readToolCall(Object call, std::optional<qint64> index, ChoiceState &state, ChatDelta &delta)
{
    const QString id = reader.label(call, "id", "choices[].delta.tool_calls[].id");
    const std::size_t position = positionOf(state.calls, index, id);
    CallState &known = state.calls[position];
    ToolCallDelta piece {.index = static_cast<int>(position)};
    if (known.id.isEmpty()) {
        known.id = id;
        piece.id = id;
    }
    if (const auto function = reader.object(call, "function", "choices[].delta.tool_calls[].function")) {
        const QString name = reader.text(*function, "name", "choices[].delta.tool_calls[].function.name");
        if (!known.hasName)
            piece.name = name;
        known.hasName |= !name.isEmpty();
        piece.arguments = readArguments(*function);
    }
    delta.toolCalls.push_back(std::move(piece));
}

QString ChatDecoder::Private::readArguments(Object function)
{
    const auto arguments = reader.member(function, "arguments");
    // Written as an object by servers that think in Ollama's format.
    if (arguments && arguments->is_object()) {
        const std::string text = simdjson::minify(*arguments);
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    return reader.text(function, "arguments", "choices[].delta.tool_calls[].function.arguments");
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
    d->count = 0;
    for (ChoiceState &state : d->choices) {
        ChatDelta &delta = d->nextDelta(state.index);
        state.splitter.finish(delta.text, delta.reasoning);
        d->dropEmptyDelta();
    }
    return {d->deltas.data(), d->count};
}

bool ChatDecoder::isComplete() const
{
    return !d->choices.empty()
        && std::all_of(d->choices.begin(), d->choices.end(), [](const ChoiceState &state) { return state.isFinished; });
}

bool ChatDecoder::isVisible(const ChatDelta &delta)
{
    return isVisibleDelta(delta);
}

Result<ChatResponse> decodeChatResponse(QByteArrayView json)
{
    return decodeWholeAnswer<ChatDecoder>(json);
}

} // namespace diptych::openai
