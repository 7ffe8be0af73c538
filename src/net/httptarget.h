// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectionoptions.h"

#include <QNetworkProxy>
#include <QUrl>

namespace diptych {

/// Where a connection leads, and how. Connections with equal targets are interchangeable.
struct HttpTarget {
    bool tls = false;
    QString host {}; ///< ASCII form, IPv6 without brackets
    quint16 port = 0;
    QNetworkProxy proxy {QNetworkProxy::NoProxy};
    TlsOptions tlsOptions {};
    bool operator==(const HttpTarget &) const = default;

    /// "host:port", for people and for CONNECT.
    [[nodiscard]] QString hostAndPort() const;
    /// Plain HTTP goes through an HTTP proxy as an ordinary request with the whole URL in it, not through a tunnel.
    [[nodiscard]] bool isForwardedByProxy() const;
};

/// The target of a URL that has passed checkRequest(). Asks the system for its proxy where the options say so, but
/// never for a loopback address.
[[nodiscard]] HttpTarget targetOf(const QUrl &url, const ConnectionOptions &options);
/// The port that is used when the URL names none.
[[nodiscard]] int defaultPort(const QString &scheme);
/// Scheme, host and port are the same.
[[nodiscard]] bool isSameOrigin(const QUrl &a, const QUrl &b);
/// localhost, *.localhost, 127.0.0.0/8 or ::1.
[[nodiscard]] bool isLoopback(const QString &host);

} // namespace diptych
