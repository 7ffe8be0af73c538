// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/llamaendpoint.h"

#include "api/connections.h"
#include "engines/llamaserver.h"

namespace diptych {

LlamaEndpoint::LlamaEndpoint(LlamaServer &server, Connections &connections, QObject *parent)
    : QObject(parent)
    , m_server(server)
    , m_connections(connections)
{
    connect(&m_server, &LlamaServer::stateChanged, this, &LlamaEndpoint::follow);
    follow();
}

LlamaEndpoint::~LlamaEndpoint() = default;

void LlamaEndpoint::follow()
{
    const QString id = QLatin1String(LlamaServer::endpointId);
    if (m_server.state() != LlamaServer::State::Ready) {
        m_connections.remove(id);
        return;
    }
    const Endpoint endpoint = m_server.endpoint();
    if (m_connections.find(id))
        m_connections.update(endpoint);
    else
        m_connections.add(endpoint);
    m_connections.refreshModels(id);
}

} // namespace diptych
