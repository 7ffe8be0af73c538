// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "builtin/workreply.h"

namespace diptych {

/// The text embedding model wordmap-256. Thread-safe: replies use it from worker threads.
class WordMap
{
public:
    static constexpr int dimensions = 256;

    WordMap();
    ~WordMap();

    /// Unit vectors, one per text; any text has one. Errors: InvalidRequest (no input, dimensions out of range).
    [[nodiscard]] Result<EmbeddingResponse> embed(const EmbeddingRequest &request, const StopRequested &stop) const;
};

} // namespace diptych
