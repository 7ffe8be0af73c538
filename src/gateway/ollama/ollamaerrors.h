// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "gateway/surface.h"

#include <QJsonObject>

namespace diptych {

/// An error as an answer, `{"error":"…"}`. `request` names the model that was not found.
/// Source: Ollama docs/api.md and the sentences of its server.
[[nodiscard]] SurfaceAnswer encodeOllamaError(const Error &error, const QJsonObject &request = {});

/// The line that ends a stream which had already begun.
[[nodiscard]] QByteArray encodeOllamaErrorLine(const Error &error, const QString &model);

} // namespace diptych
