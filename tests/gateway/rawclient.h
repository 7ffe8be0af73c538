// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>

namespace diptych {

/// An answer as it came over the wire.
struct RawAnswer {
    int status = 0; ///< 0: none came
    HeaderList headers {};
    QByteArray body {}; ///< without chunk framing
    bool isComplete = false;

    [[nodiscard]] QByteArray header(const QByteArray &name) const { return headerValue(headers, name); }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(body).object(); }
    /// The data of each server-sent event.
    [[nodiscard]] QList<QByteArray> events() const;
};

/// Speaks HTTP byte by byte with a server on the same event loop.
class RawClient
{
public:
    explicit RawClient(quint16 port);

    void send(const QByteArray &bytes);
    /// GET or, with a body, POST, with key and Host. More header lines may be given, each with its CRLF.
    void request(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
        const QByteArray &headerLines = "api-key: test-key\r\n");
    /// Waits for one complete answer, or for the server to close.
    [[nodiscard]] RawAnswer answer();
    /// What has come so far of an answer under way, without waiting.
    [[nodiscard]] RawAnswer partialAnswer();
    [[nodiscard]] QTcpSocket &socket() { return m_socket; }
    [[nodiscard]] bool waitForClose();

private:
    qsizetype parse(RawAnswer &answer) const;

    QTcpSocket m_socket;
    quint16 m_port;
    QByteArray m_input;
};

} // namespace diptych
