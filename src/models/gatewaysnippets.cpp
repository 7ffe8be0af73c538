// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/gatewaysnippets.h"

#include "models/codesnippet.h"
#include "models/jsontext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace diptych {

namespace {

const QString question = QStringLiteral("What are you?");
const QString azureVersion = QStringLiteral("2024-05-01-preview");

QString addressOf(const QUrl &base, const QString &path = {})
{
    return QString(base.toString(QUrl::RemovePath | QUrl::FullyEncoded) % path);
}

bool isPython(GatewayClient client)
{
    return client == GatewayClient::AzurePython || client == GatewayClient::OpenAiPython
        || client == GatewayClient::AnthropicPython || client == GatewayClient::OllamaPython;
}

QString keyLine(GatewayClient client)
{
    const QString mark =
        isPython(client) || client == GatewayClient::Curl ? QStringLiteral("# ") : QStringLiteral("// ");
    return mark
        + QCoreApplication::translate("GatewaySnippets", "Set the key first, once for each terminal: export %1=…")
              .arg(gatewayKeyVariable)
        + u'\n';
}

/// The same call as the Code tab would write it for an endpoint.
WirePreview callOf(const QUrl &base, const QString &path, HeaderList keyHeaders, const QString &model)
{
    const QJsonObject message {{QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), question}};
    keyHeaders.push_back({"Content-Type", "application/json"});
    return {.method = "POST",
        .url = QUrl(addressOf(base, path), QUrl::StrictMode),
        .headers = std::move(keyHeaders),
        .body = QJsonDocument(
            QJsonObject {{QStringLiteral("model"), model}, {QStringLiteral("messages"), QJsonArray {message}}})
                    .toJson(QJsonDocument::Compact)};
}

QString known(GatewayClient client, const QUrl &base, const QString &model)
{
    const HeaderList bearer {{"Authorization", "***"}};
    const WirePreview openAi = callOf(base, QStringLiteral("/v1/chat/completions"), bearer, model);
    const WirePreview azure = callOf(base, QString(u"/chat/completions?api-version=" % azureVersion),
        {{"Authorization", "***"}, {"api-key", "***"}}, model);
    switch (client) {
    case GatewayClient::AzurePython:
        return codeSnippet(azure, SnippetLanguage::PythonAzure, gatewayKeyVariable);
    case GatewayClient::AzureJavaScript:
        return codeSnippet(azure, SnippetLanguage::JavaScriptAzure, gatewayKeyVariable);
    case GatewayClient::OpenAiPython:
        return codeSnippet(openAi, SnippetLanguage::PythonOpenAi, gatewayKeyVariable);
    case GatewayClient::OpenAiJavaScript:
        return codeSnippet(openAi, SnippetLanguage::JavaScriptOpenAi, gatewayKeyVariable);
    default:
        return codeSnippet(openAi, SnippetLanguage::Curl, gatewayKeyVariable);
    }
}

// Source: anthropic-sdk-python and anthropic-sdk-typescript, README: base_url/baseURL is without /v1.
const char *const anthropicPython = R"(import os

from anthropic import Anthropic

client = Anthropic(
    base_url=%1,
    api_key=os.environ["%2"],
)
message = client.messages.create(
    model=%3,
    max_tokens=1024,
    messages=[{"role": "user", "content": %4}],
)
print("".join(block.text for block in message.content if block.type == "text"))
)";

const char *const anthropicJavaScript = R"(import Anthropic from "@anthropic-ai/sdk";

const client = new Anthropic({
    baseURL: %1,
    apiKey: process.env["%2"],
});
const message = await client.messages.create({
    model: %3,
    max_tokens: 1024,
    messages: [{ role: "user", content: %4 }],
});
for (const block of message.content)
    if (block.type === "text")
        console.log(block.text);
)";

// Source: ollama-python and ollama-js, README: "Custom client"; headers go with every request.
const char *const ollamaPython = R"(import os

from ollama import Client

client = Client(
    host=%1,
    headers={"Authorization": "Bearer " + os.environ["%2"]},
)
response = client.chat(
    model=%3,
    messages=[{"role": "user", "content": %4}],
)
print(response["message"]["content"])
)";

const char *const ollamaJavaScript = R"(import { Ollama } from "ollama";

const client = new Ollama({
    host: %1,
    headers: { Authorization: `Bearer ${process.env["%2"]}` },
});
const response = await client.chat({
    model: %3,
    messages: [{ role: "user", content: %4 }],
});
console.log(response.message.content);
)";

const char *templateOf(GatewayClient client)
{
    switch (client) {
    case GatewayClient::AnthropicPython:
        return anthropicPython;
    case GatewayClient::AnthropicJavaScript:
        return anthropicJavaScript;
    case GatewayClient::OllamaPython:
        return ollamaPython;
    case GatewayClient::OllamaJavaScript:
        return ollamaJavaScript;
    default:
        return nullptr;
    }
}

} // namespace

std::vector<GatewayClient> gatewayClients()
{
    return {GatewayClient::AzurePython, GatewayClient::AzureJavaScript, GatewayClient::OpenAiPython,
        GatewayClient::OpenAiJavaScript, GatewayClient::AnthropicPython, GatewayClient::AnthropicJavaScript,
        GatewayClient::OllamaPython, GatewayClient::OllamaJavaScript, GatewayClient::Curl};
}

QString gatewayClientName(GatewayClient client)
{
    switch (client) {
    case GatewayClient::AzurePython:
        return QStringLiteral("Azure AI Inference, Python");
    case GatewayClient::AzureJavaScript:
        return QStringLiteral("Azure AI Inference, JavaScript");
    case GatewayClient::OpenAiPython:
        return QStringLiteral("OpenAI, Python");
    case GatewayClient::OpenAiJavaScript:
        return QStringLiteral("OpenAI, JavaScript");
    case GatewayClient::AnthropicPython:
        return QStringLiteral("Anthropic, Python");
    case GatewayClient::AnthropicJavaScript:
        return QStringLiteral("Anthropic, JavaScript");
    case GatewayClient::OllamaPython:
        return QStringLiteral("Ollama, Python");
    case GatewayClient::OllamaJavaScript:
        return QStringLiteral("Ollama, JavaScript");
    case GatewayClient::Curl:
        break;
    }
    return QStringLiteral("curl");
}

QString gatewayClientLanguage(GatewayClient client)
{
    if (client == GatewayClient::Curl)
        return QStringLiteral("bash");
    return isPython(client) ? QStringLiteral("python") : QStringLiteral("javascript");
}

std::vector<GatewayAddress> gatewayAddresses(const QUrl &base)
{
    return {{.name = QStringLiteral("OpenAI"), .url = addressOf(base, QStringLiteral("/v1"))},
        {.name = QStringLiteral("Azure AI Inference"), .url = addressOf(base)},
        {.name = QStringLiteral("Anthropic"), .url = addressOf(base)},
        {.name = QStringLiteral("Ollama"), .url = addressOf(base)}};
}

QString exampleName(const QString &routeName)
{
    if (routeName == QLatin1String("*"))
        return QStringLiteral("any-name");
    QString name = routeName;
    name.replace(u'*', u'x');
    return name;
}

QString gatewaySnippet(GatewayClient client, const QUrl &base, const QString &model)
{
    const char *text = templateOf(client);
    if (!text)
        return keyLine(client) + known(client, base, model);
    // All at once: the name of a model may hold a %1.
    return keyLine(client)
        + QString::fromLatin1(text).arg(
            jsonQuoted(addressOf(base)), QString(gatewayKeyVariable), jsonQuoted(model), jsonQuoted(question));
}

} // namespace diptych
