// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/gatewaytask.h"

#include "gateway/embeddingtask.h"
#include "gateway/errorencoder.h"
#include "gateway/generationtask.h"
#include "gateway/modeltasks.h"

#include <QJsonDocument>

#include <algorithm>

namespace diptych {

GatewayTask::GatewayTask(GatewayCall call)
    : m_call(std::move(call))
{
}

void GatewayTask::answer(const QByteArray &json)
{
    HeaderList headers = m_call.headers;
    headers.push_back({"Content-Type", "application/json"});
    connection().answer(200, headers, json);
}

void GatewayTask::answer(const QJsonObject &json)
{
    answer(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

void GatewayTask::fail(const Error &error)
{
    const SurfaceAnswer refusal = encodeError(error, surface(), m_body);
    HeaderList headers = m_call.headers;
    headers.insert(headers.end(), refusal.headers.begin(), refusal.headers.end());
    connection().answer(refusal.status, headers, refusal.body);
}

const ModelDescription *defaultModel(const std::vector<ModelDescription> &models, ModelType type)
{
    const auto found = std::find_if(
        models.begin(), models.end(), [type](const ModelDescription &model) { return model.type == type; });
    return found == models.end() ? nullptr : &*found;
}

void ModelTask::start()
{
    const Result<QString> model = read();
    if (!model) {
        fail(model.error());
        return;
    }
    const QString &deployment = call().route.model;
    m_model = deployment.isEmpty() ? *model : deployment;
    if (!deployment.isEmpty() && !model->isEmpty() && *model != deployment) {
        lookAtModels([this, named = *model] { settleDeployment(named); });
    } else if (!m_model.isEmpty()) {
        ask(m_model);
    } else if (surface() == Surface::OpenAi) {
        fail({.kind = Error::Kind::InvalidRequest,
            .message = tr("model is required."),
            .parameter = QStringLiteral("model")});
    } else {
        lookAtModels([this] { chooseModel(); });
    }
}

void ModelTask::lookAtModels(const std::function<void()> &then)
{
    m_models = provider().listModels();
    connect(m_models.get(), &Reply::finished, this, then);
}

Result<QString> ModelTask::read()
{
    const Result<ExtrasMode> extras = extrasModeOf(call().request, surface());
    if (!extras)
        return Failure(extras.error());
    const Result<QJsonObject> body = parseBody(call().request.body);
    if (!body)
        return Failure(body.error());
    setBody(*body);
    return decode(*body, {.surface = surface(), .extras = *extras});
}

void ModelTask::chooseModel()
{
    if (const auto &error = m_models->error()) {
        fail(*error);
        return;
    }
    const ModelDescription *model = defaultModel(m_models->response(), modelType());
    if (!model) {
        fail({.kind = Error::Kind::Unsupported, .message = tr("No model here serves this route.")});
        return;
    }
    m_model = model->id;
    ask(m_model);
}

void ModelTask::settleDeployment(const QString &named)
{
    const std::vector<ModelDescription> &models = m_models->response();
    const auto typeOf = [&models](const QString &id) {
        const auto found =
            std::find_if(models.begin(), models.end(), [&id](const ModelDescription &model) { return model.id == id; });
        return found == models.end() ? ModelType::Unknown : found->type;
    };
    const ModelType deployed = typeOf(m_model);
    if (deployed != ModelType::Unknown && deployed != modelType() && typeOf(named) == modelType())
        m_model = named;
    ask(m_model);
}

std::unique_ptr<GatewayTask> makeGatewayTask(const GatewayCall &call)
{
    switch (call.route.operation) {
    case Route::Operation::Health:
        return std::make_unique<HealthTask>(call);
    case Route::Operation::Info:
        return std::make_unique<InfoTask>(call);
    case Route::Operation::ListModels:
    case Route::Operation::GetModel:
        return std::make_unique<ModelListTask>(call);
    case Route::Operation::Chat:
        return std::make_unique<ChatTask>(call);
    case Route::Operation::Complete:
        return std::make_unique<CompletionTask>(call);
    case Route::Operation::Embed:
        return std::make_unique<EmbeddingTask>(call);
    case Route::Operation::EmbedImages:
        return std::make_unique<ImageEmbeddingTask>(call);
    }
    return nullptr;
}

} // namespace diptych
