// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/http/answerwriter.h"
#include "gateway/http/httprequestparser.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QTcpSocket;
QT_END_NAMESPACE

namespace diptych {

/// Answers one request. Owned by the connection, which destroys it when the answer is complete or the client is gone:
/// whatever a task owns (a reply, say) is cancelled by that.
class HttpTask : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
};

/// What became of a request.
struct HttpServerLogEntry {
    QByteArray method {};
    QByteArray path {};
    HttpServerRequest request {}; ///< with its body only where there is an `ownAnswer`
    QString subject {}; ///< what the request was about; may be empty
    QString problem {}; ///< what went wrong; empty: nothing that the server knows of
    int status = 0; ///< 0: the client left before there was one
    bool clientLeft = false; ///< before the answer was complete
    std::chrono::microseconds duration {0}; ///< from the request being complete to the end of the answer
    /// An error that was answered without a model having been asked.
    struct OwnAnswer {
        HeaderList headers {};
        QByteArray body {};
    };
    std::optional<OwnAnswer> ownAnswer {};
};

/// What a server is asked to do; shared by its connections.
struct HttpServerOptions {
    /// Looks at a request before its body is read. A status other than 0 refuses it.
    struct Refusal {
        int status = 0;
        HeaderList headers {};
        QByteArray body {};
        QString problem {}; ///< for the log
    };
    std::function<Refusal(const HttpServerRequest &)> gatekeeper {};
    /// Starts the answer, now or later. May return null when it has already answered.
    std::function<std::unique_ptr<HttpTask>(const HttpServerRequest &, AnswerWriter &)> handler {};
    /// Answers what never reaches the handler (malformed, too large, too slow). The head is empty when it was not read.
    std::function<Refusal(int status, const QString &text, const HttpServerRequest &head)> failure {};
    /// A connection has become busy (+1) or idle (-1). It is busy from the head of a request that the gatekeeper let
    /// through to the last byte of the answer having left.
    std::function<void(int change)> busyChanged {};
    qint64 bodyLimit = 64 * 1024 * 1024; ///< bytes
    std::chrono::milliseconds idleTimeout {
        75'000}; ///< between requests, inside one, and for a client that does not read
    qint64 writeLimit = 4 * 1024 * 1024; ///< bytes of a stream waiting for a client that reads slowly; more drops it
};

/// One client connection: requests one after the other (pipelined ones wait), each answered by a task.
class HttpServerConnection : public QObject, public AnswerWriter
{
    Q_OBJECT
public:
    HttpServerConnection(std::unique_ptr<QTcpSocket> socket, const HttpServerOptions &options);
    ~HttpServerConnection() override;

    void answer(int status, const HeaderList &headers, const QByteArray &body) override;
    void beginStream(const QByteArray &contentType, const HeaderList &headers) override;
    void write(const QByteArray &bytes) override;
    void endStream(bool close = false) override;
    void cut() override;
    [[nodiscard]] bool hasBegun() const override { return m_status != 0; }
    void noteSubject(const QString &subject) override { m_subject = subject; }
    void noteAsked() override { m_wasAsked = true; }
    void noteProblem(const QString &problem) override { m_problem = problem; }

Q_SIGNALS:
    void answered(const diptych::HttpServerLogEntry &entry);
    /// Nothing more happens here; the connection can be destroyed.
    void closed();

private:
    enum class State {
        Reading, ///< waits for a request, or for the rest of one
        Answering, ///< the task has not begun its answer
        Streaming,
        Answered, ///< the next request comes with the next turn of the event loop
        Draining, ///< refused; the rest of the body is read and thrown away
        Closing, ///< what is still to be written is written
        Closed,
    };

    void read();
    void parse();
    void noteHead();
    void refuse(const HttpServerOptions::Refusal &refusal);
    void startTask();
    void fail(int status, const QString &text);
    void completeAnswer(bool closeAfterwards);
    void close();
    void nextRequest();
    void loseClient();
    void connectSocket();
    void shutDown();
    void onIdle();
    void send(const QByteArray &bytes);
    void onBytesWritten();
    void report(bool clientLeft);
    void setBusy(bool isBusy);

    const HttpServerOptions &m_options;
    std::unique_ptr<QTcpSocket> m_socket;
    std::unique_ptr<HttpTask> m_task; // dies before the socket
    HttpRequestParser m_parser;
    QByteArray m_input; ///< read, not yet parsed
    QTimer m_idle;
    QElapsedTimer m_clock;
    HttpServerRequest m_current; ///< with its body once that is complete
    std::optional<HttpServerLogEntry::OwnAnswer> m_ownAnswer;
    State m_state = State::Reading;
    QString m_subject;
    QString m_problem;
    int m_status = 0;
    bool m_headSeen = false;
    bool m_wasAsked = false; ///< a model was
    bool m_isBusy = false;
    bool m_heldBack = false; ///< the next request waits until the client has read answers
    bool m_bodyUnread = false; ///< a refused request's body is still coming
};

} // namespace diptych
