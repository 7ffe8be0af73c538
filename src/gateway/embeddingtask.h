// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"

namespace diptych {

/// Embeddings of texts or pictures, which come in one piece.
template <typename Request>
class EmbeddingTaskOf : public ModelTask
{
public:
    using Call = EmbeddingCallOf<Request>;

    EmbeddingTaskOf(const GatewayCall &call, CallDecoder<Call> decoder);

protected:
    [[nodiscard]] ModelType modelType() const override;
    [[nodiscard]] Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) override;
    void ask(const QString &model) override;

private:
    void show();

    CallDecoder<Call> m_decoder;
    Call m_asked;
    std::unique_ptr<EmbeddingReply> m_reply;
};

using EmbeddingTask = EmbeddingTaskOf<EmbeddingRequest>;
using ImageEmbeddingTask = EmbeddingTaskOf<ImageEmbeddingRequest>;

} // namespace diptych
