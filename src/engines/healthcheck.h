// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

namespace diptych {

/// Asks a server on this machine again and again whether it is ready: GET /health, until it answers 200.
/// Source: llama-server's README; 503 while the model is being loaded.
class HealthCheck : public QObject
{
    Q_OBJECT
public:
    explicit HealthCheck(QObject *parent = nullptr);

    void start(quint16 port);
    void stop();

Q_SIGNALS:
    void healthy(); ///< once after each start()

private:
    void ask();
    void take();

    QTcpSocket m_socket;
    QTimer m_timer;
    QByteArray m_answer;
    quint16 m_port = 0;
};

} // namespace diptych
