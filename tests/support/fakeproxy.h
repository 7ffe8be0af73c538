// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QTcpServer>

class QTcpSocket;

namespace diptych {

/// An HTTP proxy on 127.0.0.1 that makes tunnels: whatever host CONNECT asks for, the tunnel leads to `targetPort` on
/// this machine.
class FakeProxy : public QTcpServer
{
    Q_OBJECT
public:
    explicit FakeProxy(quint16 targetPort, QObject *parent = nullptr);

    QByteArray credentials; ///< "user:password"; empty: everybody may pass
    int refuseWith = 0; ///< answers every CONNECT with this status; 0: does not
    [[nodiscard]] const QByteArrayList &requests() const { return m_requests; } ///< request lines

private:
    void read(QTcpSocket *client);
    void tunnel(QTcpSocket *client);

    QByteArrayList m_requests;
    quint16 m_targetPort;
};

} // namespace diptych
