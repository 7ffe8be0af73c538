// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/snippets/snippetcall.h"

#include "models/snippets/languages.h"

#include "core/secret.h"

#include <QUrlQuery>

#include <algorithm>

namespace diptych {

namespace {

/// The longest literal that every double keeps: 15 digits.
constexpr qsizetype exactDigits = 15;

std::vector<SnippetHeader> headersOf(const WirePreview &call)
{
    std::vector<SnippetHeader> headers;
    for (const HeaderField &field : call.headers) {
        const QByteArray name = field.name.toLower();
        // Clients work these out themselves; a wrong length would break the call as soon as the body is edited.
        if (name == "content-length" || name == "host" || name == "connection" || name == "accept-encoding"
            || name == "user-agent" || name == "transfer-encoding")
            continue;
        SnippetHeader header {.name = field.name, .value = field.value};
        if (isSecretHeader(field.name)) {
            header.isSecret = true;
            header.value = name == "authorization" || name == "proxy-authorization" ? "Bearer " : "";
        }
        headers.push_back(header);
    }
    return headers;
}

/// The members of the root object, in order; empty when the root is something else.
std::vector<SnippetMember> membersOf(const std::vector<JsonToken> &tokens)
{
    std::vector<SnippetMember> members;
    int depth = 0;
    for (const JsonToken &token : tokens) {
        if (depth == 1 && token.isKey) {
            members.push_back({.name = token.text});
            continue;
        }
        const bool closes = token.punctuation == '}' || token.punctuation == ']';
        if (closes)
            --depth;
        const bool separates = depth == 1 && (token.punctuation == ':' || token.punctuation == ',');
        if (depth > 0 && !separates && !members.empty())
            members.back().value.push_back(token);
        if (token.punctuation == '{' || token.punctuation == '[')
            ++depth;
    }
    return members;
}

bool isStreamed(const SnippetCall &call)
{
    // Gemini says it in the path, the others in the body.
    if (call.url.contains(QLatin1String(":streamGenerateContent")))
        return true;
    if (!call.tokens)
        return false;
    const std::vector<SnippetMember> members = membersOf(*call.tokens);
    return std::any_of(members.begin(), members.end(), [](const SnippetMember &member) {
        return member.name == QLatin1String("stream") && member.value.size() == 1
            && member.value.front().text == QLatin1String("true");
    });
}

std::optional<SdkCall> sdkCall(const SnippetCall &call, const QStringList &routes)
{
    if (call.method != QLatin1String("POST") || !call.tokens || call.tokens->empty()
        || call.tokens->front().punctuation != '{')
        return std::nullopt;
    QUrl url(call.url, QUrl::StrictMode);
    const QString path = url.path(QUrl::FullyEncoded);
    const auto route =
        std::find_if(routes.begin(), routes.end(), [&path](const QString &end) { return path.endsWith(end); });
    if (route == routes.end())
        return std::nullopt;
    SdkCall sdk {.route = *route, .members = membersOf(*call.tokens)};
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[name, value] : items)
        sdk.query.emplace_back(name, value);
    sdk.baseUrl = call.url.left(call.url.indexOf(path + (url.hasQuery() ? QStringLiteral("?") : QString())));
    sdk.baseUrl += path.left(path.size() - route->size());
    return sdk;
}

} // namespace

const SnippetHeader *SnippetCall::header(const QByteArray &name) const
{
    const auto found = std::find_if(headers.begin(), headers.end(),
        [&name](const SnippetHeader &known) { return known.name.compare(name, Qt::CaseInsensitive) == 0; });
    return found == headers.end() ? nullptr : &*found;
}

bool SnippetCall::hasSecret() const
{
    return std::any_of(headers.begin(), headers.end(), [](const SnippetHeader &header) { return header.isSecret; });
}

SnippetCall snippetCall(const WirePreview &call, const QString &keyVariable)
{
    SnippetCall made {.method = QString::fromLatin1(call.method),
        .url = call.url.toString(QUrl::FullyEncoded | QUrl::RemoveUserInfo | QUrl::RemoveFragment),
        .headers = headersOf(call),
        .body = call.body,
        .tokens = jsonTokens(call.body),
        .keyVariable = keyVariable};
    made.isStreamed = isStreamed(made);
    return made;
}

bool SdkCall::has(const QString &member) const
{
    return std::any_of(
        members.begin(), members.end(), [&member](const SnippetMember &known) { return known.name == member; });
}

std::optional<SdkCall> openAiCall(const SnippetCall &call)
{
    auto sdk = sdkCall(
        call, {QStringLiteral("/chat/completions"), QStringLiteral("/completions"), QStringLiteral("/embeddings")});
    // The clients insist on a model, and ask for base64 where the request does not say how vectors are to be written.
    if (!sdk || !sdk->has(QStringLiteral("model"))
        || (sdk->route == QLatin1String("/embeddings") && !sdk->has(QStringLiteral("encoding_format")))
        || sdk->baseUrl.endsWith(QLatin1String("/images")))
        return std::nullopt;
    return sdk;
}

std::optional<SdkCall> azureCall(const SnippetCall &call)
{
    auto sdk = sdkCall(call,
        {QStringLiteral("/chat/completions"), QStringLiteral("/images/embeddings"), QStringLiteral("/embeddings")});
    // They always send api-version and a key.
    if (!sdk || sdk->query.size() != 1 || sdk->query.front().first != QLatin1String("api-version") || !call.hasSecret())
        return std::nullopt;
    return sdk;
}

QString azureKeyNote(const SnippetCall &call, const QString &commentMark)
{
    if (call.header("Authorization") && call.header("api-key"))
        return {};
    return commentMark + QStringLiteral(" This client sends the key both as api-key and as Authorization: Bearer.\n");
}

bool hasLongNumbers(const SnippetCall &call)
{
    return call.tokens && std::any_of(call.tokens->begin(), call.tokens->end(), [](const JsonToken &token) {
        return token.kind == JsonToken::Kind::Literal && token.text.size() > exactDigits;
    });
}

} // namespace diptych
