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

/// The text embedding models wordmap-64 and wordmap-256: the mean of word vectors, rare words counting more, without
/// what all sentences share. Both read one table; the narrow one a part of it. Words that are not in the table are
/// placed by their form or spelling. Word order and negation make no difference, nor does the input type. Thread-safe;
/// replies use it from workers.
/// Source: S. Arora, Y. Liang, T. Ma, "A Simple but Tough-to-Beat Baseline for Sentence Embeddings", 2017.
class WordMap
{
public:
    WordMap();
    ~WordMap();

    /// How many dimensions the model of that name gives: 64 for wordmap-64, else 256.
    [[nodiscard]] static int dimensionsOf(const QString &model);
    /// Unit vectors, one per text. Fewer `dimensions` are the first ones of the whole. Errors: InvalidRequest (no
    /// input; an empty text, `parameter` says which: "input[2]"), Unsupported (dimensions out of range), Storage (no
    /// model data), Cancelled.
    [[nodiscard]] Result<EmbeddingResponse> embed(const EmbeddingRequest &request, const StopRequested &stop) const;

private:
    [[nodiscard]] const WordVectors *table() const; // null: damaged

    mutable std::once_flag m_loaded;
    mutable std::unique_ptr<const WordVectors> m_table; // loaded by the first request
};

} // namespace diptych
