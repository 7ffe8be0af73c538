// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"

#include <QFlags>

namespace diptych {

/// What models are chosen by.
enum class ModelTrait {
    Chat = 1 << 0,
    Completion = 1 << 1,
    Embeddings = 1 << 2, ///< of texts or of pictures
    ImagesIn = 1 << 3,
    Tools = 1 << 4,
    JsonSchema = 1 << 5,
    Thinking = 1 << 6,
    Local = 1 << 7, ///< its endpoint is on this machine
    Free = 1 << 8,
};
Q_DECLARE_FLAGS(ModelTraits, ModelTrait)
Q_DECLARE_OPERATORS_FOR_FLAGS(ModelTraits)

/// In the order in which they are offered.
[[nodiscard]] const std::vector<ModelTrait> &allModelTraits();
[[nodiscard]] QString modelTraitName(ModelTrait trait); ///< for people, short

/// Which traits a model has, and of which nobody knows. What is in neither, it does not have.
struct KnownTraits {
    ModelTraits present {};
    ModelTraits unknown {};
    bool operator==(const KnownTraits &) const = default;
};

/// `capabilities`: see mergedCapabilities().
[[nodiscard]] KnownTraits traitsOf(
    const Endpoint &endpoint, const ModelDescription &model, const Capabilities &capabilities, const Charge &charge);

/// What was seen and probed on top of what is declared. Where the first is only Unknown, the second stays.
[[nodiscard]] Capabilities mergedCapabilities(const Capabilities &declared, const Capabilities &learnt);

} // namespace diptych
