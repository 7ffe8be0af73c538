// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/embeddingtask.h"

#include "gateway/embeddingencoder.h"

namespace diptych {

namespace {

qsizetype lengthOf(const EmbeddingRequest &request)
{
    qsizetype length = 0;
    for (const QString &text : request.input)
        length += text.size();
    return length;
}

qsizetype lengthOf(const ImageEmbeddingRequest &request)
{
    qsizetype length = 0;
    for (const ImageInput &input : request.input)
        length += input.text.value_or(QString()).size();
    return length;
}

template <typename Request>
QByteArray encoded(EmbeddingResponse response, const Request &request)
{
    if (response.model.isEmpty())
        response.model = request.model;
    return encodeEmbeddings(response, request.encodingFormat, lengthOf(request));
}

} // namespace

Result<QString> EmbeddingTask::decode(const QJsonObject &body, const DecodeOptions &options)
{
    Result<EmbeddingRequest> decoded = decodeEmbedding(body, options);
    if (!decoded)
        return Failure(decoded.error());
    m_request = std::move(*decoded);
    return m_request.model;
}

void EmbeddingTask::ask(const QString &model)
{
    m_request.model = model;
    m_reply = provider().embed(m_request);
    connect(m_reply.get(), &Reply::finished, this, [this] {
        if (const auto &error = m_reply->error())
            fail(*error);
        else
            answer(encoded(m_reply->response(), m_request));
    });
}

Result<QString> ImageEmbeddingTask::decode(const QJsonObject &body, const DecodeOptions &options)
{
    Result<ImageEmbeddingRequest> decoded = decodeImageEmbedding(body, options);
    if (!decoded)
        return Failure(decoded.error());
    m_request = std::move(*decoded);
    return m_request.model;
}

void ImageEmbeddingTask::ask(const QString &model)
{
    m_request.model = model;
    m_reply = provider().embedImages(m_request);
    connect(m_reply.get(), &Reply::finished, this, [this] {
        if (const auto &error = m_reply->error())
            fail(*error);
        else
            answer(encoded(m_reply->response(), m_request));
    });
}

} // namespace diptych
