// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"
#include "core/result.h"

#include <QObject>

#include <memory>
#include <optional>

namespace diptych {

/// One HTTP exchange under way. Any status is a success at this level; error() is for what the transport could not do:
/// InvalidRequest (URL, header with a line break), Network (no connection, redirect refused, body cut short), Tls,
/// Timeout (connect, first byte, idle: the message says which), Protocol (malformed HTTP, undecodable gzip). What had
/// arrived before was delivered. Redirects within the origin are followed; the exchange is the last one's. A kept
/// connection that turns out to be stale is replaced by a fresh one unseen. Destroying aborts; the server sees the
/// close at once.
class HttpStream : public QObject
{
    Q_OBJECT
public:
    ~HttpStream() override;

    [[nodiscard]] const Exchange &exchange() const; ///< grows while running
    [[nodiscard]] int status() const { return exchange().status; }
    [[nodiscard]] bool isFinished() const;
    [[nodiscard]] const std::optional<Error> &error() const;

    /// Records a frame that a decoder found; offset and size are of the decoded body. Its time is that of the read it
    /// came with. Updates the gap statistics.
    void recordFrame(qint64 offset, qint64 size);
    /// The last recorded frame brought something that a person sees: sets firstToken when it is the first.
    void recordVisible();
    /// Records the time of the first piece of text that is not reasoning; later calls have no effect.
    void recordFirstText();

Q_SIGNALS:
    /// Status and headers are known. Emitted once, before any data.
    void headersReceived();
    /// A piece of the decoded body, as it came. The stream may be destroyed inside the slot.
    void dataReceived(const QByteArray &data);
    /// The whole body has come, or error() is set. Emitted once.
    void finished();

private:
    friend class HttpClient;
    class Private;
    explicit HttpStream(std::unique_ptr<Private> d);
    std::unique_ptr<Private> d;
};

} // namespace diptych
