// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"

namespace diptych {

/// GET /health
class HealthTask : public GatewayTask
{
    Q_OBJECT
public:
    using GatewayTask::GatewayTask;
    void start() override;
};

/// GET /info
class InfoTask : public GatewayTask
{
    Q_OBJECT
public:
    using GatewayTask::GatewayTask;
    void start() override;

private:
    void show();

    std::unique_ptr<ModelInfoReply> m_reply;
};

/// How a surface writes its model list and one line of it.
struct ModelListEncoders {
    std::function<QJsonObject(const std::vector<ModelDescription> &models)> list {};
    std::function<QJsonObject(const ModelDescription &model)> one {};
};

/// The list of models, or the one that the path names.
class ModelListTask : public GatewayTask
{
    Q_OBJECT
public:
    ModelListTask(const GatewayCall &call, ModelListEncoders encoders);
    void start() override;

private:
    void show();

    ModelListEncoders m_encoders;
    std::unique_ptr<ModelListReply> m_reply;
};

} // namespace diptych
