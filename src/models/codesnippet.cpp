// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/codesnippet.h"

#include "models/snippets/languages.h"

#include <QCoreApplication>

#include <algorithm>

namespace diptych {

namespace {

/// The version that the C# client has a name for.
const QString cSharpApiVersion = QStringLiteral("2024-05-01-preview");

SnippetLanguage plainOf(SnippetLanguage language)
{
    switch (language) {
    case SnippetLanguage::PythonOpenAi:
    case SnippetLanguage::PythonAzure:
        return SnippetLanguage::Python;
    case SnippetLanguage::JavaScriptOpenAi:
    case SnippetLanguage::JavaScriptAzure:
        return SnippetLanguage::JavaScript;
    case SnippetLanguage::CSharpAzure:
        return SnippetLanguage::CSharp;
    default:
        return language;
    }
}

/// Unset when that client library would not make this call as it is.
std::optional<SdkCall> sdkCallOf(const SnippetCall &call, SnippetLanguage language)
{
    switch (language) {
    case SnippetLanguage::PythonOpenAi:
        return openAiCall(call);
    case SnippetLanguage::PythonAzure:
        return azureCall(call);
    case SnippetLanguage::JavaScriptOpenAi:
        return hasLongNumbers(call) ? std::nullopt : openAiCall(call);
    case SnippetLanguage::JavaScriptAzure:
        return hasLongNumbers(call) ? std::nullopt : azureCall(call);
    case SnippetLanguage::CSharpAzure: {
        auto sdk = azureCall(call);
        const bool fits =
            sdk && sdk->route == QLatin1String("/chat/completions") && sdk->query.front().second == cSharpApiVersion;
        return fits ? sdk : std::nullopt;
    }
    default:
        return std::nullopt;
    }
}

QString sdkSnippet(const SnippetCall &call, const SdkCall &sdk, SnippetLanguage language)
{
    switch (language) {
    case SnippetLanguage::PythonOpenAi:
        return pythonOpenAiSnippet(call, sdk);
    case SnippetLanguage::PythonAzure:
        return pythonAzureSnippet(call, sdk);
    case SnippetLanguage::JavaScriptOpenAi:
        return javaScriptOpenAiSnippet(call, sdk);
    case SnippetLanguage::JavaScriptAzure:
        return javaScriptAzureSnippet(call, sdk);
    default:
        return cSharpAzureSnippet(call, sdk);
    }
}

} // namespace

QString snippetLanguageName(SnippetLanguage language)
{
    const auto plain = [](const QString &name) {
        return QCoreApplication::translate("SnippetLanguage", "%1, plain HTTP").arg(name);
    };
    switch (language) {
    case SnippetLanguage::Curl:
        return QStringLiteral("curl");
    case SnippetLanguage::PythonOpenAi:
        return QStringLiteral("Python, openai");
    case SnippetLanguage::PythonAzure:
        return QStringLiteral("Python, azure-ai-inference");
    case SnippetLanguage::Python:
        return plain(QStringLiteral("Python"));
    case SnippetLanguage::JavaScriptOpenAi:
        return QStringLiteral("JavaScript, openai");
    case SnippetLanguage::JavaScriptAzure:
        return QStringLiteral("JavaScript, @azure-rest/ai-inference");
    case SnippetLanguage::JavaScript:
        return QStringLiteral("JavaScript, fetch");
    case SnippetLanguage::CSharpAzure:
        return QStringLiteral("C#, Azure.AI.Inference");
    case SnippetLanguage::CSharp:
        return QStringLiteral("C#, HttpClient");
    case SnippetLanguage::CppQt:
        return QStringLiteral("C++, Qt");
    }
    return {};
}

std::vector<SnippetLanguage> snippetLanguages(const WirePreview &call)
{
    const SnippetCall parts = snippetCall(call, {});
    std::vector<SnippetLanguage> offered {SnippetLanguage::Curl};
    const auto offerLibrary = [&](SnippetLanguage language) {
        const bool fits = sdkCallOf(parts, language).has_value();
        if (fits)
            offered.push_back(language);
        return fits;
    };
    const bool hasOpenAi = offerLibrary(SnippetLanguage::PythonOpenAi);
    const bool hasAzure = offerLibrary(SnippetLanguage::PythonAzure);
    if (!hasOpenAi && !hasAzure)
        offered.push_back(SnippetLanguage::Python);
    offerLibrary(SnippetLanguage::JavaScriptOpenAi);
    offerLibrary(SnippetLanguage::JavaScriptAzure);
    offered.push_back(SnippetLanguage::JavaScript);
    offerLibrary(SnippetLanguage::CSharpAzure);
    offered.push_back(SnippetLanguage::CSharp);
    offered.push_back(SnippetLanguage::CppQt);
    return offered;
}

SnippetLanguage nearestLanguage(SnippetLanguage wanted, const std::vector<SnippetLanguage> &offered)
{
    if (std::find(offered.begin(), offered.end(), wanted) != offered.end())
        return wanted;
    const auto near = std::find_if(offered.begin(), offered.end(),
        [wanted](SnippetLanguage language) { return plainOf(language) == plainOf(wanted); });
    return near != offered.end() ? *near : offered.front();
}

QString codeSnippet(const WirePreview &call, SnippetLanguage language, const QString &keyVariable)
{
    const SnippetCall parts = snippetCall(call, keyVariable);
    if (const std::optional<SdkCall> sdk = sdkCallOf(parts, language))
        return sdkSnippet(parts, *sdk, language);
    switch (plainOf(language)) {
    case SnippetLanguage::Python:
        return pythonSnippet(parts);
    case SnippetLanguage::JavaScript:
        return javaScriptSnippet(parts);
    case SnippetLanguage::CSharp:
        return cSharpSnippet(parts);
    case SnippetLanguage::CppQt:
        return cppQtSnippet(parts);
    default:
        return curlSnippet(parts);
    }
}

QString keyVariableFor(const QString &endpointName)
{
    QString name;
    for (const QChar letter : endpointName.toUpper()) {
        const bool isPlain = (letter >= u'A' && letter <= u'Z') || (letter >= u'0' && letter <= u'9');
        if (isPlain)
            name += letter;
        else if (!name.isEmpty() && !name.endsWith(u'_'))
            name += u'_';
    }
    while (name.endsWith(u'_'))
        name.chop(1);
    if (name.isEmpty())
        return QStringLiteral("API_KEY");
    if (name.front().isDigit())
        name.prepend(u'_');
    return QString(name + u"_KEY");
}

WirePreview previewOf(const Exchange &exchange)
{
    return {.method = exchange.method,
        .url = exchange.url,
        .headers = exchange.requestHeaders,
        .body = exchange.requestBody};
}

} // namespace diptych
