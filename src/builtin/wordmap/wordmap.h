// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "builtin/stoprequested.h"
#include "core/result.h"

#include <memory>
#include <mutex>

namespace diptych {

class WordVectors;

/// The text embedding model wordmap-256: the mean of word vectors, rare words counting more, without what all sentences
/// share. Words that are not in the table are placed by their spelling. Thread-safe; replies use it from workers.
/// Source: S. Arora, Y. Liang, T. Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017.
class WordMap
{
public:
    static constexpr int dimensions = 256;

    WordMap();
    ~WordMap();

    /// Unit vectors, one per text; any text has one. Fewer `dimensions` are the first ones of the whole. Errors:
    /// InvalidRequest (no input, dimensions out of range), Storage (no model data), Cancelled.
    [[nodiscard]] Result<EmbeddingResponse> embed(const EmbeddingRequest &request, const StopRequested &stop) const;

private:
    [[nodiscard]] const WordVectors *table() const; // null: damaged

    mutable std::once_flag m_loaded;
    mutable std::unique_ptr<const WordVectors> m_table; // loaded by the first request
};

} // namespace diptych
