// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "gateway/gateway.h"
#include "rawclient.h"
#include "scriptedprovider.h"

#include <QJsonArray>

namespace diptych {

/// A gateway with the key "test-key" in front of a scripted provider.
class GatewayFixture
{
public:
    explicit GatewayFixture(GatewayOptions options = {});

    [[nodiscard]] ScriptedProvider &provider() { return m_provider; }
    [[nodiscard]] Gateway &gateway() { return m_gateway; }
    [[nodiscard]] quint16 port() const { return m_gateway.port(); }

    /// One request on a connection of its own. For requests that the provider answers by itself, or that fail.
    [[nodiscard]] RawAnswer ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
        const QByteArray &headerLines = "api-key: test-key\r\n");
    /// Waits until the provider was asked for `count` chats; the last one, null when it did not come.
    [[nodiscard]] ScriptedChatReply *chat(std::size_t count = 1);
    [[nodiscard]] ScriptedCompletionReply *completion(std::size_t count = 1);
    [[nodiscard]] ScriptedValueReply<EmbeddingResponse> *embedding(std::size_t count = 1);

private:
    ScriptedProvider m_provider;
    Gateway m_gateway;
};

/// The events of a stream as JSON; `[DONE]` is left out.
[[nodiscard]] QList<QJsonObject> chunksOf(const RawAnswer &answer);
/// The first choice of an answer or chunk.
[[nodiscard]] QJsonObject choiceOf(const QJsonObject &object);

} // namespace diptych
