// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "gateway/surface.h"

#include <QJsonObject>

namespace diptych {

/// The HTTP status that stands for an error.
[[nodiscard]] int statusOf(const Error &error);

/// An error as an answer: status, body and, on Azure, x-ms-error-code; Retry-After where it is known. `request` is the
/// body of the request, whose offending value is quoted.
/// Source: Azure AI Model Inference API 1.10; OpenAI v1 errors.
[[nodiscard]] SurfaceAnswer encodeError(const Error &error, Surface surface, const QJsonObject &request = {});

/// The message with the parameter in front, unless it names it; for surfaces that have no other place for it.
[[nodiscard]] QString messageWithPath(const Error &error);

/// The headers of any surface's error: Content-Type, Retry-After, WWW-Authenticate, Allow.
[[nodiscard]] HeaderList errorHeaders(const Error &error, int status);

/// The data of the event that ends a stream which had already begun.
[[nodiscard]] QByteArray encodeStreamError(const Error &error, Surface surface);

} // namespace diptych
