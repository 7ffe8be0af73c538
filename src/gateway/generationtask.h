// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"
#include "gateway/streamencoder.h"

namespace diptych {

/// POST …/chat/completions
class ChatTask : public ModelTask
{
    Q_OBJECT
public:
    using ModelTask::ModelTask;

protected:
    [[nodiscard]] ModelType modelType() const override { return ModelType::Chat; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    void showDelta(const ChatDelta &delta);
    void showEnd();

    GenerationCall<ChatRequest> m_asked;
    std::unique_ptr<ChatReply> m_reply;
    std::unique_ptr<ChatStreamEncoder> m_stream; ///< null: the answer goes out in one piece
};

/// POST …/completions
class CompletionTask : public ModelTask
{
    Q_OBJECT
public:
    using ModelTask::ModelTask;

protected:
    [[nodiscard]] ModelType modelType() const override { return ModelType::Completion; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    void showDelta(const CompletionDelta &delta);
    void showEnd();

    GenerationCall<CompletionRequest> m_asked;
    std::unique_ptr<CompletionReply> m_reply;
    std::unique_ptr<CompletionStreamEncoder> m_stream; ///< null: the answer goes out in one piece
};

} // namespace diptych
