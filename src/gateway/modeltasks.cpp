// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/modeltasks.h"

#include "gateway/openai/responseencoder.h"

#include <algorithm>

namespace diptych {

void HealthTask::start()
{
    answer(QJsonObject {{QStringLiteral("status"), QStringLiteral("ok")}});
}

void InfoTask::start()
{
    writer().noteSubject(call().path.model);
    m_reply = provider().info(call().path.model);
    connect(m_reply.get(), &Reply::finished, this, &InfoTask::show);
}

void InfoTask::show()
{
    if (const auto &error = m_reply->error())
        fail(*error);
    else
        answer(encodeModelInfo(m_reply->response()));
}

ModelListTask::ModelListTask(const GatewayCall &call, ModelListEncoders encoders)
    : GatewayTask(call)
    , m_encoders(std::move(encoders))
{
}

void ModelListTask::start()
{
    writer().noteSubject(call().path.model);
    m_reply = provider().listModels();
    connect(m_reply.get(), &Reply::finished, this, &ModelListTask::show);
}

void ModelListTask::show()
{
    if (const auto &error = m_reply->error()) {
        fail(*error);
        return;
    }
    const std::vector<ModelDescription> &models = m_reply->response();
    if (call().path.operation == GatewayPath::Operation::ListModels) {
        answer(m_encoders.list(models));
        return;
    }
    const QString &wanted = call().path.model;
    const auto found = std::find_if(
        models.begin(), models.end(), [&wanted](const ModelDescription &model) { return model.id == wanted; });
    if (found == models.end())
        fail({.kind = Error::Kind::NotFound,
            .message = tr("The model \"%1\" does not exist here.").arg(wanted),
            .parameter = QStringLiteral("model")});
    else
        answer(m_encoders.one(*found));
}

} // namespace diptych
