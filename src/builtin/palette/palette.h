// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/embedding.h"
#include "builtin/stoprequested.h"
#include "core/result.h"

namespace diptych {

/// The image embedding model palette: colours, brightness, contrast and edges on named axes, without training. Texts
/// come onto the same axes through the words for them. Stateless and thread-safe.
class Palette
{
public:
    /// Unit vectors, one per picture, averaged with the text beside it. Errors: InvalidRequest with the parameter
    /// `input[i].image` (not a picture, damaged, too large) or `dimensions`.
    [[nodiscard]] Result<EmbeddingResponse> embed(
        const ImageEmbeddingRequest &request, const StopRequested &stop) const;
    /// Unit vectors of texts; one without words for these axes gets the neutral vector.
    [[nodiscard]] Result<EmbeddingResponse> embed(const EmbeddingRequest &request, const StopRequested &stop) const;
};

} // namespace diptych
