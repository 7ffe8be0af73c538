// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/openaifamilyprovider.h"

#include "providers/common/streamreply.h"
#include "providers/openai/chatdecoder.h"
#include "providers/openai/completiondecoder.h"
#include "providers/openai/embeddingdecoder.h"

namespace diptych::openai {

OpenAiFamilyProvider::OpenAiFamilyProvider(Endpoint endpoint, HttpClient &client)
    : m_endpoint(std::move(endpoint))
    , m_client(client)
{
}

Outgoing OpenAiFamilyProvider::outgoing(const ChatRequest &request) const
{
    const EndpointCall call {.path = QStringLiteral("/chat/completions"), .expectsStream = request.stream};
    return makeOutgoing(m_endpoint, call, encode(request));
}

Outgoing OpenAiFamilyProvider::outgoing(const CompletionRequest &request) const
{
    const EndpointCall call {.path = completionPath(), .expectsStream = request.stream};
    return makeOutgoing(m_endpoint, call, encode(request));
}

Outgoing OpenAiFamilyProvider::outgoing(const EmbeddingRequest &request) const
{
    return makeOutgoing(m_endpoint, {.path = QStringLiteral("/embeddings")}, encode(request));
}

std::unique_ptr<ChatReply> OpenAiFamilyProvider::chat(const ChatRequest &request)
{
    return std::make_unique<StreamReply<ChatReply, ChatDecoder>>(m_client, outgoing(request));
}

std::unique_ptr<CompletionReply> OpenAiFamilyProvider::complete(const CompletionRequest &request)
{
    return std::make_unique<StreamReply<CompletionReply, CompletionDecoder>>(m_client, outgoing(request));
}

std::unique_ptr<EmbeddingReply> OpenAiFamilyProvider::embed(const EmbeddingRequest &request)
{
    const EncodingFormat asked = request.encodingFormat.value_or(EncodingFormat::Float);
    return std::make_unique<BodyReply<EmbeddingResponse>>(
        m_client, outgoing(request), [asked](const QByteArray &body) { return decodeEmbeddingResponse(body, asked); });
}

void OpenAiFamilyProvider::warmUp(int chats)
{
    m_client.warmUp(m_endpoint.baseUrl, m_endpoint.connection, chats);
}

Result<WirePreview> OpenAiFamilyProvider::preview(const ChatRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> OpenAiFamilyProvider::preview(const CompletionRequest &request) const
{
    return previewOf(outgoing(request));
}

Result<WirePreview> OpenAiFamilyProvider::preview(const EmbeddingRequest &request) const
{
    return previewOf(outgoing(request));
}

} // namespace diptych::openai
