// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "core/result.h"

#include <QJsonObject>

namespace diptych {

/// A chat request back from how the Activity list keeps it, see requestJson(). Errors: InvalidRequest (it is another
/// request, or none).
[[nodiscard]] Result<ChatRequest> chatRequestFromJson(const QJsonObject &commonRequest);
/// The model that was asked at that address; invalid when no endpoint is there any more.
[[nodiscard]] ModelRef modelAskedAt(const QUrl &url, const QString &model, const Connections &connections);

} // namespace diptych
