// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "gateway/surface.h"

#include <QJsonObject>

namespace diptych {

/// An error as an answer. A mistake in the request is named by its path in the message, for want of a place of its own.
/// Source: Anthropic API, errors.
[[nodiscard]] SurfaceAnswer encodeAnthropicError(const Error &error, const QJsonObject &request = {});

/// The object of an error, as an answer and as the data of the event `error`.
[[nodiscard]] QJsonObject anthropicError(const Error &error);

} // namespace diptych
