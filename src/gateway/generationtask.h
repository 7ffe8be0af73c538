// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"

namespace diptych {

/// Generated text: a chat or a completion, streamed or in one piece, in whatever form the surface's encoder writes.
/// `Traits` names the types and the call of the provider.
template <typename Traits>
class GenerationTask : public ModelTask
{
public:
    using Call = typename Traits::Call;

    GenerationTask(const GatewayCall &call, CallDecoder<Call> decoder);

protected:
    [[nodiscard]] ModelType modelType() const override { return Traits::modelType; }
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    void showDelta(const typename Traits::Delta &delta);
    void showEnd();
    void writePiece(const QByteArray &bytes);
    [[nodiscard]] typename Traits::Response complete() const;

    CallDecoder<Call> m_decoder;
    Call m_asked;
    std::unique_ptr<typename Traits::Reply> m_reply;
};

struct ChatTraits {
    using Call = ChatCall;
    using Delta = ChatDelta;
    using Response = ChatResponse;
    using Reply = ChatReply;
    static constexpr ModelType modelType = ModelType::Chat;
};

struct CompletionTraits {
    using Call = CompletionCall;
    using Delta = CompletionDelta;
    using Response = CompletionResponse;
    using Reply = CompletionReply;
    static constexpr ModelType modelType = ModelType::Completion;
};

using ChatTask = GenerationTask<ChatTraits>;
using CompletionTask = GenerationTask<CompletionTraits>;

} // namespace diptych
