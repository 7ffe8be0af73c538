// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/modelcharge.h"

#include "api/connections.h"

namespace diptych {

Charge chargeOf(const ModelRef &model, const Connections &connections, const PriceTable &prices)
{
    const Endpoint *endpoint = connections.find(model.endpointId);
    if (!endpoint)
        return {};
    return prices.charge(
        *endpoint, model.model, connections.descriptor(model.endpointId), connections.findModel(model));
}

} // namespace diptych
