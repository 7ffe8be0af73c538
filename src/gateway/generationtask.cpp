// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/generationtask.h"

#include "api/metrics.h"
#include "gateway/openai/responseencoder.h"
#include "gateway/textlength.h"

#include <QDateTime>

namespace diptych {

namespace {

/// Fills in what clients' types require and the provider did not say.
template <typename Response, typename Request>
Response completed(Response response, const Request &request, QLatin1String idPrefix)
{
    if (response.id.isEmpty())
        response.id = makeResponseId(idPrefix);
    if (response.model.isEmpty())
        response.model = request.model;
    if (response.created == 0)
        response.created = QDateTime::currentSecsSinceEpoch();
    response.usage = completeUsage(response.usage, lengthOf(request), lengthOf(response));
    return response;
}

std::unique_ptr<ChatReply> askModel(Provider &provider, const ChatRequest &request)
{
    return provider.chat(request);
}

std::unique_ptr<CompletionReply> askModel(Provider &provider, const CompletionRequest &request)
{
    return provider.complete(request);
}

constexpr QLatin1String idPrefix(ModelType type)
{
    return type == ModelType::Chat ? QLatin1String("chatcmpl") : QLatin1String("cmpl");
}

} // namespace

template <typename Traits>
GenerationTask<Traits>::GenerationTask(const GatewayCall &call, CallDecoder<Call> decoder)
    : ModelTask(call)
    , m_decoder(decoder)
{
}

template <typename Traits>
Result<QString> GenerationTask<Traits>::decode(const QJsonObject &body, const DecodeOptions &options)
{
    Result<Call> decoded = m_decoder(body, options);
    if (!decoded)
        return Failure(decoded.error());
    m_asked = std::move(*decoded);
    return m_asked.request.model;
}

template <typename Traits>
void GenerationTask<Traits>::ask(const QString &model)
{
    m_asked.request.model = model;
    m_asked.encoder->setModel(model);
    m_reply = askModel(provider(), m_asked.request);
    connect(m_reply.get(), &Traits::Reply::deltaReceived, this, &GenerationTask::showDelta);
    connect(m_reply.get(), &Reply::finished, this, &GenerationTask::showEnd);
}

template <typename Traits>
void GenerationTask<Traits>::showDelta(const typename Traits::Delta &delta)
{
    if (m_asked.request.stream)
        writePiece(m_asked.encoder->encode(delta));
    else
        m_asked.encoder->watch(delta);
}

/// The head goes out with the first piece: an error before it still has a status of its own.
template <typename Traits>
void GenerationTask<Traits>::writePiece(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return;
    if (!writer().hasBegun())
        writer().beginStream(m_asked.encoder->contentType(), call().headers);
    writer().write(bytes);
}

template <typename Traits>
typename Traits::Response GenerationTask<Traits>::complete() const
{
    return completed(m_reply->response(), m_asked.request, idPrefix(Traits::modelType));
}

template <typename Traits>
void GenerationTask<Traits>::showEnd()
{
    const auto &error = m_reply->error();
    if (error && writer().hasBegun()) {
        writer().noteProblem(error->message);
        writer().write(m_asked.encoder->fail(withRequestId(*error)));
        writer().endStream(true);
    } else if (error) {
        fail(*error);
    } else if (m_asked.request.stream) {
        writePiece(m_asked.encoder->finish(complete()));
        writer().endStream();
    } else {
        answer(m_asked.encoder->whole(complete()));
    }
}

template class GenerationTask<ChatTraits>;
template class GenerationTask<CompletionTraits>;

} // namespace diptych
