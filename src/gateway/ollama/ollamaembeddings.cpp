// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamaembeddings.h"

#include "api/metrics.h"
#include "gateway/openai/embeddingencoder.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cmath>
#include <vector>

namespace diptych {

namespace {

std::vector<float> normalised(std::span<const float> row)
{
    double sum = 0;
    for (const float value : row)
        sum += double(value) * double(value);
    std::vector<float> unit(row.begin(), row.end());
    const double length = std::sqrt(sum);
    if (!(length > 0) || !std::isfinite(length))
        return unit;
    for (float &value : unit)
        value = static_cast<float>(double(value) / length);
    return unit;
}

} // namespace

OllamaEmbeddingEncoder::OllamaEmbeddingEncoder(const EmbeddingRequest &request)
    : m_model(request.model)
{
    for (const QString &text : request.input)
        m_inputLength += text.size();
    m_clock.start();
}

QByteArray OllamaEmbeddingEncoder::operator()(const EmbeddingResponse &response) const
{
    const Usage usage = response.usage.value_or(Usage {});
    const QJsonObject head {{QStringLiteral("model"), m_model},
        {QStringLiteral("total_duration"), m_clock.nsecsElapsed()},
        {QStringLiteral("load_duration"), 0}, // the models need no loading
        {QStringLiteral("prompt_eval_count"), usage.promptTokens.value_or(estimateTokens(m_inputLength))}};
    QByteArray out = QJsonDocument(head).toJson(QJsonDocument::Compact);
    out.chop(1);
    out += ",\"embeddings\":[";
    for (int i = 0; i < response.count(); ++i) {
        out += i > 0 ? "," : "";
        appendFloats(out, normalised(response.row(i)));
    }
    return out + "]}";
}

QByteArray encodeOllamaEmbedding(const EmbeddingResponse &response)
{
    QByteArray out = "{\"embedding\":";
    if (response.count() > 0)
        appendFloats(out, response.row(0));
    else
        out += "[]";
    return out + '}';
}

} // namespace diptych
