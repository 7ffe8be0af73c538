// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/pulldecoder.h"

#include "providers/common/jsonreader.h"
#include "providers/ollama/answerfields.h"

namespace diptych::ollama {

class PullDecoder::Private
{
public:
    JsonReader reader;
    PullProgress progress;
    bool isComplete = false;
};

PullDecoder::PullDecoder()
    : d(std::make_unique<Private>())
{
}

PullDecoder::~PullDecoder() = default;
PullDecoder::PullDecoder(PullDecoder &&) noexcept = default;
PullDecoder &PullDecoder::operator=(PullDecoder &&) noexcept = default;

Result<std::span<const PullProgress>> PullDecoder::decodeChunk(QByteArrayView json)
{
    JsonReader &reader = d->reader;
    const Result<JsonReader::Object> root = reader.parse(json);
    if (!root)
        return Failure(root.error());
    if (auto error = errorInside(*root, json))
        return Failure(std::move(*error));
    d->progress = {.status = reader.text(*root, "status", "status"),
        .completed = reader.integer(*root, "completed", "completed").value_or(0),
        .total = reader.integer(*root, "total", "total")};
    if (d->progress.status.isEmpty())
        reader.setFault("status", "a string");
    if (reader.hasFault())
        return Failure(reader.fault(json));
    d->isComplete |= d->progress.status == QLatin1String("success");
    return std::span<const PullProgress>(&d->progress, 1);
}

bool PullDecoder::isComplete() const
{
    return d->isComplete;
}

Error PullDecoder::explained(Error error)
{
    return refined(std::move(error));
}

} // namespace diptych::ollama
