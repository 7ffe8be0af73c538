// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "wireformat.h"

#include "api/provider.h"
#include "net/httpclient.h"

namespace diptych::test {

/// A scripted server and a provider that talks to it. No retries unless the endpoint is changed.
class ProviderFixture
{
public:
    explicit ProviderFixture(const WireFormat &format, int maxRetries = 0);

    /// The whole good chat stream.
    [[nodiscard]] FakeResponse goodChat() const;
    /// The text pieces, then `last`; without `last` nothing more.
    [[nodiscard]] FakeResponse chat(const QByteArray &last) const;
    [[nodiscard]] FakeResponse completion() const;
    [[nodiscard]] std::unique_ptr<ChatReply> ask() { return provider->chat(request); }

    WireFormat format;
    FakeServer server;
    Endpoint endpoint;
    HttpClient client;
    std::unique_ptr<Provider> provider;
    ChatRequest request {.messages = {Message::fromText(Role::User, QStringLiteral("Hi"))}};
};

} // namespace diptych::test
