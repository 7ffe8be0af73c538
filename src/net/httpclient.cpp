// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"

#include "net/connectionpool.h"
#include "net/httpexchange.h"
#include "net/requesthead.h"

#include <algorithm>

namespace diptych {

HttpClient::HttpClient(QObject *parent)
    : QObject(parent)
    , m_pool(std::make_unique<ConnectionPool>())
    , m_tokens(std::make_unique<TokenSource>())
{
}

HttpClient::~HttpClient() = default;

std::unique_ptr<HttpStream> HttpClient::send(const HttpRequest &request)
{
    return std::unique_ptr<HttpStream>(new HttpStream(std::make_unique<HttpStream::Private>(request, *m_pool)));
}

void HttpClient::warmUp(const QUrl &url, const ConnectionOptions &options, int connections)
{
    if (!checkRequest({.url = url, .connection = options}))
        m_pool->warmUp(targetOf(url, options), std::min(connections, maxWarm));
}

} // namespace diptych
