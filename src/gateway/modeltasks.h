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
    [[nodiscard]] QString subject() const override { return call().route.model; }

private:
    void show();

    std::unique_ptr<ModelInfoReply> m_reply;
};

/// GET /v1/models and /v1/models/{id}
class ModelListTask : public GatewayTask
{
    Q_OBJECT
public:
    using GatewayTask::GatewayTask;
    void start() override;
    [[nodiscard]] QString subject() const override { return call().route.model; }

private:
    void show();

    std::unique_ptr<ModelListReply> m_reply;
};

} // namespace diptych
