// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/completion.h"
#include "api/embedding.h"

namespace diptych::openai {

// Where Mistral's own service differs from OpenAI v1: `random_seed`, `output_dimension` and `output_dtype` have names
// of their own; log probabilities, `user` and `modalities` do not exist, and it refuses what it does not know. Source:
// Mistral API, ChatCompletionRequest and EmbeddingRequest.

/// All fields but `model`, `messages` and `stream`.
void writeMistralFields(BodyEncoder &encoder, const ChatRequest &request);
/// The same of a completion; they exist to fill a gap in code.
/// Source: Mistral API, FIMCompletionRequest.
void writeMistralFields(BodyEncoder &encoder, const CompletionRequest &request);
/// `dimensions` and `encoding_format`.
void writeMistralFields(BodyEncoder &encoder, const EmbeddingRequest &request);

} // namespace diptych::openai
