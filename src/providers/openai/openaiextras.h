// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/knownextra.h"

namespace diptych::openai {

/// Parameters of OpenAI v1 itself that the common request has no field for.
/// Source: OpenAI API, POST /chat/completions.
[[nodiscard]] std::vector<KnownExtra> openAiExtras();

// Short ways to write one down. Descriptions are translated by the caller.
[[nodiscard]] KnownExtra booleanExtra(const char *key, const QString &description);
[[nodiscard]] KnownExtra integerExtra(
    const char *key, const QString &description, int example, std::optional<double> minimum = std::nullopt);
[[nodiscard]] KnownExtra numberExtra(const char *key, const QString &description, double example,
    std::optional<double> minimum = std::nullopt, std::optional<double> maximum = std::nullopt);
[[nodiscard]] KnownExtra textExtra(const char *key, const QString &description, const char *example);
/// One of `words`, the first is the example.
[[nodiscard]] KnownExtra wordExtra(const char *key, const QString &description, const QStringList &words);
/// A list or an object, as JSON.
[[nodiscard]] KnownExtra jsonExtra(const char *key, const QString &description, const char *example);

} // namespace diptych::openai
