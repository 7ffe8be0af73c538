// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/anthropic/anthropictasks.h"

#include "gateway/anthropic/anthropicdecoder.h"
#include "gateway/anthropic/anthropicmodels.h"
#include "gateway/generationtask.h"
#include "gateway/modeltasks.h"

#include <QJsonDocument>

namespace diptych {

Result<QString> CountTokensTask::decode(const QJsonObject &body, const DecodeOptions &)
{
    const Result<ChatRequest> request = anthropicCountRequest(body);
    if (!request)
        return Failure(request.error());
    m_tokens = estimateInputTokens(*request);
    return request->model;
}

void CountTokensTask::ask(const QString &model)
{
    m_reply = provider().info(model);
    connect(m_reply.get(), &Reply::finished, this, &CountTokensTask::show);
}

void CountTokensTask::show()
{
    // Only that there is no such model matters; not every provider tells about its models.
    const auto &error = m_reply->error();
    if (error && error->kind == Error::Kind::NotFound) {
        fail(*error);
        return;
    }
    HeaderList headers = call().headers;
    headers.push_back({"Content-Type", "application/json"});
    headers.push_back({"x-token-count", "estimated"});
    const QJsonObject count {{QStringLiteral("input_tokens"), m_tokens}};
    writer().answer(200, headers, QJsonDocument(count).toJson(QJsonDocument::Compact));
}

std::unique_ptr<GatewayTask> makeAnthropicTask(const GatewayCall &call)
{
    switch (call.path.operation) {
    case GatewayPath::Operation::ListModels:
    case GatewayPath::Operation::GetModel: {
        const auto list = [query = call.request.query()](const std::vector<ModelDescription> &models) {
            return encodeAnthropicModels(models, query);
        };
        return std::make_unique<ModelListTask>(call, ModelListEncoders {.list = list, .one = encodeAnthropicModel});
    }
    case GatewayPath::Operation::Chat:
        return std::make_unique<ChatTask>(call, anthropicCall);
    case GatewayPath::Operation::CountTokens:
        return std::make_unique<CountTokensTask>(call);
    default:
        return nullptr; // operations of other surfaces
    }
}

} // namespace diptych
