// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpconnection.h"

#include "net/tlsconfiguration.h"

#include <QHostAddress>
#include <QSslSocket>
#include <QTimer>

namespace diptych {

namespace {

// The kernel holds more when nobody reads: a slow reader slows the server down instead of filling memory.
constexpr qint64 readBufferSize = 1024 * 1024;

QString protocolName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return QStringLiteral("TLS 1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("TLS");
    }
}

} // namespace

HttpConnection::HttpConnection(const HttpTarget &target)
    : m_target(target)
{
    if (target.tls)
        m_socket = std::make_unique<QSslSocket>();
    else
        m_socket = std::make_unique<QTcpSocket>();
    m_socket->setReadBufferSize(readBufferSize);
    connect(m_socket.get(), &QTcpSocket::hostFound, this, [this] {
        if (looksUpName())
            announce(&HttpConnection::resolved);
    });
    connect(m_socket.get(), &QTcpSocket::connected, this, &HttpConnection::socketConnected);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, [this] { announce(&HttpConnection::readable); });
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this, &HttpConnection::checkWritten);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &HttpConnection::socketFailed);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &HttpConnection::socketFailed);
}

HttpConnection::~HttpConnection() = default;

template <typename... Arguments, typename... Values>
void HttpConnection::announce(void (HttpConnection::*signal)(Arguments...), Values &&...values)
{
    ++m_announcing; // dispose() in a slot does not destroy us yet
    Q_EMIT(this->*signal)(std::forward<Values>(values)...);
    --m_announcing;
}

void HttpConnection::open()
{
    m_isOpen = true;
    if (m_target.tls) {
        openTls();
    } else if (m_target.isForwardedByProxy()) {
        m_socket->setProxy(QNetworkProxy::NoProxy);
        m_socket->connectToHost(m_target.proxy.hostName(), m_target.proxy.port());
    } else {
        m_socket->setProxy(m_target.proxy);
        m_socket->connectToHost(m_target.host, m_target.port);
    }
}

void HttpConnection::openTls()
{
    const Result<QSslConfiguration> configuration = tlsConfiguration(m_target.tlsOptions);
    if (!configuration) {
        QTimer::singleShot(0, this, [this, error = configuration.error()] { report(error); });
        return;
    }
    auto *tls = static_cast<QSslSocket *>(m_socket.get());
    connect(tls, &QSslSocket::encrypted, this, [this] { announce(&HttpConnection::ready); });
    connect(tls, &QSslSocket::encryptedBytesWritten, this, &HttpConnection::checkWritten);
    connect(tls, &QSslSocket::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    tls->setSslConfiguration(*configuration);
    tls->setProxy(m_target.proxy);
    tls->connectToHostEncrypted(m_target.host, m_target.port);
}

bool HttpConnection::looksUpName() const
{
    const bool hasProxy = m_target.proxy.type() != QNetworkProxy::NoProxy;
    const QString name = hasProxy ? m_target.proxy.hostName() : m_target.host;
    return (!hasProxy || m_target.isForwardedByProxy()) && QHostAddress(name).isNull();
}

void HttpConnection::write(const QByteArray &head, const QByteArray &body)
{
    m_socket->write(head);
    if (!body.isEmpty())
        m_socket->write(body);
    m_socket->flush();
}

qint64 HttpConnection::read(char *buffer, qint64 size)
{
    return m_socket->bytesAvailable() > 0 ? std::max<qint64>(m_socket->read(buffer, size), 0) : 0;
}

bool HttpConnection::isIdle() const
{
    return m_isOpen && m_socket->state() == QAbstractSocket::ConnectedState && m_socket->bytesAvailable() == 0;
}

bool HttpConnection::isWritten() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return m_socket->bytesToWrite() == 0 && (!tls || tls->encryptedBytesToWrite() == 0);
}

QString HttpConnection::peerAddress() const
{
    QString address = m_socket->peerAddress().toString();
    if (address.isEmpty())
        return {};
    if (address.contains(u':'))
        address = u'[' + address + u']';
    return address + u':' + QString::number(m_socket->peerPort());
}

QString HttpConnection::tlsProtocol() const
{
    const auto *tls = qobject_cast<const QSslSocket *>(m_socket.get());
    return tls && tls->isEncrypted() ? protocolName(tls->sessionProtocol()) : QString();
}

void HttpConnection::dispose()
{
    m_isOpen = false;
    disconnect();
    m_socket->disconnect(this);
    m_socket->abort();
    if (m_announcing > 0)
        deleteLater();
    else
        delete this;
}

void HttpConnection::socketConnected()
{
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setSocketOption(QAbstractSocket::KeepAliveOption, 1);
    announce(&HttpConnection::connected);
    if (!m_target.tls && m_isOpen)
        announce(&HttpConnection::ready);
}

void HttpConnection::checkWritten()
{
    if (isWritten())
        announce(&HttpConnection::written);
}

void HttpConnection::socketFailed()
{
    report(describeFailure());
}

void HttpConnection::report(const Error &reason)
{
    if (std::exchange(m_isOpen, false))
        announce(&HttpConnection::closed, reason);
}

Error HttpConnection::describeFailure() const
{
    const auto failure = [](Error::Kind kind, const QString &message, const char *code = "") {
        return Error {.kind = kind, .message = message, .providerCode = QString::fromLatin1(code)};
    };
    const QString server = m_target.hostAndPort();
    const QString proxy = m_target.proxy.hostName() + u':' + QString::number(m_target.proxy.port());
    const bool hasProxy = m_target.proxy.type() != QNetworkProxy::NoProxy;
    const QString firstHop = m_target.isForwardedByProxy() ? tr("the proxy %1").arg(proxy) : server;
    const QString way = hasProxy ? tr("%1 through the proxy %2").arg(server, proxy) : server;
    if (!m_tlsErrors.isEmpty())
        return failure(Error::Kind::Tls, describeTlsErrors(m_tlsErrors, server));
    switch (m_socket->error()) {
    case QAbstractSocket::HostNotFoundError:
        return failure(
            Error::Kind::Network, tr("The host of %1 was not found. Is the name right?").arg(firstHop), "HostNotFound");
    case QAbstractSocket::ConnectionRefusedError:
        return failure(Error::Kind::Network,
            tr("Nothing accepts connections at %1. Is the server running, and is the port right?").arg(firstHop),
            "ConnectionRefused");
    case QAbstractSocket::NetworkError:
        return failure(Error::Kind::Network,
            tr("No way leads to %1: %2. Is this computer connected to that network?")
                .arg(firstHop, m_socket->errorString()),
            "Unreachable");
    case QAbstractSocket::RemoteHostClosedError:
        return failure(Error::Kind::Network, tr("%1 closed the connection.").arg(server));
    case QAbstractSocket::SslHandshakeFailedError:
    case QAbstractSocket::SslInternalError:
    case QAbstractSocket::SslInvalidUserDataError:
        return failure(Error::Kind::Tls,
            tr("No secure connection to %1 could be made: %2. If the server speaks plain HTTP, use http://.")
                .arg(server, m_socket->errorString()));
    case QAbstractSocket::ProxyAuthenticationRequiredError:
        return failure(Error::Kind::Network, tr("The proxy %1 wants another user name or password.").arg(proxy));
    case QAbstractSocket::ProxyConnectionRefusedError:
    case QAbstractSocket::ProxyConnectionClosedError:
    case QAbstractSocket::ProxyConnectionTimeoutError:
    case QAbstractSocket::ProxyNotFoundError:
    case QAbstractSocket::ProxyProtocolError:
        return failure(Error::Kind::Network,
            tr("The proxy %1 did not connect to %2: %3.").arg(proxy, server, m_socket->errorString()), "ProxyFailed");
    default:
        return failure(Error::Kind::Network, tr("The connection to %1 failed: %2.").arg(way, m_socket->errorString()));
    }
}

} // namespace diptych
