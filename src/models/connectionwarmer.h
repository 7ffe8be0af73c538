// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

namespace diptych {

class Connections;
class Conversation;

/// Opens connections while a prompt for several panes is being written, so that no model's first token waits for a
/// handshake that another one's does not. A prompt for one pane is no race: nothing is opened ahead then.
class ConnectionWarmer
{
public:
    ConnectionWarmer(const Conversation &conversation, const Connections &connections);

    /// A prompt is being written. Cheap: call it with every key.
    void promptEdited();

private:
    const Conversation &m_conversation;
    const Connections &m_connections;
    QElapsedTimer m_sinceLast; ///< invalid: not yet
};

} // namespace diptych
