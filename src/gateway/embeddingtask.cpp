// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/embeddingtask.h"

namespace diptych {

namespace {

std::unique_ptr<EmbeddingReply> askModel(Provider &provider, const EmbeddingRequest &request)
{
    return provider.embed(request);
}

std::unique_ptr<EmbeddingReply> askModel(Provider &provider, const ImageEmbeddingRequest &request)
{
    return provider.embedImages(request);
}

} // namespace

template <typename Request>
EmbeddingTaskOf<Request>::EmbeddingTaskOf(const GatewayCall &call, CallDecoder<Call> decoder)
    : ModelTask(call)
    , m_decoder(decoder)
{
}

template <typename Request>
ModelType EmbeddingTaskOf<Request>::modelType() const
{
    return std::is_same_v<Request, EmbeddingRequest> ? ModelType::TextEmbeddings : ModelType::ImageEmbeddings;
}

template <typename Request>
Result<QString> EmbeddingTaskOf<Request>::decode(const QJsonObject &body, const DecodeOptions &options)
{
    Result<Call> decoded = m_decoder(body, options);
    if (!decoded)
        return Failure(decoded.error());
    m_asked = std::move(*decoded);
    return m_asked.request.model;
}

template <typename Request>
void EmbeddingTaskOf<Request>::ask(const QString &model)
{
    m_asked.request.model = model;
    m_reply = askModel(provider(), m_asked.request);
    connect(m_reply.get(), &Reply::finished, this, &EmbeddingTaskOf::show);
}

template <typename Request>
void EmbeddingTaskOf<Request>::show()
{
    if (const auto &error = m_reply->error()) {
        fail(*error);
        return;
    }
    EmbeddingResponse response = m_reply->response();
    if (response.model.isEmpty())
        response.model = m_asked.request.model;
    answer(m_asked.encode(response));
}

template class EmbeddingTaskOf<EmbeddingRequest>;
template class EmbeddingTaskOf<ImageEmbeddingRequest>;

} // namespace diptych
