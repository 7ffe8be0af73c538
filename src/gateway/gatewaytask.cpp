// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/gatewaytask.h"

#include "gateway/requestbody.h"

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
    writer().answer(200, headers, json);
}

void GatewayTask::answer(const QJsonObject &json)
{
    answer(QJsonDocument(json).toJson(QJsonDocument::Compact));
}

void GatewayTask::fail(const Error &error)
{
    const SurfaceAnswer refusal = m_call.rules.encodeError(withRequestId(error), m_body);
    HeaderList headers = m_call.headers;
    headers.insert(headers.end(), refusal.headers.begin(), refusal.headers.end());
    writer().noteProblem(error.message);
    writer().answer(refusal.status, headers, refusal.body);
}

Error GatewayTask::withRequestId(Error error) const
{
    error.requestId = QString::fromLatin1(headerValue(m_call.headers, requestIdHeader));
    return error;
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
    const QString &deployment = call().path.model;
    m_model = deployment.isEmpty() ? *model : deployment;
    if (!deployment.isEmpty() && !model->isEmpty() && *model != deployment) {
        lookAtModels([this, named = *model] { settleDeployment(named); });
    } else if (call().rules.withoutTag && call().rules.withoutTag(m_model) != m_model) {
        lookAtModels([this] { settleTag(); });
    } else if (!m_model.isEmpty()) {
        passOn();
    } else if (!call().usualModel.isEmpty()) {
        m_model = call().usualModel;
        passOn();
    } else if (surface() != Surface::Azure) {
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
    const QString &deployment = call().path.model;
    writer().noteSubject(deployment.isEmpty() ? body->value(u"model").toString() : deployment);
    return decode(*body, {.surface = surface(), .extras = *extras, .headers = call().request.headers});
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
    passOn();
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
    passOn();
}

void ModelTask::settleTag()
{
    const std::vector<ModelDescription> &models = m_models->response();
    const bool isCalledSo = std::any_of(
        models.begin(), models.end(), [this](const ModelDescription &model) { return model.id == m_model; });
    if (!isCalledSo)
        m_model = call().rules.withoutTag(m_model);
    passOn();
}

void ModelTask::passOn()
{
    writer().noteSubject(m_model);
    if (!isForModel()) {
        ask(m_model);
        return;
    }
    for (Interceptor *interceptor : call().interceptors) {
        Interceptor::Outcome outcome = interceptor->intercept({.request = call().request,
            .model = m_model,
            .body = body(),
            .headers = call().headers,
            .writer = writer()});
        if (outcome.writer)
            putBefore(std::move(outcome.writer));
        if (outcome.refusal) {
            fail(*outcome.refusal);
            return;
        }
        if (outcome.player) {
            writer().noteAsked(); // by proxy: what it answers is a model's answer
            m_players.push_back(std::move(outcome.player));
            return;
        }
    }
    writer().noteAsked();
    ask(m_model);
}

} // namespace diptych
