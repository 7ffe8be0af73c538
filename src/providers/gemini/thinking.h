// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"

namespace diptych::gemini {

/// Writes `reasoning_effort` as generationConfig.thinkingConfig. Models up to 2.5 take a number of tokens, those after
/// them a level, and thoughts are asked for, since without that they stay hidden:
///
/// | effort    | 2.5: thinkingBudget | later: thinkingLevel |
/// |-----------|---------------------|----------------------|
/// | none      | 0                   | minimal (nearest)    |
/// | minimal   | 1024 (nearest)      | minimal              |
/// | low       | 1024 (nearest)      | low                  |
/// | medium    | 8192 (nearest)      | medium               |
/// | high      | 24576 (nearest)     | high                 |
/// | xhigh, max| 24576 (nearest)     | high (nearest)       |
///
/// Thoughts are not asked for when `extras` speak of them already. "nearest" is an approximation in the sense of
/// BodyEncoder; any other word is unmapped. Source: the table of the service's own OpenAI-compatible route.
void writeReasoningEffort(BodyEncoder &encoder, const QString &effort, const QString &model, const QJsonObject &extras);

} // namespace diptych::gemini
