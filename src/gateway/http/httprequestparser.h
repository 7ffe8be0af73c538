// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/http/httpserverrequest.h"

#include <memory>

namespace diptych {

/// Turns bytes into HTTP/1.x requests, however the bytes were cut. Strict: a request with both Content-Length and
/// Transfer-Encoding, a bad line end or a bad length is refused. Pure: no I/O, no signals.
class HttpRequestParser
{
public:
    enum class State {
        Head, ///< the request line and headers are not complete
        Body, ///< the head is known
        Complete,
        Failed, ///< errorStatus() and errorText() say why; nothing more can be parsed
    };
    static constexpr quint32 headLimit = 64 * 1024; ///< bytes of request line and headers; more is 431

    explicit HttpRequestParser(qint64 bodyLimit); ///< bytes; a longer body is 413
    ~HttpRequestParser();

    /// Takes as many bytes as belong to the current request and returns how many. Bytes that were not taken have to be
    /// fed again, with what follows them.
    qsizetype feed(QByteArrayView bytes);
    [[nodiscard]] State state() const { return m_state; }
    /// Without the body; valid from State::Body on, and when a body was refused for its length.
    [[nodiscard]] HttpServerRequest head() const;
    /// The whole request; makes the parser ready for the next. Only in State::Complete.
    [[nodiscard]] HttpServerRequest takeRequest();
    [[nodiscard]] int errorStatus() const { return m_errorStatus; }
    [[nodiscard]] QString errorText() const { return m_errorText; }

private:
    void reset();
    void fail(int status, const QString &text);

    struct Parser;
    std::unique_ptr<Parser> m_parser;
    qint64 m_bodyLimit;
    qsizetype m_headTaken = 0; ///< bytes
    State m_state = State::Head;
    int m_errorStatus = 0;
    QString m_errorText;
};

} // namespace diptych
