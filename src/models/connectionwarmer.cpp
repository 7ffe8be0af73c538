// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/connectionwarmer.h"

#include "api/connections.h"
#include "models/conversation.h"

#include <map>

namespace diptych {

namespace {

// Idle connections are closed after half a minute; looking for missing ones costs next to nothing.
constexpr qint64 interval = 5'000; // milliseconds

} // namespace

ConnectionWarmer::ConnectionWarmer(const Conversation &conversation, const Connections &connections)
    : m_conversation(conversation)
    , m_connections(connections)
{
}

void ConnectionWarmer::promptEdited()
{
    if (m_sinceLast.isValid() && m_sinceLast.elapsed() < interval)
        return;
    std::map<QString, int> chats;
    int panes = 0;
    for (const PaneState &pane : m_conversation.session().panes) {
        if (!pane.isSynced)
            continue;
        ++chats[pane.model.endpointId];
        ++panes;
    }
    if (panes < 2)
        return;
    m_sinceLast.start();
    for (const auto &[endpointId, count] : chats) {
        if (Provider *provider = m_connections.provider(endpointId))
            provider->warmUp(count);
    }
}

} // namespace diptych
