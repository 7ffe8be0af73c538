// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QByteArray>
#include <QUrlQuery>

namespace diptych {

/// One HTTP request as a server received it.
struct HttpServerRequest {
    QByteArray method {};
    QByteArray target {}; ///< as on the request line, e.g. "/info?api-version=2024-05-01-preview"
    HeaderList headers {};
    QByteArray body {}; ///< empty while only the head is known
    bool http10 = false; ///< the client speaks HTTP/1.0: no chunks
    bool keepAlive = true; ///< the client wants to send more on this connection

    [[nodiscard]] QByteArray header(const QByteArray &name) const { return headerValue(headers, name); }
    /// The target without its query, still percent-encoded.
    [[nodiscard]] QByteArray path() const
    {
        const qsizetype mark = target.indexOf('?');
        return mark < 0 ? target : target.left(mark);
    }
    [[nodiscard]] QUrlQuery query() const
    {
        const qsizetype mark = target.indexOf('?');
        return mark < 0 ? QUrlQuery() : QUrlQuery(QString::fromUtf8(target.mid(mark + 1)));
    }
};

} // namespace diptych
