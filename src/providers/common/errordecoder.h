// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/exchange.h"

#include <QDateTime>

namespace diptych {

/// What a server answered instead of a result.
struct ErrorAnswer {
    int status = 0; ///< HTTP status; below 400 for an error inside a stream that began well
    QByteArray reason {}; ///< of the status line; may be empty
    HeaderList headers {};
    QByteArray body {}; ///< JSON in any of the known shapes, HTML, text or nothing
    QDateTime receivedAt {}; ///< UTC; turns a Retry-After date into a delay
};

/// Reads every error shape that the supported servers are known to use: the envelope of the Azure specification, its
/// flat form, pydantic's `detail` lists, OpenAI, llama.cpp, Ollama, Anthropic, Gemini, Cohere, plain text and HTML.
/// Source: order of the Azure AI Model Inference API's error shapes: header x-ms-error-code; `error` object; `error`
/// string or list; `detail`; root `code` and `message`; the status line and the first 2 KiB of text.
[[nodiscard]] Error decodeError(const ErrorAnswer &answer);

/// x-request-id or one of its relatives; empty when there is none.
[[nodiscard]] QString requestIdOf(const HeaderList &headers);

} // namespace diptych
