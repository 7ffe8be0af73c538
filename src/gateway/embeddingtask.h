// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"

namespace diptych {

/// POST …/embeddings
class EmbeddingTask : public ModelTask
{
    Q_OBJECT
public:
    using ModelTask::ModelTask;

protected:
    [[nodiscard]] ModelType modelType() const override { return ModelType::TextEmbeddings; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    EmbeddingRequest m_request;
    std::unique_ptr<EmbeddingReply> m_reply;
};

/// POST /images/embeddings
class ImageEmbeddingTask : public ModelTask
{
    Q_OBJECT
public:
    using ModelTask::ModelTask;

protected:
    [[nodiscard]] ModelType modelType() const override { return ModelType::ImageEmbeddings; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    ImageEmbeddingRequest m_request;
    std::unique_ptr<EmbeddingReply> m_reply;
};

} // namespace diptych
