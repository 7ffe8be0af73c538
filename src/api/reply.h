// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/changelog.h"
#include "api/chat.h"
#include "api/completion.h"
#include "api/embedding.h"
#include "api/model.h"
#include "core/exchange.h"
#include "core/result.h"

#include <QObject>

#include <chrono>
#include <optional>
#include <vector>

namespace diptych {

/// An operation under way. Made by a Provider, owned through std::unique_ptr by whoever asked; `reset()` cancels.
///
/// The contract, kept by every provider and tested by one contract test:
///  1. `finished()` is emitted exactly once, or never if the reply is destroyed first.
///  2. Nothing is emitted before the call that made the reply has returned, also for invalid requests.
///  3. After `finished()` the result is final; before, it is the answer so far.
///  4. `cancel()` leads to `finished()` with Error::Kind::Cancelled.
///  5. Destroying is always allowed, also inside the reply's own slots; it aborts the exchange and emits nothing.
///  6. No delta is emitted after `finished()` or `cancel()`.
///  7. A reply lives and emits on the thread on which it was made.
///  8. A status of 400 or more, a broken stream, an error event, bad JSON, or a stream without its end mark is an
///  Error,
///     never text; what had arrived before is kept.
class Reply : public QObject
{
    Q_OBJECT
public:
    ~Reply() override;

    /// Ends the operation; `finished()` follows with Error::Kind::Cancelled. No effect when finished.
    void cancel();

    [[nodiscard]] bool isFinished() const { return m_finished; }
    /// Set after `finished()` when something went wrong.
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// What the adapter changed between the request and the wire body. Known from the first moment on.
    [[nodiscard]] const ChangeLog &changeLog() const { return m_changeLog; }
    /// The exchange under way or done; the last attempt when there were several.
    [[nodiscard]] virtual const Exchange &exchange() const = 0;
    /// Attempts that failed and were followed by another.
    [[nodiscard]] virtual const std::vector<Exchange> &earlierAttempts() const = 0;
    /// Cuts the wait before a scheduled retry short, or does nothing.
    virtual void retryNow() = 0;

Q_SIGNALS:
    /// The request failed in a way that may pass; it is sent again after `delay` unless cancelled.
    void retryScheduled(const diptych::Error &error, int attempt, std::chrono::milliseconds delay);
    /// A (new) attempt was handed to the transport.
    void attemptStarted(int attempt);
    void finished();

protected:
    explicit Reply(QObject *parent = nullptr);

    void setChangeLog(ChangeLog changeLog) { m_changeLog = std::move(changeLog); }
    /// Both are idempotent: the first one wins. They emit `finished()`; the reply may be gone when they return.
    void finish();
    void fail(Error error);
    /// Stops all I/O; called once, by cancel().
    virtual void abortExchange() = 0;

private:
    bool m_finished = false;
    std::optional<Error> m_error;
    ChangeLog m_changeLog;
};

/// A chat under way.
class ChatReply : public Reply
{
    Q_OBJECT
public:
    [[nodiscard]] const ChatResponse &response() const { return m_response; } ///< the answer so far
    [[nodiscard]] Result<ChatResponse> result() const;

Q_SIGNALS:
    void deltaReceived(const diptych::ChatDelta &delta);

protected:
    using Reply::Reply;
    /// Adds to the response, then emits. Returns false when the reply was destroyed or finished by a receiver.
    bool deliver(const ChatDelta &delta);
    ChatResponse &mutableResponse() { return m_response; }

private:
    ChatResponse m_response;
};

/// A completion under way.
class CompletionReply : public Reply
{
    Q_OBJECT
public:
    [[nodiscard]] const CompletionResponse &response() const { return m_response; }
    [[nodiscard]] Result<CompletionResponse> result() const;

Q_SIGNALS:
    void deltaReceived(const diptych::CompletionDelta &delta);

protected:
    using Reply::Reply;
    bool deliver(const CompletionDelta &delta);
    CompletionResponse &mutableResponse() { return m_response; }

private:
    CompletionResponse m_response;
};

/// An operation whose answer comes in one piece.
template <typename Response>
class ValueReply : public Reply
{
public:
    [[nodiscard]] const Response &response() const { return m_response; }
    [[nodiscard]] Result<Response> result() const
    {
        if (error())
            return Failure(*error());
        return m_response;
    }

protected:
    using Reply::Reply;
    void setResponse(Response response) { m_response = std::move(response); }

private:
    Response m_response {};
};

using EmbeddingReply = ValueReply<EmbeddingResponse>;
using ModelInfoReply = ValueReply<ModelInfo>;
using ModelListReply = ValueReply<std::vector<ModelDescription>>;

} // namespace diptych
