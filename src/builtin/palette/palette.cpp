// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/palette/palette.h"

namespace diptych {

Result<EmbeddingResponse> Palette::embed(const ImageEmbeddingRequest &request, const StopRequested &) const
{
    EmbeddingResponse response {.model = request.model, .dimensions = 1};
    response.values.assign(request.input.size(), 1.0F);
    response.usage = Usage {.promptTokens = 1, .totalTokens = 1};
    return response;
}

Result<EmbeddingResponse> Palette::embed(const EmbeddingRequest &request, const StopRequested &) const
{
    EmbeddingResponse response {.model = request.model, .dimensions = 1};
    response.values.assign(static_cast<std::size_t>(request.input.size()), 1.0F);
    response.usage = Usage {.promptTokens = 1, .totalTokens = 1};
    return response;
}

} // namespace diptych
