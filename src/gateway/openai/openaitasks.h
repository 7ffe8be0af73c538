// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gatewaytask.h"

namespace diptych {

/// The tasks of the surfaces azure and openai, which share their bodies.
[[nodiscard]] std::unique_ptr<GatewayTask> makeOpenAiTask(const GatewayCall &call);

} // namespace diptych
