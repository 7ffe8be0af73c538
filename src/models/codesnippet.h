// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QMetaType>
#include <QString>

#include <vector>

namespace diptych {

/// Languages and clients with which a call can be shown. Those of one language stand together, plain HTTP last.
enum class SnippetLanguage {
    Curl,
    PythonOpenAi, ///< the package openai
    PythonAzure, ///< the package azure-ai-inference
    Python, ///< the standard library
    JavaScriptOpenAi, ///< openai
    JavaScriptAzure, ///< @azure-rest/ai-inference
    JavaScript, ///< fetch
    CSharpAzure, ///< Azure.AI.Inference
    CSharp, ///< HttpClient
    CppQt,
};

/// For people: "Python, openai".
[[nodiscard]] QString snippetLanguageName(SnippetLanguage language);
/// Those in which this very call can be made: a client library is offered only where it sends the same URL, headers and
/// body. Plain HTTP always can; Python's is left out where a client library fits.
[[nodiscard]] std::vector<SnippetLanguage> snippetLanguages(const WirePreview &call);
/// The entry of `offered` nearest to what was chosen before: the same, else of the same language, else the first.
[[nodiscard]] SnippetLanguage nearestLanguage(SnippetLanguage wanted, const std::vector<SnippetLanguage> &offered);

/// The call as source text that runs as it stands. A key never gets in: secret headers (those whose value reads ***)
/// are read from the environment variable `keyVariable`. Texts are quoted so that nothing in them is code. Where the
/// client library can not make the call, the language's plain HTTP.
[[nodiscard]] QString codeSnippet(const WirePreview &call, SnippetLanguage language, const QString &keyVariable);
/// A name for the environment variable that holds an endpoint's key: "My Foundry" → MY_FOUNDRY_KEY.
[[nodiscard]] QString keyVariableFor(const QString &endpointName);
/// The part of an exchange that was sent, to be shown as code again.
[[nodiscard]] WirePreview previewOf(const Exchange &exchange);

} // namespace diptych

Q_DECLARE_METATYPE(diptych::SnippetLanguage)
