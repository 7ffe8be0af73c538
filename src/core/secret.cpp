// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secret.h"

#include <QSet>

namespace diptych {

Secret::Secret(QByteArray value)
    : m_value(std::move(value))
{
}

QDebug operator<<(QDebug debug, const Secret &secret)
{
    return debug << (secret.isEmpty() ? "(none)" : "***");
}

bool isSecretHeader(const QByteArray &name)
{
    static const QSet<QByteArray> names {"authorization", "api-key", "x-api-key", "x-goog-api-key",
        "proxy-authorization", "cookie", "set-cookie", "ocp-apim-subscription-key", "x-functions-key"};
    return names.contains(name.toLower());
}

} // namespace diptych
