// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"
#include "gateway/ollama/ollamadecoder.h"

namespace diptych {

/// GET / and /api/version: what clients look for before anything else.
class OllamaSignTask : public GatewayTask
{
    Q_OBJECT
public:
    using GatewayTask::GatewayTask;
    void start() override;
};

/// What is known of one model before, or instead of, asking it: POST /api/show, and requests that only load a model.
class OllamaModelTask : public ModelTask
{
    Q_OBJECT
public:
    using ModelTask::ModelTask;

protected:
    [[nodiscard]] ModelType modelType() const override { return ModelType::Unknown; }
    [[nodiscard]] bool isForModel() const override { return false; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    void show();

    OllamaLoad m_load;
    std::unique_ptr<ModelInfoReply> m_reply;
};

/// POST /api/chat and /api/generate. The task that goes on with it depends on the body and, for /api/generate, on what
/// the model is: a chat model is asked in a chat, every other to continue the prompt.
class OllamaTextTask : public GatewayTask
{
    Q_OBJECT
public:
    using GatewayTask::GatewayTask;
    void start() override;

private:
    void chooseByModel(const QString &name);
    void goOn(std::unique_ptr<GatewayTask> next);

    std::unique_ptr<ModelListReply> m_models;
    std::unique_ptr<GatewayTask> m_next;
};

[[nodiscard]] std::unique_ptr<GatewayTask> makeOllamaTask(const GatewayCall &call);

} // namespace diptych
