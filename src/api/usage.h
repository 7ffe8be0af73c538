// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>

namespace diptych {

/// Token counts of one answer. Unset: the provider did not say (and nobody estimated).
struct Usage {
    enum class Source { Provider, Estimated };
    std::optional<qint64> promptTokens {};
    std::optional<qint64> completionTokens {};
    std::optional<qint64> totalTokens {};
    std::optional<qint64> cachedTokens {}; ///< part of promptTokens
    std::optional<qint64> reasoningTokens {}; ///< part of completionTokens
    std::optional<qint64> audioTokens {}; ///< prompt and completion together
    Source source = Source::Provider;
    bool operator==(const Usage &) const = default;
};

} // namespace diptych
