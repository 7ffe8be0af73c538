// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "core/secret.h"

#include <QUrl>

#include <chrono>

namespace diptych {

/// Three separate deadlines of an exchange; zero switches one off.
struct Deadlines {
    std::chrono::milliseconds connect {10'000}; ///< TCP, proxy and TLS handshake
    std::chrono::milliseconds firstByte {120'000}; ///< from the request being sent to the first byte of the answer
    std::chrono::milliseconds idle {60'000}; ///< between two reads of the answer
    bool operator==(const Deadlines &) const = default;
};

/// Which proxy an endpoint uses. Loopback addresses never go through the system's proxy.
struct ProxyOptions {
    enum class Mode { System, None, Http, Socks5 };
    Mode mode = Mode::System;
    QString host {};
    quint16 port = 0;
    QString user {};
    Secret password {};
    bool operator==(const ProxyOptions &) const = default;
};

/// Certificates of an endpoint. Verification can not be switched off: a self-signed server is used by adding its
/// certificate here.
struct TlsOptions {
    QString caFile {}; ///< PEM with additional certificate authorities; empty: the system's only
    QString clientCertificateFile {}; ///< PEM
    QString clientKeyFile {}; ///< PEM
    bool operator==(const TlsOptions &) const = default;
};

/// When a failed request is sent again. A request is never sent again after the first byte of a good answer.
struct RetryOptions {
    int maxRetries = 2; ///< 0: never
    std::chrono::milliseconds baseDelay {500};
    std::chrono::milliseconds maxDelay {8'000};
    std::chrono::milliseconds maxRetryAfter {
        120'000}; ///< a longer wait demanded by the server ends in the error instead
    bool operator==(const RetryOptions &) const = default;
};

/// How an endpoint is reached.
struct ConnectionOptions {
    Deadlines deadlines {};
    ProxyOptions proxy {};
    TlsOptions tls {};
    RetryOptions retry {};
    bool operator==(const ConnectionOptions &) const = default;
};

} // namespace diptych
