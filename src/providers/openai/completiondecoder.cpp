// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/completiondecoder.h"

#include "providers/common/jsonreader.h"
#include "providers/openai/commonfields.h"

#include <algorithm>
#include <map>

namespace diptych::openai {

class CompletionDecoder::Private
{
public:
    Result<std::span<const CompletionDelta>> decode(QByteArrayView json, bool isWhole);
    void readChoice(JsonReader::Element element, int position);

    JsonReader reader;
    ResponseHead head;
    std::map<int, bool> finished; // by index of the choice
    std::vector<CompletionDelta> deltas;
};

Result<std::span<const CompletionDelta>> CompletionDecoder::Private::decode(QByteArrayView json, bool isWhole)
{
    deltas.clear();
    const Result<JsonReader::Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    CompletionDelta first {.choice = -1};
    bool isFirstWorthTelling = head.read(reader, *root, first);
    first.usage = readUsage(reader, *root);
    isFirstWorthTelling |= first.usage.has_value();
    const auto list = reader.array(*root, "choices", "choices");
    if (!list && isWhole)
        reader.setFault("choices", "an array");
    if (list) {
        int position = 0;
        for (const JsonReader::Element element : *list)
            readChoice(element, position++);
    }
    if (reader.hasFault())
        return Failure(reader.fault(json));
    if (isFirstWorthTelling)
        deltas.insert(deltas.begin(), std::move(first));
    return std::span<const CompletionDelta>(deltas);
}

void CompletionDecoder::Private::readChoice(JsonReader::Element element, int position)
{
    const auto choice = reader.asObject(element, "choices[]");
    if (!choice)
        return;
    CompletionDelta delta {.choice = readChoiceIndex(reader, *choice, position)};
    delta.text = reader.text(*choice, "text", "choices[].text");
    // Mistral's completions look like its chats.
    if (const auto piece = reader.object(*choice, "delta", "choices[].delta"))
        delta.text += reader.text(*piece, "content", "choices[].delta.content");
    else if (const auto message = reader.object(*choice, "message", "choices[].message"))
        delta.text += reader.text(*message, "content", "choices[].message.content");
    delta.finishReason = reader.text(*choice, "finish_reason", "choices[].finish_reason");
    delta.logprobs = readLogprobs(reader, *choice);
    finished[delta.choice] |= !delta.finishReason.isEmpty();
    deltas.push_back(std::move(delta));
}

CompletionDecoder::CompletionDecoder()
    : d(std::make_unique<Private>())
{
}

CompletionDecoder::~CompletionDecoder() = default;
CompletionDecoder::CompletionDecoder(CompletionDecoder &&) noexcept = default;
CompletionDecoder &CompletionDecoder::operator=(CompletionDecoder &&) noexcept = default;

Result<std::span<const CompletionDelta>> CompletionDecoder::decodeChunk(QByteArrayView json)
{
    return d->decode(json, false);
}

Result<std::span<const CompletionDelta>> CompletionDecoder::decodeWhole(QByteArrayView json)
{
    return d->decode(json, true);
}

bool CompletionDecoder::isComplete() const
{
    return !d->finished.empty()
        && std::all_of(d->finished.begin(), d->finished.end(), [](const auto &choice) { return choice.second; });
}

Result<CompletionResponse> decodeCompletionResponse(QByteArrayView json)
{
    CompletionDecoder decoder;
    const auto deltas = decoder.decodeWhole(json);
    if (!deltas)
        return Failure(deltas.error());
    CompletionResponse response;
    for (const CompletionDelta &delta : *deltas)
        append(response, delta);
    return response;
}

} // namespace diptych::openai
