// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "models/jsontext.h"

#include <QString>

#include <optional>
#include <vector>

namespace diptych {

/// A header line, split so that each language can join it with the variable in its own way.
struct SnippetHeader {
    QByteArray name {};
    QByteArray value {}; ///< with a secret: what stands in front of the key
    bool isSecret = false;
};

/// A member of the body's root, with the tokens of its value.
struct SnippetMember {
    QString name {};
    std::vector<JsonToken> value {};
};

/// A call taken apart for the languages that write it. Secrets are gone from it.
struct SnippetCall {
    QString method {};
    QString url {}; ///< percent-encoded, without user and password
    std::vector<SnippetHeader> headers {}; ///< without those that clients work out themselves
    QByteArray body {};
    std::optional<std::vector<JsonToken>> tokens {}; ///< of the body; unset: not JSON
    bool isStreamed = false;
    QString keyVariable {};

    /// The header with the key, and whether any is secret.
    [[nodiscard]] const SnippetHeader *header(const QByteArray &name) const;
    [[nodiscard]] bool hasSecret() const;
};
[[nodiscard]] SnippetCall snippetCall(const WirePreview &call, const QString &keyVariable);

/// A call as a client library makes it: a base URL, a route, parameters of the query, members of the body.
struct SdkCall {
    QString baseUrl {};
    QString route {}; ///< /chat/completions, /completions, /embeddings or /images/embeddings
    std::vector<std::pair<QString, QString>> query {}; ///< decoded
    std::vector<SnippetMember> members {};

    [[nodiscard]] bool has(const QString &member) const;
};
/// Unset when the call is not one that the openai clients would make as it is.
[[nodiscard]] std::optional<SdkCall> openAiCall(const SnippetCall &call);
/// The same for the clients of the Azure AI Model Inference API.
[[nodiscard]] std::optional<SdkCall> azureCall(const SnippetCall &call);

/// True when some number would lose digits as a double.
[[nodiscard]] bool hasLongNumbers(const SnippetCall &call);

} // namespace diptych
