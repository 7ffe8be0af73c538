// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>

#include <chrono>
#include <optional>

namespace diptych {

/// What went wrong, in a form that callers branch on (kind) and people read (message).
/// An Error is never shown as, or mixed into, model output.
struct Error {
    Q_GADGET
public:
    enum class Kind {
        Cancelled, ///< the asker stopped it; what had arrived is kept
        InvalidRequest, ///< the request itself is wrong (400, malformed schema, missing field)
        Unsupported, ///< the model or route cannot do this; `parameter` says what, empty for the whole route
        Authentication, ///< 401, 402, 403: the key is missing, wrong, not allowed here or out of money
        NotFound, ///< 404, 410: no such route, model, deployment or api-version
        RateLimited, ///< 429; `retryAfter` when the server said how long
        ContentFilter, ///< the provider's filter refused the prompt or the answer
        Provider, ///< 5xx and other failures on the provider's side
        Network, ///< no connection, connection lost, proxy or redirect refused
        Tls, ///< certificate or handshake
        Timeout, ///< one of our deadlines; the message says which
        Protocol, ///< the bytes do not follow the format: bad JSON, wrong types, stream without its end mark
        Storage, ///< disk, database or keychain
    };
    Q_ENUM(Kind)

    Kind kind = Kind::Provider;
    int httpStatus = 0; ///< 0: no HTTP answer was received
    QString message {}; ///< one or two sentences for a person, provider's own words where there are any
    /// The provider's machine-readable code, e.g. "content_filter"; numbers as text. Without an answer one of ours:
    /// HostNotFound, ConnectionRefused, Unreachable, ProxyFailed, TlsRequired, TokenCommandFailed.
    QString providerCode {};
    QString parameter {}; ///< path of the offending parameter, e.g. "response_format" or "messages[0].content"
    QString requestId {}; ///< x-request-id and its relatives
    std::optional<std::chrono::milliseconds> retryAfter {}; ///< unset: the server did not say
    QByteArray bodySample {}; ///< first 64 KiB of the answer's body, for "details"

    /// True for failures that may pass by themselves: rate limit, 408, 409, 5xx, network, timeout.
    [[nodiscard]] bool isRetryable() const;

    bool operator==(const Error &) const = default;
};

/// What a person can do about it, one sentence; empty where there is nothing useful to say.
[[nodiscard]] QString whatToDo(const Error &error);
/// The name of a kind for logs and JSON output, e.g. "RateLimited".
[[nodiscard]] QString kindName(Error::Kind kind);

} // namespace diptych

Q_DECLARE_METATYPE(diptych::Error)
