// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/builtinserver.h"

namespace diptych {

BuiltinServer::BuiltinServer(BuiltinOptions options)
    : m_models(options)
    , m_gateway(m_models)
{
    m_gateway.addInterceptor(m_faults);
}

Result<Endpoint> BuiltinServer::start()
{
    if (const Result<void> started = m_gateway.start(); !started)
        return Failure(started.error());
    Endpoint endpoint = m_models.endpoint();
    endpoint.baseUrl = m_gateway.baseUrl();
    endpoint.auth = Endpoint::Auth::Bearer;
    endpoint.credential = m_gateway.key();
    endpoint.apiVersion = QStringLiteral("2025-04-01");
    endpoint.defaultModel.clear(); // each route has a first model of its own
    endpoint.connection.proxy.mode = ProxyOptions::Mode::None;
    return endpoint;
}

} // namespace diptych
