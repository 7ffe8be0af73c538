// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"

#include <QByteArray>
#include <QElapsedTimer>

namespace diptych {

/// The answer of /api/embed. Rows have unit length, whatever the model gives. Keeps the time since it was made.
/// Source: Ollama docs/api.md, POST /api/embed.
class OllamaEmbeddingEncoder
{
public:
    explicit OllamaEmbeddingEncoder(const EmbeddingRequest &request);

    [[nodiscard]] QByteArray operator()(const EmbeddingResponse &response) const;

private:
    QString m_model; ///< as the client spelt it
    qsizetype m_inputLength = 0; ///< characters
    QElapsedTimer m_clock;
};

/// The answer of the older /api/embeddings: one row as the model gave it.
[[nodiscard]] QByteArray encodeOllamaEmbedding(const EmbeddingResponse &response);

} // namespace diptych
