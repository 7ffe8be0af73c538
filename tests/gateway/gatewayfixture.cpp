// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewayfixture.h"

#include <QTest>

namespace diptych {

namespace {

GatewayOptions withKey(GatewayOptions options)
{
    options.key = Secret("test-key");
    return options;
}

template <typename Replies>
auto last(const Replies &replies, std::size_t count)
{
    (void)QTest::qWaitFor([&] { return replies.size() >= count; });
    return replies.size() >= count ? replies[count - 1].data() : nullptr;
}

} // namespace

GatewayFixture::GatewayFixture(GatewayOptions options)
    : m_provider(Endpoint {})
    , m_gateway(m_provider, withKey(std::move(options)))
{
    m_provider.models = {{.id = QStringLiteral("talker"), .type = ModelType::Chat},
        {.id = QStringLiteral("babbler"), .type = ModelType::Completion, .contextLength = 5},
        {.id = QStringLiteral("words"), .type = ModelType::TextEmbeddings},
        {.id = QStringLiteral("org/images"), .type = ModelType::ImageEmbeddings, .ownedBy = QStringLiteral("org")}};
    const Result<void> started = m_gateway.start();
    if (!started)
        qFatal("%s", qPrintable(started.error().message));
}

RawAnswer GatewayFixture::ask(
    const QByteArray &method, const QByteArray &target, const QByteArray &body, const QByteArray &headerLines)
{
    RawClient client(port());
    client.request(method, target, body, headerLines);
    return client.answer();
}

ScriptedChatReply *GatewayFixture::chat(std::size_t count)
{
    return last(m_provider.chats, count);
}

ScriptedCompletionReply *GatewayFixture::completion(std::size_t count)
{
    return last(m_provider.completions, count);
}

ScriptedValueReply<EmbeddingResponse> *GatewayFixture::embedding(std::size_t count)
{
    return static_cast<ScriptedValueReply<EmbeddingResponse> *>(last(m_provider.embeddings, count));
}

QList<QJsonObject> chunksOf(const RawAnswer &answer)
{
    QList<QJsonObject> chunks;
    for (const QByteArray &event : answer.events()) {
        if (event != "[DONE]")
            chunks.push_back(QJsonDocument::fromJson(event).object());
    }
    return chunks;
}

QJsonObject choiceOf(const QJsonObject &object)
{
    return object.value(u"choices").toArray().first().toObject();
}

} // namespace diptych
