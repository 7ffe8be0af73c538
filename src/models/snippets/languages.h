// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/snippets/snippetcall.h"

namespace diptych {

/// One function per language and client. Texts are quoted so that nothing in them is code; the key is read from the
/// environment at run time.
[[nodiscard]] QString curlSnippet(const SnippetCall &call);
[[nodiscard]] QString pythonSnippet(const SnippetCall &call); ///< urllib of the standard library
[[nodiscard]] QString pythonOpenAiSnippet(const SnippetCall &call, const SdkCall &sdk);
[[nodiscard]] QString pythonAzureSnippet(const SnippetCall &call, const SdkCall &sdk);
[[nodiscard]] QString javaScriptSnippet(const SnippetCall &call); ///< fetch; Node.js 18 or newer, as a module
[[nodiscard]] QString javaScriptOpenAiSnippet(const SnippetCall &call, const SdkCall &sdk);
[[nodiscard]] QString javaScriptAzureSnippet(const SnippetCall &call, const SdkCall &sdk);
[[nodiscard]] QString cSharpSnippet(const SnippetCall &call); ///< HttpClient; C# 11 or newer
[[nodiscard]] QString cSharpAzureSnippet(const SnippetCall &call, const SdkCall &sdk);
[[nodiscard]] QString cppQtSnippet(const SnippetCall &call); ///< QNetworkAccessManager; C++17, Qt 6

/// `text` as one word for a POSIX shell.
[[nodiscard]] QString shellQuoted(const QString &text);
/// JSON values as expressions of the language, nested ones indented from `indent` steps on.
[[nodiscard]] QString pythonValue(const std::vector<JsonToken> &tokens, int indent = 0);
[[nodiscard]] QString javaScriptValue(const std::vector<JsonToken> &tokens, int indent = 0);
/// Headers as the members of a dictionary or object, one line each; those named in `without` (lower case) are left out.
[[nodiscard]] QString pythonHeaders(
    const SnippetCall &call, const QString &indent, const QList<QByteArray> &without = {});
[[nodiscard]] QString javaScriptHeaders(
    const SnippetCall &call, const QString &indent, const QList<QByteArray> &without = {});
/// A comment for calls that send the key in one header only: the Azure clients send it in two.
[[nodiscard]] QString azureKeyNote(const SnippetCall &call, const QString &commentMark);
/// A C# raw string literal, with more quotes around it than stand in a row inside.
[[nodiscard]] QString cSharpRaw(const QString &text);

} // namespace diptych
