// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/chatdecoder.h"

#include "providers/common/chatanswer.h"
#include "providers/common/errordecoder.h"
#include "providers/common/jsonreader.h"
#include "providers/gemini/answerfields.h"
#include "providers/gemini/callids.h"
#include "providers/gemini/signatures.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace diptych::gemini {

namespace {

using Object = JsonReader::Object;
using Element = JsonReader::Element;

/// What is remembered of one candidate.
struct CandidateState {
    int index = 0;
    qsizetype textSize = 0; ///< UTF-16 units so far
    int calls = 0;
    bool isFinished = false;
};

bool isEmpty(const ChatDelta &delta)
{
    return delta.finishReason.isEmpty() && delta.logprobs.empty() && delta.opaque.isEmpty() && !delta.usage
        && delta.id.isEmpty() && delta.model.isEmpty() && !ChatDecoder::isVisible(delta);
}

bool isList(QByteArrayView json)
{
    return json.trimmed().startsWith('[');
}

} // namespace

class ChatDecoder::Private
{
public:
    Result<std::span<const ChatDelta>> decode(QByteArrayView json, bool isWhole);
    std::optional<Error> readDocument(Object root, QByteArrayView json);
    ChatDelta readHead(Object root);
    void readCandidate(Element element, int position, ChatDelta &head);
    void readParts(Object candidate, CandidateState &state, ChatDelta &delta);
    void readPart(Object part, CandidateState &state, ChatDelta &delta);
    void readText(Object part, const QString &signature, CandidateState &state, ChatDelta &delta);
    void readCall(Object call, const QString &signature, CandidateState &state, ChatDelta &delta);
    void readFinish(Object candidate, CandidateState &state, ChatDelta &delta);
    int readIndex(Object candidate, int position);
    CandidateState &stateOf(int index);

    JsonReader reader;
    std::vector<CandidateState> candidates;
    std::vector<ChatDelta> deltas;
    std::optional<Error> badCall;
    QString id;
    QString model;
    bool hasCandidate = false; // in this document
    bool isHeldBack = false; // `deltas` stood beside an error
};

CandidateState &ChatDecoder::Private::stateOf(int index)
{
    const auto found = std::find_if(
        candidates.begin(), candidates.end(), [index](const CandidateState &state) { return state.index == index; });
    if (found != candidates.end())
        return *found;
    candidates.push_back({.index = index});
    return candidates.back();
}

Result<std::span<const ChatDelta>> ChatDecoder::Private::decode(QByteArrayView json, bool isWhole)
{
    deltas.clear();
    badCall.reset();
    hasCandidate = false;
    // Without alt=sse, and for errors even with it, the service answers with a list.
    const bool isWrapped = isList(json);
    const QByteArray wrapped = isWrapped ? QByteArray("{\"list\":" + json.toByteArray() + "}") : QByteArray();
    const Result<Object> root = reader.parse(isWrapped ? QByteArrayView(wrapped) : json);
    if (!root)
        return Failure(root.error());
    std::optional<Error> error;
    if (isWrapped) {
        if (const auto list = reader.array(*root, "list", "the answer")) {
            for (const Element element : *list) {
                const auto item = reader.asObject(element, "the answer's items");
                error = item && !error ? readDocument(*item, json) : error;
            }
        }
    } else {
        error = readDocument(*root, json);
    }
    if (isWhole && !hasCandidate && !error)
        reader.setFault("candidates", "a list with an answer");
    if (reader.hasFault())
        return Failure(reader.fault(json));
    isHeldBack = error || badCall;
    if (isHeldBack)
        return Failure(error ? *error : *badCall);
    return std::span<const ChatDelta>(deltas);
}

std::optional<Error> ChatDecoder::Private::readDocument(Object root, QByteArrayView json)
{
    if (reader.member(root, "error"))
        return decodeError({.status = 200, .body = json.toByteArray()});
    ChatDelta head = readHead(root);
    const auto list = reader.array(root, "candidates", "candidates");
    if (list && list->size() > 0) {
        hasCandidate = true;
        int position = 0;
        for (const Element element : *list)
            readCandidate(element, position++, head);
        return std::nullopt;
    }
    if (auto blocked = readPromptBlock(reader, root))
        return blocked;
    head.choice = -1;
    if (!isEmpty(head))
        deltas.push_back(std::move(head));
    return std::nullopt;
}

ChatDelta ChatDecoder::Private::readHead(Object root)
{
    ChatDelta head;
    if (id.isEmpty())
        head.id = id = reader.text(root, "responseId", "responseId");
    if (model.isEmpty())
        head.model = model = reader.text(root, "modelVersion", "modelVersion");
    head.usage = readUsage(reader, root);
    return head;
}

int ChatDecoder::Private::readIndex(Object candidate, int position)
{
    const qint64 index = reader.integer(candidate, "index", "candidates[].index").value_or(position);
    if (index >= 0 && index <= std::numeric_limits<int>::max())
        return static_cast<int>(index);
    reader.setFault("candidates[].index", "a number from 0 up");
    return position;
}

void ChatDecoder::Private::readCandidate(Element element, int position, ChatDelta &head)
{
    const auto candidate = reader.asObject(element, "candidates[]");
    if (!candidate)
        return;
    ChatDelta delta = std::exchange(head, {});
    delta.choice = readIndex(*candidate, position);
    CandidateState &state = stateOf(delta.choice);
    readParts(*candidate, state, delta);
    delta.logprobs = readLogprobs(reader, *candidate);
    readFinish(*candidate, state, delta);
    if (!isEmpty(delta))
        deltas.push_back(std::move(delta));
}

void ChatDecoder::Private::readParts(Object candidate, CandidateState &state, ChatDelta &delta)
{
    const auto content = reader.object(candidate, "content", "candidates[].content");
    const auto parts = content ? reader.array(*content, "parts", "candidates[].content.parts") : std::nullopt;
    if (!parts)
        return;
    for (const Element element : *parts) {
        if (const auto part = reader.asObject(element, "candidates[].content.parts[]"))
            readPart(*part, state, delta);
    }
}

void ChatDecoder::Private::readPart(Object part, CandidateState &state, ChatDelta &delta)
{
    const QString signature = reader.text(part, "thoughtSignature", "candidates[].content.parts[].thoughtSignature");
    if (const auto call = reader.object(part, "functionCall", "candidates[].content.parts[].functionCall")) {
        readCall(*call, signature, state, delta);
    } else if (reader.member(part, "text") || !signature.isEmpty()) {
        readText(part, signature, state, delta);
    } else {
        const QString text = textOfOtherPart(reader, part);
        delta.text += text;
        state.textSize += text.size();
    }
}

void ChatDecoder::Private::readText(Object part, const QString &signature, CandidateState &state, ChatDelta &delta)
{
    const QString text = reader.text(part, "text", "candidates[].content.parts[].text");
    bool isThought = false;
    if (const auto thought = reader.member(part, "thought"); thought && thought->get(isThought))
        reader.setFault("candidates[].content.parts[].thought", "true or false");
    if (isThought) {
        delta.reasoning += text;
        if (!signature.isEmpty())
            delta.opaque.append(thoughtSignature(signature, text));
        return;
    }
    const qsizetype begin = state.textSize;
    delta.text += text;
    state.textSize += text.size();
    if (!signature.isEmpty())
        delta.opaque.append(textSignature(signature, begin, state.textSize));
}

void ChatDecoder::Private::readCall(Object call, const QString &signature, CandidateState &state, ChatDelta &delta)
{
    ToolCallDelta piece {.index = state.calls++};
    piece.id = reader.text(call, "id", "candidates[].content.parts[].functionCall.id");
    if (piece.id.isEmpty())
        piece.id = makeCallId(id, state.index, piece.index);
    piece.name = reader.text(call, "name", "candidates[].content.parts[].functionCall.name");
    piece.arguments = QStringLiteral("{}");
    if (const auto args = reader.object(call, "args", "candidates[].content.parts[].functionCall.args")) {
        const std::string text = simdjson::minify(*args);
        piece.arguments = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }
    if (!signature.isEmpty())
        delta.opaque.append(callSignature(signature, piece.index));
    delta.toolCalls.push_back(std::move(piece));
}

void ChatDecoder::Private::readFinish(Object candidate, CandidateState &state, ChatDelta &delta)
{
    const QString reason = reader.text(candidate, "finishReason", "candidates[].finishReason");
    if (reason.isEmpty())
        return;
    state.isFinished = true;
    delta.finishReason = finishReasonOf(reason, state.calls > 0);
    if (!isFailedCall(reason))
        return;
    const QString words = reader.text(candidate, "finishMessage", "candidates[].finishMessage");
    badCall = Error {.kind = Error::Kind::Provider,
        .message = words.isEmpty() ? QCoreApplication::translate(
                       "diptych::gemini::ChatDecoder", "The model wrote a function call that can not be used.")
                                   : words,
        .providerCode = reason};
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
    if (std::exchange(d->isHeldBack, false))
        return d->deltas;
    return {};
}

bool ChatDecoder::isComplete() const
{
    return !d->candidates.empty()
        && std::all_of(
            d->candidates.begin(), d->candidates.end(), [](const CandidateState &state) { return state.isFinished; });
}

bool ChatDecoder::isVisible(const ChatDelta &delta)
{
    return isVisibleDelta(delta);
}

Result<ChatResponse> decodeChatResponse(QByteArrayView json)
{
    return decodeWholeAnswer<ChatDecoder>(json);
}

} // namespace diptych::gemini
