// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QElapsedTimer>
#include <QHash>
#include <QSslCertificate>
#include <QSslKey>
#include <QTcpServer>
#include <QUrl>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <vector>

namespace diptych {

/// One request as a FakeServer got it.
struct FakeRequest {
    QByteArray method {};
    QByteArray target {}; ///< as on the request line, with the query
    HeaderList headers {};
    QByteArray body {};
    int connection = 0; ///< counts from 1; equal numbers: the connection was reused
    std::chrono::steady_clock::time_point at {}; ///< when it was complete

    [[nodiscard]] QByteArray header(const QByteArray &name) const { return headerValue(headers, name); }
    [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
};

/// What a FakeServer answers: bytes, and when to send them. Times are milliseconds.
///
///     server.enqueue(FakeResponse::json(200, body));
///     server.enqueue(FakeResponse::sse({"{…}", "[DONE]"}).delayBetween(20).thenStall());
class FakeResponse
{
public:
    FakeResponse() = default;

    static FakeResponse json(int status, const QByteArray &body);
    static FakeResponse text(int status, const QByteArray &contentType, const QByteArray &body);
    /// Each text becomes `data: text\n\n` in an HTTP chunk of its own; the last chunk follows.
    static FakeResponse sse(const std::vector<QByteArray> &events);
    /// The pieces as they are, each in an HTTP chunk of its own; the last chunk follows.
    static FakeResponse chunked(const QByteArray &contentType, const std::vector<QByteArray> &pieces);
    /// The pieces as they are, without any HTTP around them.
    static FakeResponse raw(const std::vector<QByteArray> &pieces);
    /// Takes the request and never answers.
    static FakeResponse silence() { return FakeResponse().thenStall(); }

    FakeResponse &header(const QByteArray &name, const QByteArray &value); ///< not for raw()
    FakeResponse &delayBefore(int milliseconds);
    FakeResponse &delayBetween(int milliseconds); ///< between the pieces after the headers
    FakeResponse &byteByByte(int milliseconds = 0); ///< the whole answer, with a pause after each byte
    FakeResponse &cutAfter(qsizetype bytes); ///< keeps only the first bytes of the whole answer
    FakeResponse &thenStall(); ///< sends nothing more and keeps the connection; a chunked body gets no end
    FakeResponse &thenClose(); ///< closes; a chunked body gets no end
    FakeResponse &thenReset(); ///< aborts with RST; a chunked body gets no end
    FakeResponse &closeAtEnd(); ///< complete answer, then close

    enum class End { KeepAlive, Stall, Close, Reset };
    struct Step {
        int delay = 0; ///< before the bytes
        QByteArray bytes {};
    };
    [[nodiscard]] std::vector<Step> steps() const;
    [[nodiscard]] End end() const { return m_end; }

private:
    QByteArray m_head;
    std::vector<QByteArray> m_pieces;
    QByteArray m_tail;
    int m_delayBefore = 0;
    int m_delayBetween = 0;
    int m_delayPerByte = -1;
    qsizetype m_cutAfter = -1;
    End m_end = End::KeepAlive;
};

/// A scripted HTTP server on 127.0.0.1. Answers each request from the route of its path, else from the queue, else with
/// 404. Remembers what was asked and when clients left.
class FakeServer : public QTcpServer
{
    Q_OBJECT
public:
    using Handler = std::function<FakeResponse(const FakeRequest &)>;

    explicit FakeServer(QObject *parent = nullptr);
    ~FakeServer() override;

    /// Speaks TLS from the next connection on.
    void useTls(const QSslCertificate &certificate, const QSslKey &key);
    /// Asks clients for a certificate, signed by `authority`.
    void requireClientCertificate(const QSslCertificate &authority);

    [[nodiscard]] QUrl url(const QString &path = QStringLiteral("/")) const;
    void enqueue(const FakeResponse &response);
    void route(const QByteArray &path, const FakeResponse &response);
    void route(const QByteArray &path, Handler handler);

    [[nodiscard]] const std::vector<FakeRequest> &requests() const { return m_requests; }
    /// When each piece of an answer (headers, then an event or chunk at a time) was given to the system.
    [[nodiscard]] const std::vector<std::chrono::steady_clock::time_point> &sentAt() const { return m_sentAt; }
    [[nodiscard]] int connectionCount() const { return m_connectionCount; } ///< all there ever were
    [[nodiscard]] int openConnections() const { return m_open; }
    [[nodiscard]] int mostOpenConnections() const { return m_mostOpen; }
    /// Time from the last bytes that the server sent (or the request, when it sent none) to the client's leaving, for
    /// the client that left last; unset: none left.
    [[nodiscard]] std::optional<std::chrono::milliseconds> leftAfter() const { return m_leftAfter; }
    /// Closes (or resets) all connections, also idle ones.
    void closeConnections(bool reset = false);

Q_SIGNALS:
    void requestReceived();
    void clientLeft(); ///< the client closed or aborted; not emitted for closes by the server

protected:
    void incomingConnection(qintptr handle) override;

private:
    struct Client;
    void read(Client *client);
    bool takeRequest(Client *client, FakeRequest &request);
    FakeResponse responseTo(const FakeRequest &request);
    void step(Client *client);
    void end(Client *client);
    void left(Client *client);

    std::deque<FakeResponse> m_queue;
    QHash<QByteArray, Handler> m_routes;
    std::vector<FakeRequest> m_requests;
    std::vector<std::chrono::steady_clock::time_point> m_sentAt;
    std::vector<Client *> m_clients; // children
    QSslCertificate m_certificate;
    QSslCertificate m_clientAuthority;
    QSslKey m_key;
    std::optional<std::chrono::milliseconds> m_leftAfter;
    int m_connectionCount = 0;
    int m_open = 0;
    int m_mostOpen = 0;
};

} // namespace diptych
