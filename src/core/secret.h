// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QDebug>
#include <QString>

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
/// x-goog-api-key, proxy-authorization, cookie, set-cookie. Case-insensitive.
[[nodiscard]] bool isSecretHeader(const QByteArray &name);

} // namespace diptych
