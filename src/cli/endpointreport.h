// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connectionsteps.h"
#include "api/endpointurl.h"

#include <QJsonObject>

namespace diptych {

/// What is written about an endpoint: never its key, only whether there is one.
[[nodiscard]] QStringList toLines(const EndpointProposal &proposal);
[[nodiscard]] QJsonObject toJson(const EndpointProposal &proposal);

/// One line: state, step, time, text.
[[nodiscard]] QString toLine(const ConnectionStep &step);
[[nodiscard]] QJsonObject toJson(const ConnectionStep &step);

} // namespace diptych
