// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "core/result.h"
#include "gateway/http/httpserverrequest.h"
#include "gateway/surface.h"

#include <QJsonObject>

#include <functional>
#include <memory>

namespace diptych {

/// Writes generated answers in a surface's own form: in one piece, or as the bytes of a stream (framed: server-sent
/// events, NDJSON lines). One per request, asked in this order: setModel, then whole() alone, or encode() for every
/// delta and finish() or fail() at the end.
template <typename Response, typename Delta>
class AnswerEncoder
{
public:
    AnswerEncoder() = default;
    AnswerEncoder(const AnswerEncoder &) = delete;
    AnswerEncoder &operator=(const AnswerEncoder &) = delete;
    virtual ~AnswerEncoder() = default;

    /// What the client called the model; stands in where the provider does not name it.
    virtual void setModel(const QString &model) = 0;
    /// Of the stream, without charset: text/event-stream, application/x-ndjson.
    [[nodiscard]] virtual QByteArray contentType() const = 0;
    /// A piece of an answer that goes out in one piece; for those who tell how long its parts took.
    virtual void watch(const Delta &) { }
    /// What can be sent now; may be empty. The head of the stream goes out with the first bytes: an error before them
    /// still has a status of its own.
    [[nodiscard]] virtual QByteArray encode(const Delta &delta) = 0;
    /// The rest. `response` is complete: id, model, time and usage are filled in.
    [[nodiscard]] virtual QByteArray finish(const Response &response) = 0;
    /// The rest of a stream that broke after it had begun; the connection is closed behind it.
    [[nodiscard]] virtual QByteArray fail(const Error &error) = 0;
    /// The answer as JSON, complete as in finish().
    [[nodiscard]] virtual QByteArray whole(const Response &response) = 0;
};
using ChatEncoder = AnswerEncoder<ChatResponse, ChatDelta>;
using CompletionEncoder = AnswerEncoder<CompletionResponse, CompletionDelta>;

/// What a request body is read with besides its own members.
struct DecodeOptions {
    Surface surface = Surface::Azure;
    ExtrasMode extras = ExtrasMode::Error; ///< for members outside the surface's schema
    HeaderList headers {}; ///< the client's
};

/// A request for generated text, and how its answer is written.
template <typename Request, typename Encoder>
struct GenerationCall {
    Request request {};
    std::unique_ptr<Encoder> encoder {};
};
using ChatCall = GenerationCall<ChatRequest, ChatEncoder>;
using CompletionCall = GenerationCall<CompletionRequest, CompletionEncoder>;
/// The same for embeddings, which are never streamed.
template <typename Request>
struct EmbeddingCallOf {
    Request request {};
    std::function<QByteArray(const EmbeddingResponse &)> encode {}; ///< the response's model is filled in
};
using EmbeddingCall = EmbeddingCallOf<EmbeddingRequest>;
using ImageEmbeddingCall = EmbeddingCallOf<ImageEmbeddingRequest>;

// Pure. Errors: InvalidRequest (missing, wrong type, out of range, extras that are not allowed), Unsupported (a value
// that is valid but not served here), both with the parameter's path.
template <typename Call>
using CallDecoder = Result<Call> (*)(const QJsonObject &body, const DecodeOptions &options);

} // namespace diptych
