// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

namespace {

// What create() of the openai package takes by name in every version of 1.x; the rest goes through extra_body.
// Source: openai-python, resources/chat/completions, resources/completions, resources/embeddings.
const QStringList chatNames {QStringLiteral("messages"), QStringLiteral("model"), QStringLiteral("frequency_penalty"),
    QStringLiteral("logit_bias"), QStringLiteral("logprobs"), QStringLiteral("max_tokens"), QStringLiteral("n"),
    QStringLiteral("presence_penalty"), QStringLiteral("response_format"), QStringLiteral("seed"),
    QStringLiteral("stop"), QStringLiteral("stream"), QStringLiteral("temperature"), QStringLiteral("tool_choice"),
    QStringLiteral("tools"), QStringLiteral("top_logprobs"), QStringLiteral("top_p"), QStringLiteral("user")};
const QStringList completionNames {QStringLiteral("model"), QStringLiteral("prompt"), QStringLiteral("best_of"),
    QStringLiteral("echo"), QStringLiteral("frequency_penalty"), QStringLiteral("logit_bias"),
    QStringLiteral("logprobs"), QStringLiteral("max_tokens"), QStringLiteral("n"), QStringLiteral("presence_penalty"),
    QStringLiteral("seed"), QStringLiteral("stop"), QStringLiteral("stream"), QStringLiteral("suffix"),
    QStringLiteral("temperature"), QStringLiteral("top_p"), QStringLiteral("user")};
const QStringList embeddingNames {
    QStringLiteral("input"), QStringLiteral("model"), QStringLiteral("encoding_format"), QStringLiteral("user")};

QString environmentKey(const SnippetCall &call)
{
    return u"os.environ[" + jsonQuoted(call.keyVariable) + u']';
}

QString arguments(const SdkCall &sdk, const QStringList &byName)
{
    QString code;
    QString extra;
    for (const SnippetMember &member : sdk.members) {
        if (byName.contains(member.name))
            code += u"    " + member.name + u'=' + pythonValue(member.value, 1) + u",\n";
        else
            extra += u"        " + jsonQuoted(member.name) + u": " + pythonValue(member.value, 2) + u",\n";
    }
    if (!extra.isEmpty())
        code += u"    extra_body={\n" + extra + u"    },\n";
    return code;
}

QString openAiClient(const SnippetCall &call, const SdkCall &sdk)
{
    const SnippetHeader *bearer = call.header("Authorization");
    QString headers;
    if (!bearer)
        headers += QStringLiteral("        \"Authorization\": Omit(),\n");
    headers += pythonHeaders(call, QStringLiteral("        "),
        {QByteArrayLiteral("authorization"), QByteArrayLiteral("content-type"), QByteArrayLiteral("accept")});
    QString code = bearer ? QStringLiteral("from openai import OpenAI\n\n")
                          : QStringLiteral("from openai import Omit, OpenAI\n\n");
    code += u"client = OpenAI(\n    base_url=" + jsonQuoted(sdk.baseUrl) + u",\n    api_key="
        + (call.hasSecret() ? environmentKey(call) : QStringLiteral("\"none\"")) + u",\n";
    if (!sdk.query.empty()) {
        code += QStringLiteral("    default_query={\n");
        for (const auto &[name, value] : sdk.query)
            code += u"        " + jsonQuoted(name) + u": " + jsonQuoted(value) + u",\n";
        code += QStringLiteral("    },\n");
    }
    if (!headers.isEmpty())
        code += u"    default_headers={\n" + headers + u"    },\n";
    return code + QStringLiteral(")\n");
}

} // namespace

QString pythonOpenAiSnippet(const SnippetCall &call, const SdkCall &sdk)
{
    const bool isChat = sdk.route == QLatin1String("/chat/completions");
    const bool isCompletion = sdk.route == QLatin1String("/completions");
    QString code = u"import os\n\n" + openAiClient(call, sdk);
    code += isChat     ? QStringLiteral("response = client.chat.completions.create(\n")
        : isCompletion ? QStringLiteral("response = client.completions.create(\n")
                       : QStringLiteral("response = client.embeddings.create(\n");
    code += arguments(sdk, isChat ? chatNames : isCompletion ? completionNames : embeddingNames) + u")\n";
    if (!isChat && !isCompletion)
        return code + QStringLiteral("print([item.embedding for item in response.data])\n");
    if (!call.isStreamed)
        return code
            + (isChat ? QStringLiteral("message = response.choices[0].message\nprint(message.content or message)\n")
                      : QStringLiteral("print(response.choices[0].text)\n"));
    return code + QStringLiteral("for chunk in response:\n    if chunk.choices:\n        print(chunk.choices[0].")
        + (isChat ? QStringLiteral("delta.content or \"\"") : QStringLiteral("text"))
        + QStringLiteral(", end=\"\", flush=True)\nprint()\n");
}

QString pythonAzureSnippet(const SnippetCall &call, const SdkCall &sdk)
{
    const bool isChat = sdk.route == QLatin1String("/chat/completions");
    const QString client = isChat                   ? QStringLiteral("ChatCompletionsClient")
        : sdk.route == QLatin1String("/embeddings") ? QStringLiteral("EmbeddingsClient")
                                                    : QStringLiteral("ImageEmbeddingsClient");
    // The client sends the key both ways, and its own content-type and accept.
    const QString headers = pythonHeaders(call, QStringLiteral("        "),
        {QByteArrayLiteral("authorization"), QByteArrayLiteral("api-key"), QByteArrayLiteral("content-type"),
            QByteArrayLiteral("accept")});
    QString code = azureKeyNote(call, QStringLiteral("#")) + u"import os\n\nfrom azure.ai.inference import " + client
        + u"\nfrom azure.core.credentials import AzureKeyCredential\n\nclient = " + client + u"(\n    endpoint="
        + jsonQuoted(sdk.baseUrl) + u",\n    credential=AzureKeyCredential(" + environmentKey(call)
        + u"),\n    api_version=" + jsonQuoted(sdk.query.front().second) + u",\n)\nresponse = client."
        + (isChat ? QStringLiteral("complete") : QStringLiteral("embed")) + u"(\n    " + pythonValue(*call.tokens, 1)
        + u",\n";
    if (!headers.isEmpty())
        code += u"    headers={\n" + headers + u"    },\n";
    code += QStringLiteral(")\n");
    if (!isChat)
        return code + QStringLiteral("print([item.embedding for item in response.data])\n");
    if (!call.isStreamed)
        return code + QStringLiteral("message = response.choices[0].message\nprint(message.content or message)\n");
    return code
        + QStringLiteral("for update in response:\n    if update.choices:\n"
                         "        print(update.choices[0].delta.content or \"\", end=\"\", flush=True)\nprint()\n");
}

} // namespace diptych
