// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/connectionpool.h"
#include "net/contentdecoder.h"
#include "net/exchangerecorder.h"
#include "net/httpclient.h"
#include "net/httpparser.h"
#include "net/httpstream.h"

#include <QPointer>
#include <QTimer>

namespace diptych {

/// What a HttpStream does: gets a connection, sends the request, reads the answer, follows redirects, watches the
/// deadlines.
class HttpStream::Private : public QObject
{
public:
    Private(const HttpRequest &request, ConnectionPool &pool);
    ~Private() override;

    HttpStream *q = nullptr;
    ExchangeRecorder recorder;
    std::optional<Error> error;
    bool isFinished = false;

    void start();

private:
    enum class Stage { Connecting, Sending, Waiting, Receiving };

    void openConnection(bool mayReuse);
    void useConnection(ConnectionPointer connection);
    void sendRequest();
    void requestWritten();
    void receive();
    void connectionClosed(const Error &reason);
    void timeOut();

    // These return false when nothing must be touched any more: the stream was destroyed or has ended.
    bool take(QByteArrayView bytes);
    bool takeHeaders();
    bool deliverBody();
    bool deliverDecoded();
    bool deliver(const QByteArray &bytes);

    void complete();
    void giveConnectionBack();
    void leaveForRedirect();
    void enter(Stage stage);
    void finish();
    void fail(const Error &reason);
    void failProtocol(const QString &message);
    [[nodiscard]] Error cutShort(const Error &reason) const;
    [[nodiscard]] Error timeoutError() const;
    [[nodiscard]] std::chrono::milliseconds limit() const;

    HttpRequest m_request;
    QPointer<ConnectionPool> m_pool;
    ConnectionPointer m_connection;
    HttpParser m_parser;
    std::unique_ptr<ContentDecoder> m_decoder;
    std::optional<HttpRequest> m_redirect; // where to go next
    QTimer m_deadline;
    QByteArray m_body; // of one read, not yet delivered
    QByteArray m_piece; // decompressed
    QByteArray m_rest; // of one read, not yet taken by the parser
    Stage m_stage = Stage::Connecting;
    std::chrono::microseconds m_lastProgress {0};
    int m_redirects = 0;
    bool m_gotByte = false; // of this answer
    bool m_tookHeaders = false;
};

} // namespace diptych
