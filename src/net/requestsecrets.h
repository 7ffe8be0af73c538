// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/error.h"
#include "core/exchange.h"

#include <QByteArrayList>

namespace diptych {

struct HttpRequest;

/// The keys of a request, to keep them out of what its server writes: some repeat them in their answers. Keys of fewer
/// than eight characters are left alone; anything may contain those by chance.
class RequestSecrets
{
public:
    RequestSecrets() = default;
    explicit RequestSecrets(const HttpRequest &request);

    /// *** in place of each key.
    [[nodiscard]] QByteArray hidden(QByteArray text) const;
    [[nodiscard]] Error hidden(Error error) const;
    /// The same for header values; those of secret headers are *** as a whole.
    [[nodiscard]] HeaderList hidden(HeaderList headers) const;
    /// As many stars as the key has characters, so that positions stay true. `known` bytes at the front were looked at
    /// before; a key may begin in them.
    void mask(QByteArray &record, qsizetype known) const;

private:
    void add(const QByteArray &secret);
    void addPair(const QString &user, const QByteArray &password);

    QByteArrayList m_forms; // as they are, and as URLs and JSON write them; the longest first
};

} // namespace diptych
