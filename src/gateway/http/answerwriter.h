// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange.h"

#include <QString>

namespace diptych {

/// Where the answer to a request goes. A connection is one; others stand in front of one and record, spoil or slow
/// down what passes.
class AnswerWriter
{
public:
    AnswerWriter() = default;
    AnswerWriter(const AnswerWriter &) = delete;
    AnswerWriter &operator=(const AnswerWriter &) = delete;
    virtual ~AnswerWriter() = default;

    /// A whole answer. Content-Length and Connection are added here.
    virtual void answer(int status, const HeaderList &headers, const QByteArray &body) = 0;
    /// The head of a stream with status 200; pieces follow.
    virtual void beginStream(const QByteArray &contentType, const HeaderList &headers) = 0;
    /// Bytes of the stream, as they are. No effect when the client is gone.
    virtual void write(const QByteArray &bytes) = 0;
    /// The end of the stream; `close` also ends the connection.
    virtual void endStream(bool close = false) = 0;
    /// Closes the connection as it is, without an end mark.
    virtual void cut() = 0;
    [[nodiscard]] virtual bool hasBegun() const = 0;
    /// What the request is about (a model), for the log; the last word counts.
    virtual void noteSubject(const QString &subject) = 0;
    /// A model is asked; before that an answer is the server's own.
    virtual void noteAsked() = 0;
    /// What went wrong, for the log; before the end of the answer.
    virtual void noteProblem(const QString &problem) = 0;
};

} // namespace diptych
