// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "core/error.h"
#include "core/exchange.h"

#include <QJsonObject>

#include <optional>

namespace diptych {

/// An exchange for a file that people and programs can read. Bodies that are UTF-8 are text, others base64 under
/// "bodyBase64". Times in microseconds. Secrets are not in an Exchange, so neither in the file.
[[nodiscard]] QJsonObject exchangeToJson(
    const Exchange &exchange, const ChangeLog &changeLog, const std::optional<Error> &error);

} // namespace diptych
