// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/gemini/answerfields.h"

#include <QCoreApplication>

namespace diptych::gemini {

namespace {

using Object = JsonReader::Object;
using Element = JsonReader::Element;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::gemini::ChatDecoder", text);
}

/// Tokens of sound in a list of counts by modality.
std::optional<qint64> audioTokens(JsonReader &reader, Object usage, std::string_view key)
{
    const auto counts = reader.array(usage, key, "usageMetadata details");
    std::optional<qint64> tokens;
    if (!counts)
        return tokens;
    for (const Element element : *counts) {
        const auto count = reader.asObject(element, "usageMetadata details");
        if (count && reader.text(*count, "modality", "usageMetadata modality") == QLatin1String("AUDIO"))
            tokens = tokens.value_or(0) + reader.integer(*count, "tokenCount", "usageMetadata tokenCount").value_or(0);
    }
    return tokens;
}

std::optional<qint64> sum(std::optional<qint64> a, std::optional<qint64> b)
{
    return a || b ? std::optional(a.value_or(0) + b.value_or(0)) : std::nullopt;
}

std::vector<TokenLogprob::Alternative> readTop(JsonReader &reader, Element element)
{
    const char *const path = "candidates[].logprobsResult.topCandidates";
    std::vector<TokenLogprob::Alternative> top;
    const auto step = reader.asObject(element, path);
    const auto list = step ? reader.array(*step, "candidates", path) : std::nullopt;
    if (!list)
        return top;
    for (const Element item : *list) {
        if (const auto token = reader.asObject(item, path))
            top.push_back(
                {reader.text(*token, "token", path), reader.number(*token, "logProbability", path).value_or(0)});
    }
    return top;
}

} // namespace

std::optional<Usage> readUsage(JsonReader &reader, Object root)
{
    const auto usage = reader.object(root, "usageMetadata", "usageMetadata");
    if (!usage)
        return std::nullopt;
    const auto count = [&](std::string_view key, const char *path) { return reader.integer(*usage, key, path); };
    Usage counts;
    counts.promptTokens = count("promptTokenCount", "usageMetadata.promptTokenCount");
    counts.reasoningTokens = count("thoughtsTokenCount", "usageMetadata.thoughtsTokenCount");
    counts.completionTokens =
        sum(count("candidatesTokenCount", "usageMetadata.candidatesTokenCount"), counts.reasoningTokens);
    counts.cachedTokens = count("cachedContentTokenCount", "usageMetadata.cachedContentTokenCount");
    counts.totalTokens = count("totalTokenCount", "usageMetadata.totalTokenCount");
    counts.audioTokens =
        sum(audioTokens(reader, *usage, "promptTokensDetails"), audioTokens(reader, *usage, "candidatesTokensDetails"));
    return counts;
}

std::vector<TokenLogprob> readLogprobs(JsonReader &reader, Object candidate)
{
    std::vector<TokenLogprob> tokens;
    const auto result = reader.object(candidate, "logprobsResult", "candidates[].logprobsResult");
    if (!result)
        return tokens;
    const char *const path = "candidates[].logprobsResult.chosenCandidates";
    const auto chosen = reader.array(*result, "chosenCandidates", path);
    const auto tops = reader.array(*result, "topCandidates", "candidates[].logprobsResult.topCandidates");
    if (!chosen)
        return tokens;
    for (const Element element : *chosen) {
        const auto item = reader.asObject(element, path);
        if (!item)
            break;
        TokenLogprob token;
        token.token = reader.text(*item, "token", path);
        token.logprob = reader.number(*item, "logProbability", path);
        tokens.push_back(std::move(token));
    }
    if (!tops)
        return tokens;
    auto token = tokens.begin();
    for (const Element step : *tops) {
        if (token == tokens.end())
            break;
        (token++)->top = readTop(reader, step);
    }
    return tokens;
}

std::optional<Error> readPromptBlock(JsonReader &reader, Object root)
{
    const auto feedback = reader.object(root, "promptFeedback", "promptFeedback");
    if (!feedback)
        return std::nullopt;
    const QString reason = reader.text(*feedback, "blockReason", "promptFeedback.blockReason");
    if (reason.isEmpty())
        return std::nullopt;
    const QString words = reader.text(*feedback, "blockReasonMessage", "promptFeedback.blockReasonMessage");
    return Error {.kind = Error::Kind::ContentFilter,
        .message = words.isEmpty() ? translated("The prompt was blocked: %1.").arg(reason) : words,
        .providerCode = reason};
}

QString textOfOtherPart(JsonReader &reader, Object part)
{
    const char *const path = "candidates[].content.parts[]";
    if (const auto code = reader.object(part, "executableCode", path)) {
        const QString language = reader.text(*code, "language", path).toLower();
        return QStringLiteral("\n```%1\n%2\n```\n").arg(language, reader.text(*code, "code", path));
    }
    if (const auto result = reader.object(part, "codeExecutionResult", path))
        return QStringLiteral("\n```\n%1\n```\n").arg(reader.text(*result, "output", path));
    if (const auto data = reader.object(part, "inlineData", path))
        return translated("[%1, not shown]").arg(reader.text(*data, "mimeType", path));
    return {};
}

QString finishReasonOf(const QString &reason, bool hasCalls)
{
    // The API says STOP after calls, too; servers that imitate it say FUNCTION_CALL.
    if (reason == QLatin1String("STOP") || (hasCalls && reason == QLatin1String("FUNCTION_CALL")))
        return hasCalls ? QStringLiteral("tool_calls") : QStringLiteral("stop");
    if (reason == QLatin1String("MAX_TOKENS"))
        return QStringLiteral("length");
    static const QStringList filtered {QStringLiteral("SAFETY"), QStringLiteral("RECITATION"),
        QStringLiteral("BLOCKLIST"), QStringLiteral("PROHIBITED_CONTENT"), QStringLiteral("SPII"),
        QStringLiteral("IMAGE_SAFETY"), QStringLiteral("IMAGE_PROHIBITED_CONTENT"), QStringLiteral("IMAGE_RECITATION")};
    if (filtered.contains(reason))
        return QStringLiteral("content_filter");
    return reason.toLower();
}

bool isFailedCall(const QString &reason)
{
    static const QStringList reasons {QStringLiteral("MALFORMED_FUNCTION_CALL"), QStringLiteral("UNEXPECTED_TOOL_CALL"),
        QStringLiteral("TOO_MANY_TOOL_CALLS"), QStringLiteral("MISSING_THOUGHT_SIGNATURE")};
    return reasons.contains(reason);
}

} // namespace diptych::gemini
