// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"

#include <vector>

namespace diptych {

/// One thing that is known of a model, for people.
struct FactText {
    QString name {};
    QString value {};
    bool operator==(const FactText &) const = default;
};

/// What a list says of a model as if it had been asked.
[[nodiscard]] ModelInfo infoOf(const ModelDescription &description);
/// The answer about a model, with what it leaves open taken from the list.
[[nodiscard]] ModelInfo completed(ModelInfo answer, const ModelInfo &listed);

/// Longest answer, modalities, size and so on; only what is known. Name, type, provider and context are not among them.
[[nodiscard]] std::vector<FactText> factTexts(const ModelFacts &facts);
/// "$2.5 in · $10 out per million tokens", "free: …", "not known".
[[nodiscard]] QString chargeText(const Charge &charge);
/// Where the price was read and when; empty where there is none.
[[nodiscard]] QString chargeSourceText(const Charge &charge);

} // namespace diptych
