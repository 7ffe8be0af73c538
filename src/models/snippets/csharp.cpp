// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/languages.h"

namespace diptych {

namespace {

QString environmentKey(const SnippetCall &call)
{
    return u"Environment.GetEnvironmentVariable(" + jsonQuoted(call.keyVariable) + u')';
}

} // namespace

QString cSharpRaw(const QString &text)
{
    QString quotes = QStringLiteral("\"\"\"");
    while (text.contains(quotes))
        quotes += u'"';
    return QString(quotes + u'\n' + text + u'\n' + quotes);
}

QString cSharpSnippet(const SnippetCall &call)
{
    QString code = u"using System.Net.Http;\nusing System.Text;\n\nusing var client = new HttpClient();\n"
                   u"using var request = new HttpRequestMessage(new HttpMethod("
        + jsonQuoted(call.method) + u"), " + jsonQuoted(call.url) + u");\n";
    QString contentType = QStringLiteral("application/json");
    for (const SnippetHeader &header : call.headers) {
        const QString value = QString::fromUtf8(header.value);
        if (header.name.compare("content-type", Qt::CaseInsensitive) == 0) {
            contentType = value;
            continue;
        }
        code += u"request.Headers.TryAddWithoutValidation(" + jsonQuoted(QString::fromLatin1(header.name)) + u", ";
        if (!header.isSecret)
            code += jsonQuoted(value);
        else
            code += (value.isEmpty() ? QString() : QString(jsonQuoted(value) + u" + ")) + environmentKey(call);
        code += QStringLiteral(");\n");
    }
    // ByteArrayContent adds no charset of its own, unlike StringContent.
    if (!call.body.isEmpty())
        code += u"request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(" + cSharpRaw(prettyJson(call.body))
            + u"));\nrequest.Content.Headers.TryAddWithoutValidation(\"Content-Type\", " + jsonQuoted(contentType)
            + u");\n";
    return code
        + QStringLiteral(
            "using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);\n"
            "using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());\n"
            "while (await reader.ReadLineAsync() is { } line)\n    Console.WriteLine(line);\n");
}

QString cSharpAzureSnippet(const SnippetCall &call, const SdkCall &sdk)
{
    const SnippetHeader *mode = call.header("extra-parameters");
    // The method that takes the body as it is: the typed one would leave out what it does not know.
    return u"using Azure;\nusing Azure.AI.Inference;\nusing Azure.Core;\n\nvar client = new ChatCompletionsClient(\n"
           u"    new Uri("
        + jsonQuoted(sdk.baseUrl) + u"),\n    new AzureKeyCredential(" + environmentKey(call)
        + u"!),\n    new AzureAIInferenceClientOptions("
          u"AzureAIInferenceClientOptions.ServiceVersion.V2024_05_01_Preview));\n"
          u"using var content = RequestContent.Create(BinaryData.FromString("
        + cSharpRaw(prettyJson(call.body)) + u"));\nResponse response = await client.CompleteAsync(content"
        + (mode ? QString(u", " + jsonQuoted(QString::fromUtf8(mode->value))) : QString())
        + u");\nConsole.WriteLine(response.Content.ToString());\n";
}

} // namespace diptych
