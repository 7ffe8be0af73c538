// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/result.h"
#include "net/httpclient.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>
#include <vector>

namespace diptych {

class HttpStream;

/// Sends one request until it has a good answer or a final error: the machine inside every reply that goes over HTTP.
/// Starts when the event loop runs again. A failed attempt is sent again as RetryOptions say, visibly, and never after
/// the first byte of a good answer or, for a POST, after the request may have reached the server's model. A bad status
/// becomes an Error with the body decoded. A request with a token command waits for its token; one that the server
/// refuses (401) is replaced once. Exactly one of `finished` and `failed` is emitted, or none after abort().
class RequestRunner : public QObject
{
    Q_OBJECT
public:
    static constexpr qsizetype maxErrorBody = 1024 * 1024; ///< bytes read of an answer with a bad status

    /// A request that could not be made fails the same way as one that could not be sent.
    RequestRunner(HttpClient &client, Result<HttpRequest> request);
    ~RequestRunner() override;

    /// Ends everything; nothing is emitted any more. What was recorded stays.
    void abort();
    /// Cuts the wait before a retry short.
    void retryNow();
    /// An error that was found in an answer, without the request's own keys: some servers repeat them.
    [[nodiscard]] Error withoutSecrets(Error error) const;
    [[nodiscard]] const Exchange &exchange() const;
    [[nodiscard]] const std::vector<Exchange> &earlierAttempts() const { return m_earlier; }
    /// The attempt under way; null before the first and after abort().
    [[nodiscard]] HttpStream *stream() const { return m_stream.get(); }

Q_SIGNALS:
    void retryScheduled(const diptych::Error &error, int attempt, std::chrono::milliseconds delay);
    void attemptStarted(int attempt);
    void dataReceived(const QByteArray &data); ///< of a good answer
    void finished(); ///< a good answer is complete
    void failed(const diptych::Error &error);

private:
    void start();
    void askToken();
    void takeToken();
    bool renewToken(const Error &error);
    void startAttempt();
    void readHeaders();
    void readData(const QByteArray &data);
    void endAttempt();
    void endBadAnswer();
    void failOrRetry(const Error &error, bool mayRetry);
    void fail(const Error &error);

    HttpClient &m_client;
    Result<HttpRequest> m_request;
    std::unique_ptr<TokenRequest> m_tokenRequest;
    std::unique_ptr<HttpStream> m_stream;
    Exchange m_lastExchange; // while there is no stream
    std::vector<Exchange> m_earlier;
    QByteArray m_errorBody;
    QTimer m_retryTimer;
    int m_attempt = 0;
    Secret m_token; // in the request
    std::optional<Error> m_refusal; // of a token; another one is under way
    bool m_hasRenewedToken = false;
    bool m_isGood = false;
    bool m_isOver = false;
};

} // namespace diptych
