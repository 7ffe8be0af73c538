// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/completiondecoder.h"

#include "providers/common/jsonreader.h"
#include "providers/ollama/answerfields.h"

namespace diptych::ollama {

class CompletionDecoder::Private
{
public:
    Result<std::span<const CompletionDelta>> decode(QByteArrayView json);

    JsonReader reader;
    AnswerHead head;
    CompletionDelta delta;
    bool isComplete = false;
};

Result<std::span<const CompletionDelta>> CompletionDecoder::Private::decode(QByteArrayView json)
{
    delta = CompletionDelta {};
    const Result<JsonReader::Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    head.read(reader, *root, delta);
    const bool hasText = reader.member(*root, "response").has_value();
    delta.text = reader.text(*root, "response", "response");
    delta.logprobs = readLogprobs(reader, *root);
    delta.finishReason = readFinishReason(reader, *root);
    if (!hasText && delta.finishReason.isEmpty() && !reader.member(*root, "thinking"))
        reader.setFault("response", "a string");
    if (!delta.finishReason.isEmpty()) {
        isComplete = true;
        delta.usage = readUsage(reader, *root);
    }
    if (reader.hasFault())
        return Failure(reader.fault(json));
    return std::span<const CompletionDelta>(&delta, 1);
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
    return d->decode(json);
}

bool CompletionDecoder::isComplete() const
{
    return d->isComplete;
}

Error CompletionDecoder::explained(Error error)
{
    return refined(std::move(error));
}

} // namespace diptych::ollama
