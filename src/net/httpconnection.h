// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "net/httptarget.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSslError>

#include <memory>

class QTcpSocket;

namespace diptych {

/// One TCP or TLS connection, perhaps through a proxy. Knows nothing of HTTP.
class HttpConnection : public QObject
{
    Q_OBJECT
public:
    explicit HttpConnection(const HttpTarget &target);
    ~HttpConnection() override;

    [[nodiscard]] const HttpTarget &target() const { return m_target; }
    void open(); ///< ready() or closed() follows, not before this returns
    void write(const QByteArray &head, const QByteArray &body); ///< written() may be emitted before this returns
    /// What has arrived, at most `size` bytes; 0: nothing.
    [[nodiscard]] qint64 read(char *buffer, qint64 size);
    /// Connected, and nothing has arrived that nobody asked for.
    [[nodiscard]] bool isIdle() const;
    /// Everything given to write() went to the system.
    [[nodiscard]] bool isWritten() const;
    [[nodiscard]] QString peerAddress() const;
    [[nodiscard]] QString tlsProtocol() const; ///< empty without TLS

    /// Closes at once, without a word, and destroys the connection when that is safe.
    void dispose();

Q_SIGNALS:
    void resolved(); ///< a host name was looked up; not emitted for addresses in numbers, nor when a proxy does it
    void connected(); ///< TCP established, also through a tunnel
    void ready(); ///< TLS too, where there is any
    void written();
    void readable();
    /// The other side closed, or it failed. Call read() for what had arrived before.
    void closed(const diptych::Error &reason);

private:
    void openTls();
    [[nodiscard]] bool looksUpName() const;
    void report(const Error &reason);
    void socketFailed();
    void socketConnected();
    void checkWritten();
    [[nodiscard]] Error describeFailure() const;

    template <typename... Arguments, typename... Values>
    void announce(void (HttpConnection::*signal)(Arguments...), Values &&...values);

    HttpTarget m_target;
    std::unique_ptr<QTcpSocket> m_socket;
    QList<QSslError> m_tlsErrors;
    int m_announcing = 0; // a signal of ours, or of the socket through us, is on the stack
    bool m_isOpen = false;
};

/// Owns a connection; letting go closes it at once.
struct ConnectionDisposer {
    void operator()(HttpConnection *connection) const { connection->dispose(); }
};
using ConnectionPointer = std::unique_ptr<HttpConnection, ConnectionDisposer>;

} // namespace diptych
