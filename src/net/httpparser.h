// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QByteArray>

#include <memory>
#include <optional>

namespace diptych {

/// Reads one HTTP/1.1 response from bytes, however they were cut. Informational responses (1xx) are skipped. Strict:
/// Content-Length together with Transfer-Encoding, unknown transfer encodings and headers over 64 KiB are errors.
/// Source: RFC 9112. Pure: no I/O, no signals.
class HttpParser
{
public:
    static constexpr qsizetype maxHeader = 64 * 1024; ///< bytes

    HttpParser();
    ~HttpParser();
    Q_DISABLE_COPY_MOVE(HttpParser)

    /// Prepares for the next response; the answer to a HEAD request has no body whatever its headers say.
    void reset(bool answersHead);
    /// Takes `bytes` and appends what they hold of the body to `body`. Returns how many were taken: the rest must
    /// come again in front of the next ones, or lies behind the end of the message.
    qsizetype feed(QByteArrayView bytes, QByteArray &body);
    /// The connection was closed: ends a body that has no other end.
    void feedEnd();

    [[nodiscard]] bool isHeaderComplete() const;
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] int status() const;
    [[nodiscard]] const QByteArray &reason() const;
    [[nodiscard]] const HeaderList &headers() const;
    /// The connection can carry another request after this response.
    [[nodiscard]] bool keepAlive() const;
    /// What is wrong with the bytes, for people; unset: nothing.
    [[nodiscard]] const std::optional<QString> &error() const;

private:
    class Message;
    void restart();

    std::unique_ptr<Message> m_message;
    std::optional<QString> m_error;
    bool m_answersHead = false;
    int m_informational = 0;
};

} // namespace diptych
