// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectionoptions.h"
#include "core/exchange.h"
#include "net/tokensource.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace diptych {

class ConnectionPool;
class HttpStream;

/// One request, complete in itself. Header values are sent as they are; secret ones are recorded as ***.
struct HttpRequest {
    QByteArray method {"GET"};
    QUrl url {};
    HeaderList headers {}; ///< Host, User-Agent, Content-Length, Accept-Encoding and Connection are added
    QByteArray body {};
    ConnectionOptions connection {};
    TokenCommand token {}; ///< not the client's business: who sends asks tokens() and sets the header
    int attempt = 1; ///< recorded in the exchange
};

/// Sends requests over HTTP/1.1 and keeps idle connections for reuse. There is no limit of streams per host. Lives on
/// one thread; destroying it aborts what is under way.
class HttpClient : public QObject
{
    Q_OBJECT
public:
    explicit HttpClient(QObject *parent = nullptr);
    ~HttpClient() override;

    /// Starts when the event loop runs again, so nothing is emitted before this returns. A stream that outlives the
    /// client is cut off and never finishes.
    [[nodiscard]] std::unique_ptr<HttpStream> send(const HttpRequest &request);

    static constexpr int maxWarm = 16; ///< connections to one target that warmUp() opens
    /// Opens connections to the server of a URL ahead of requests, so that as many as `connections` (bounded by
    /// maxWarm) are ready or on their way. Nothing is sent but a TLS handshake; what fails is left to the requests.
    /// Like all idle connections they are closed after half a minute.
    void warmUp(const QUrl &url, const ConnectionOptions &options, int connections);

    /// Where the tokens of its requests come from.
    [[nodiscard]] TokenSource &tokens() const { return *m_tokens; }

private:
    std::unique_ptr<ConnectionPool> m_pool;
    std::unique_ptr<TokenSource> m_tokens;
};

} // namespace diptych
