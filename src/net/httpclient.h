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

    /// Where the tokens of its requests come from.
    [[nodiscard]] TokenSource &tokens() const { return *m_tokens; }

private:
    std::unique_ptr<ConnectionPool> m_pool;
    std::unique_ptr<TokenSource> m_tokens;
};

} // namespace diptych
