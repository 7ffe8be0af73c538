// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

namespace diptych {

class Connections;
class LlamaServer;

/// While a llama-server of ours is ready it is an endpoint like the others; it is never stored.
class LlamaEndpoint : public QObject
{
    Q_OBJECT
public:
    LlamaEndpoint(LlamaServer &server, Connections &connections, QObject *parent = nullptr);
    ~LlamaEndpoint() override;

private:
    void follow();

    LlamaServer &m_server;
    Connections &m_connections;
};

} // namespace diptych
