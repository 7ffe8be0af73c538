// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/connectionoptions.h"
#include "core/exchange.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace diptych {

class HttpStream;

/// One request, complete in itself. Header values are sent as they are; secret ones are recorded as ***.
struct HttpRequest {
    QByteArray method {"GET"};
    QUrl url {};
    HeaderList headers {}; ///< Host, Content-Length, Accept-Encoding and Connection are added by the transport
    QByteArray body {};
    ConnectionOptions connection {};
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

    /// Starts when the event loop runs again, so nothing is emitted before this returns. The stream must be destroyed
    /// before the client.
    [[nodiscard]] std::unique_ptr<HttpStream> send(const HttpRequest &request);

private:
    class Pool;
    friend class HttpStream;
    std::unique_ptr<Pool> m_pool;
};

} // namespace diptych
