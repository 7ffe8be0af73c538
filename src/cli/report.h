// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/metrics.h"
#include "api/reply.h"
#include "cli/terminaloutput.h"

#include <QJsonObject>

namespace diptych {

[[nodiscard]] QString jsonLine(const QJsonObject &object); ///< without the line feed

[[nodiscard]] QJsonObject toJson(const Error &error);
[[nodiscard]] QJsonObject toJson(const AnswerMetrics &metrics); ///< times in milliseconds
[[nodiscard]] QJsonObject toJson(const Usage &usage);

/// "TTFT 18 ms · 212 tok/s · 34 tokens in, 120 out (counted by the provider)"
[[nodiscard]] QString toText(const AnswerMetrics &metrics);

/// Message and advice, two lines on standard error.
void reportError(Console &console, const Error &error, const QString &subject = {});
void reportRetry(Console &console, const Error &error, std::chrono::milliseconds delay);
/// Says on standard error when a request is going to be sent again.
void reportRetries(Reply &reply, Console &console);

} // namespace diptych
