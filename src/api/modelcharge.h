// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/price.h"

namespace diptych {

class Connections;

/// What a model costs, by the table and by all that is known of its endpoint; Unknown where there is no such endpoint.
[[nodiscard]] Charge chargeOf(const ModelRef &model, const Connections &connections, const PriceTable &prices);

} // namespace diptych
