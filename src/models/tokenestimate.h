// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/chat.h"
#include "api/model.h"
#include "store/session.h"

#include <span>

namespace diptych {

// How many tokens something will be, before anybody has counted. Rules of thumb: every model cuts texts in its own way.

/// A quarter of a token for a letter of Latin script, 0.4 for digits, signs and other alphabets, 0.8 for Chinese,
/// Japanese and Korean.
[[nodiscard]] double estimatedTokens(QStringView text);
/// Texts as above, four for the frame of a message; a picture by its area (width × height / 750, at most 1,600),
/// a sound 25 for each second.
/// Source: Anthropic, Vision; OpenAI and Gemini count within a factor of two of both.
[[nodiscard]] double estimatedTokens(const Message &message);
/// All messages, the tools and the answer's schema.
[[nodiscard]] double estimatedTokens(const ChatRequest &request);

/// An estimate, and what the provider counted for the same request.
struct TokenSample {
    double estimated = 0;
    qint64 counted = 0;
    bool operator==(const TokenSample &) const = default;
};

/// How far estimates for a model can be relied on.
struct TokenCalibration {
    double ratio = 1; ///< counted tokens for each estimated one
    double deviation = 0.3; ///< part by which an estimate was wrong at most; of the count
    int samples = 0; ///< counts that it comes from; below 2 the deviation is the rule of thumb's
    bool operator==(const TokenCalibration &) const = default;
};

/// The ratio of the sums; the deviation is the largest one when each sample is foretold from the others.
[[nodiscard]] TokenCalibration calibrated(std::span<const TokenSample> samples);

/// What providers counted in a session for the prompts of one model, each with the estimate for the same prompt.
/// Only the turns that are loaded and shown.
[[nodiscard]] std::vector<TokenSample> tokenSamples(const Session &session, const ModelRef &model);

} // namespace diptych
