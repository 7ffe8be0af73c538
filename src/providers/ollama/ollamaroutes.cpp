// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/ollamaroutes.h"

namespace diptych::ollama {

QString pathOf(const Endpoint &endpoint, const QString &route)
{
    QString base = endpoint.baseUrl.path();
    while (base.endsWith(u'/'))
        base.chop(1);
    return base.endsWith(QLatin1String("/api")) ? route : QString(u"/api" % route);
}

EndpointCall streamingCall(const Endpoint &endpoint, const QString &route)
{
    return {.path = pathOf(endpoint, route), .expectsStream = true, .accept = "application/x-ndjson, application/json"};
}

} // namespace diptych::ollama
