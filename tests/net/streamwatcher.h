// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpclient.h"
#include "net/httpstream.h"

#include <QTest>

namespace diptych {

/// Sends a request and keeps what the stream says.
class StreamWatcher : public QObject
{
public:
    StreamWatcher(HttpClient &client, const HttpRequest &request)
        : stream(client.send(request))
    {
        connect(stream.get(), &HttpStream::headersReceived, this, [this] { order += 'h'; });
        connect(stream.get(), &HttpStream::dataReceived, this, [this](const QByteArray &data) {
            if (!order.endsWith('d'))
                order += 'd';
            size += data.size();
            largestPiece = std::max(largestPiece, data.size());
            if (keepData)
                body += data;
        });
        connect(stream.get(), &HttpStream::finished, this, [this] { order += 'f'; });
    }

    /// Waits for the end.
    [[nodiscard]] bool isFinished(int milliseconds = 20000) const
    {
        return QTest::qWaitFor([this] { return !stream || stream->isFinished(); }, milliseconds);
    }
    [[nodiscard]] Error error() const { return stream->error().value_or(Error {.message = QStringLiteral("none")}); }

    std::unique_ptr<HttpStream> stream;
    QByteArray order; // of signals: h, d (any number), f
    QByteArray body;
    qint64 size = 0;
    qsizetype largestPiece = 0;
    bool keepData = true;
};

} // namespace diptych
