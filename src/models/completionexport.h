// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runs/completionrun.h"

#include <QByteArray>

namespace diptych {

/// A job and what it brought, to be copied or saved.
struct CompletionResult {
    QString model {}; ///< for people, "model — endpoint"
    CompletionJob job {};
    CompletionOutcome outcome {};
    bool operator==(const CompletionResult &) const = default;
};

/// The texts with the model and the settings that differ above each; prompt first.
[[nodiscard]] QString resultsAsText(const std::vector<CompletionResult> &results);
/// The same as Markdown; texts are in code blocks, so that nothing in them counts as Markdown.
[[nodiscard]] QString resultsAsMarkdown(const std::vector<CompletionResult> &results);
/// One line per sample: model, temperature, top_p, state, times, tokens, end, text, error. RFC 4180. Texts that a
/// spreadsheet would take for a formula get an apostrophe in front.
[[nodiscard]] QByteArray resultsAsCsv(const std::vector<CompletionResult> &results);
/// Everything: requests, texts, probabilities, change logs, times (in microseconds) and errors.
[[nodiscard]] QByteArray resultsAsJson(const std::vector<CompletionResult> &results);

} // namespace diptych
