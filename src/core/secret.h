// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDebug>
#include <QString>
#include <QUrl>

namespace diptych {

/// A key or token. Prints as ***, never converts to a string by itself; `reveal()` is called only where the
/// bytes go into a header or the keychain.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray value);

    [[nodiscard]] bool isEmpty() const { return m_value.isEmpty(); }
    [[nodiscard]] const QByteArray &reveal() const { return m_value; }
    bool operator==(const Secret &) const = default;

private:
    QByteArray m_value;
};

QDebug operator<<(QDebug debug, const Secret &secret);

/// True for headers whose value must not be recorded, logged or exported: authorization, api-key, x-api-key,
/// x-goog-api-key, proxy-authorization, cookie, set-cookie, and names that end in -key, -token, -secret or -password.
/// Case-insensitive.
[[nodiscard]] bool isSecretHeader(const QByteArray &name);
/// The same for items of a URL's query: key, code, sig, access_token, subscription-key and their relatives.
[[nodiscard]] bool isSecretQueryItem(const QString &name);
/// The URL as it may be recorded: without user name and password, *** in place of secret query values.
[[nodiscard]] QUrl redactedUrl(const QUrl &url);

} // namespace diptych
