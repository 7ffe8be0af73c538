// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

namespace {

QString environmentKey(const SnippetCall &call)
{
    return u"process.env[" + jsonQuoted(call.keyVariable) + u']';
}

QString openAiClient(const SnippetCall &call, const SdkCall &sdk)
{
    const bool hasBearer = call.header("Authorization");
    QString headers;
    if (!hasBearer)
        headers += QStringLiteral("        \"Authorization\": null,\n");
    headers += javaScriptHeaders(call, QStringLiteral("        "),
        {QByteArrayLiteral("authorization"), QByteArrayLiteral("content-type"), QByteArrayLiteral("accept")});
    QString code = u"import OpenAI from \"openai\";\n\nconst client = new OpenAI({\n    baseURL: "
        + jsonQuoted(sdk.baseUrl) + u",\n    apiKey: "
        + (call.hasSecret() ? environmentKey(call) : QStringLiteral("\"none\"")) + u",\n";
    if (!sdk.query.empty()) {
        code += QStringLiteral("    defaultQuery: {\n");
        for (const auto &[name, value] : sdk.query)
            code += u"        " + jsonQuoted(name) + u": " + jsonQuoted(value) + u",\n";
        code += QStringLiteral("    },\n");
    }
    if (!headers.isEmpty())
        code += u"    defaultHeaders: {\n" + headers + u"    },\n";
    return code + QStringLiteral("});\n");
}

} // namespace

QString javaScriptOpenAiSnippet(const SnippetCall &call, const SdkCall &sdk)
{
    const bool isChat = sdk.route == QLatin1String("/chat/completions");
    const bool isCompletion = sdk.route == QLatin1String("/completions");
    const QString resource = isChat ? QStringLiteral("chat.completions")
        : isCompletion              ? QStringLiteral("completions")
                                    : QStringLiteral("embeddings");
    const QString code = openAiClient(call, sdk) + u"const response = await client." + resource + u".create("
        + javaScriptValue(*call.tokens) + u");\n";
    if (!isChat && !isCompletion)
        return code + QStringLiteral("console.log(response.data);\n");
    if (!call.isStreamed)
        return code
            + (isChat ? QStringLiteral("const message = response.choices[0].message;\n"
                                       "console.log(message.content ?? message);\n")
                      : QStringLiteral("console.log(response.choices[0].text);\n"));
    return code + u"for await (const chunk of response)\n    process.stdout.write(chunk.choices[0]?."
        + (isChat ? QStringLiteral("delta?.content") : QStringLiteral("text")) + u" ?? \"\");\nconsole.log();\n";
}

QString javaScriptAzureSnippet(const SnippetCall &call, const SdkCall &sdk)
{
    const bool isChat = sdk.route == QLatin1String("/chat/completions");
    const QString headers = javaScriptHeaders(call, QStringLiteral("        "),
        {QByteArrayLiteral("authorization"), QByteArrayLiteral("api-key"), QByteArrayLiteral("content-type"),
            QByteArrayLiteral("accept")});
    QString code = azureKeyNote(call, QStringLiteral("//"))
        + QStringLiteral("import ModelClient from \"@azure-rest/ai-inference\";\n"
                         "import { AzureKeyCredential } from \"@azure/core-auth\";\n");
    if (call.isStreamed)
        code += QStringLiteral("import { createSseStream } from \"@azure/core-sse\";\n");
    code += u"\nconst client = ModelClient(" + jsonQuoted(sdk.baseUrl) + u", new AzureKeyCredential("
        + environmentKey(call) + u"), {\n    apiVersion: " + jsonQuoted(sdk.query.front().second) + u",\n";
    if (sdk.baseUrl.startsWith(QLatin1String("http:")))
        code += QStringLiteral("    allowInsecureConnection: true,\n");
    code += u"});\nconst response = await client.path(" + jsonQuoted(sdk.route) + u").post({\n";
    if (!headers.isEmpty())
        code += u"    headers: {\n" + headers + u"    },\n";
    code += u"    body: " + javaScriptValue(*call.tokens, 1) + u",\n})";
    if (!call.isStreamed)
        return code
            + (isChat ? QStringLiteral(";\nconst message = response.body.choices?.[0].message;\n"
                                       "console.log(message?.content ?? message ?? response.body);\n")
                      : QStringLiteral(";\nconsole.log(response.body.data ?? response.body);\n"));
    return code
        + QStringLiteral(".asNodeStream();\nif (response.status !== \"200\")\n"
                         "    throw new Error(`status ${response.status}`);\n"
                         "for await (const event of createSseStream(response.body)) {\n"
                         "    if (event.data === \"[DONE]\")\n        break;\n"
                         "    process.stdout.write(JSON.parse(event.data).choices[0]?.delta?.content ?? \"\");\n}\n"
                         "console.log();\n");
}

} // namespace diptych
