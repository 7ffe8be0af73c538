// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpclient.h"

#include "net/connectionpool.h"
#include "net/httpexchange.h"

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

} // namespace diptych
