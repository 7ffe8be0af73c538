// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "engines/healthcheck.h"

#include <QHostAddress>
#include <QNetworkProxy>

namespace diptych {

namespace {

constexpr int intervalMilliseconds = 200;

} // namespace

HealthCheck::HealthCheck(QObject *parent)
    : QObject(parent)
{
    m_socket.setProxy(QNetworkProxy::NoProxy);
    m_timer.setInterval(intervalMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &HealthCheck::ask);
    connect(&m_socket, &QTcpSocket::connected, this, [this] {
        m_socket.write("GET /health HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port)
            + "\r\nAccept: application/json\r\nConnection: close\r\n\r\n");
    });
    connect(&m_socket, &QTcpSocket::readyRead, this, &HealthCheck::take);
}

void HealthCheck::start(quint16 port)
{
    stop();
    m_port = port;
    m_timer.start();
}

void HealthCheck::stop()
{
    m_timer.stop();
    m_socket.abort();
}

void HealthCheck::ask()
{
    // An answer that did not come within an interval is given up; a busy server gets a new question.
    m_socket.abort();
    m_answer.clear();
    m_socket.connectToHost(QHostAddress(QHostAddress::LocalHost), m_port);
}

void HealthCheck::take()
{
    constexpr qsizetype statusLength = 12; // "HTTP/1.1 200"
    m_answer += m_socket.read(statusLength);
    if (m_answer.size() < statusLength)
        return;
    const bool isHealthy = m_answer.startsWith("HTTP/1.") && m_answer.mid(9, 3) == "200";
    m_socket.abort();
    if (!isHealthy)
        return;
    stop();
    Q_EMIT healthy();
}

} // namespace diptych
