// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/extras.h"
#include "core/result.h"
#include "gateway/http/httpserverrequest.h"
#include "gateway/surface.h"

#include <QJsonObject>

namespace diptych {

/// The mode that the header `extra-parameters` asks for; only Azure's clients have it, those of the other surfaces pass
/// everything on. Errors: InvalidRequest.
[[nodiscard]] Result<ExtrasMode> extrasModeOf(const HttpServerRequest &request, Surface surface);
/// The body as an object. Errors: InvalidRequest.
[[nodiscard]] Result<QJsonObject> parseBody(const QByteArray &body);

} // namespace diptych
