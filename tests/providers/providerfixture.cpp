// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providerfixture.h"

#include "providers/registry.h"

namespace diptych::test {

ProviderFixture::ProviderFixture(const WireFormat &wireFormat, int maxRetries)
    : format(wireFormat)
{
    endpoint.id = QStringLiteral("e");
    endpoint.kind = format.kind;
    endpoint.native = format.native;
    endpoint.baseUrl = server.url(QStringLiteral("/base"));
    endpoint.credential = Secret("key-1");
    // Some formats put the model into the URL and can not do without.
    endpoint.defaultModel = QStringLiteral("m");
    endpoint.connection.retry.maxRetries = maxRetries;
    provider = makeProvider(endpoint, client);
}

FakeResponse ProviderFixture::chat(const QByteArray &last) const
{
    std::vector<QByteArray> pieces = format.chatPieces;
    if (!last.isEmpty())
        pieces.push_back(last);
    return FakeResponse::chunked(format.streamType, pieces);
}

FakeResponse ProviderFixture::goodChat() const
{
    return chat(format.chatEnd);
}

FakeResponse ProviderFixture::completion() const
{
    std::vector<QByteArray> pieces = format.completionPieces;
    pieces.push_back(format.completionEnd);
    return FakeResponse::chunked(format.streamType, pieces);
}

} // namespace diptych::test
