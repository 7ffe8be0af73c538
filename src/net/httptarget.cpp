// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httptarget.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>

namespace diptych {

namespace {

QNetworkProxy systemProxy(const QUrl &url)
{
    if (isLoopback(url.host()))
        return QNetworkProxy::NoProxy;
    const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    for (const QNetworkProxy &proxy : proxies) {
        if (proxy.type() == QNetworkProxy::HttpCachingProxy) {
            return QNetworkProxy(
                QNetworkProxy::HttpProxy, proxy.hostName(), proxy.port(), proxy.user(), proxy.password());
        }
        if (proxy.type() != QNetworkProxy::FtpCachingProxy)
            return proxy;
    }
    return QNetworkProxy::NoProxy;
}

QNetworkProxy proxyFor(const QUrl &url, const ProxyOptions &options)
{
    switch (options.mode) {
    case ProxyOptions::Mode::System:
        return systemProxy(url);
    case ProxyOptions::Mode::None:
        return QNetworkProxy::NoProxy;
    case ProxyOptions::Mode::Http:
    case ProxyOptions::Mode::Socks5:
        break;
    }
    const auto type = options.mode == ProxyOptions::Mode::Http ? QNetworkProxy::HttpProxy : QNetworkProxy::Socks5Proxy;
    return QNetworkProxy(type, options.host, options.port, options.user, QString::fromUtf8(options.password.reveal()));
}

} // namespace

QString HttpTarget::hostAndPort() const
{
    const QString name = host.contains(u':') ? QString(u'[' + host + u']') : host;
    return name + u':' + QString::number(port);
}

bool HttpTarget::isForwardedByProxy() const
{
    return !tls && proxy.type() == QNetworkProxy::HttpProxy;
}

HttpTarget targetOf(const QUrl &url, const ConnectionOptions &options)
{
    const bool tls = url.scheme() == QLatin1String("https");
    return {.tls = tls,
        .host = url.host(QUrl::FullyEncoded),
        .port = quint16(url.port(defaultPort(url.scheme()))),
        .proxy = proxyFor(url, options.proxy),
        .tlsOptions = tls ? options.tls : TlsOptions()};
}

int defaultPort(const QString &scheme)
{
    return scheme == QLatin1String("https") ? 443 : 80;
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host()
        && a.port(defaultPort(a.scheme())) == b.port(defaultPort(b.scheme()));
}

bool isLoopback(const QString &host)
{
    return host.compare(QLatin1String("localhost"), Qt::CaseInsensitive) == 0
        || host.endsWith(QLatin1String(".localhost"), Qt::CaseInsensitive) || QHostAddress(host).isLoopback();
}

} // namespace diptych
