// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/wordmap/wordmap.h"

namespace diptych {

WordMap::WordMap() = default;
WordMap::~WordMap() = default;

Result<EmbeddingResponse> WordMap::embed(const EmbeddingRequest &request, const StopRequested &) const
{
    const int width = request.dimensions.value_or(dimensions);
    EmbeddingResponse response {.model = request.model, .dimensions = width};
    for (const QString &text : request.input) {
        std::vector<float> row(static_cast<std::size_t>(width), 0.0F);
        row[qHash(text) % static_cast<std::size_t>(width)] = 1;
        response.values.insert(response.values.end(), row.begin(), row.end());
    }
    response.usage = Usage {.promptTokens = 1, .totalTokens = 1};
    return response;
}

} // namespace diptych
