// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"

namespace diptych {

/// POST /v1/messages/count_tokens. The models here have tokens of their own, so the count is an estimate, and the
/// header x-token-count says so.
class CountTokensTask : public ModelTask
{
    Q_OBJECT
public:
    using ModelTask::ModelTask;

protected:
    [[nodiscard]] bool isForModel() const override { return false; }
    [[nodiscard]] ModelType modelType() const override { return ModelType::Chat; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    void show();

    qint64 m_tokens = 0;
    std::unique_ptr<ModelInfoReply> m_reply;
};

[[nodiscard]] std::unique_ptr<GatewayTask> makeAnthropicTask(const GatewayCall &call);

} // namespace diptych
