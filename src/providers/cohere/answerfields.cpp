// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/cohere/answerfields.h"

#include <QCoreApplication>

namespace diptych::cohere {

namespace {

using Object = JsonReader::Object;
using Element = JsonReader::Element;

std::optional<TokenLogprob> readPiece(JsonReader &reader, Object piece, const QString &text)
{
    TokenLogprob token {.token = reader.text(piece, "text", "logprobs.text")};
    if (token.token.isEmpty())
        token.token = text;
    if (const auto values = reader.array(piece, "logprobs", "logprobs.logprobs")) {
        // The probability of several tokens in a row is the product of theirs.
        for (const Element value : *values)
            token.logprob = token.logprob.value_or(0) + reader.asNumber(value, "logprobs.logprobs[]").value_or(0);
    }
    const auto ids = reader.array(piece, "token_ids", "logprobs.token_ids");
    if (token.token.isEmpty() && ids && ids->size() == 1)
        token.token = u'#' + QString::number(reader.asInteger(ids->at(0), "logprobs.token_ids[]").value_or(0));
    if (token.token.isEmpty() && !token.logprob)
        return std::nullopt;
    return token;
}

} // namespace

QString finishReasonOf(const QString &reason)
{
    if (reason == QLatin1String("COMPLETE") || reason == QLatin1String("STOP_SEQUENCE"))
        return QStringLiteral("stop");
    if (reason == QLatin1String("MAX_TOKENS"))
        return QStringLiteral("length");
    return reason == QLatin1String("TOOL_CALL") ? QStringLiteral("tool_calls") : reason;
}

std::optional<Error> failureOf(const QString &reason, const QString &message)
{
    const bool isToxic = reason == QLatin1String("ERROR_TOXIC");
    const bool isTimeout = reason == QLatin1String("TIMEOUT");
    if (message.isEmpty() && !isTimeout && !reason.startsWith(QLatin1String("ERROR")))
        return std::nullopt;
    Error error {.kind = isToxic ? Error::Kind::ContentFilter : Error::Kind::Provider,
        .message = message,
        .providerCode = reason};
    if (message.isEmpty() && isTimeout)
        error.message = QCoreApplication::translate("diptych::CohereDecoder", "Cohere took too long for this answer.");
    else if (message.isEmpty())
        error.message = QCoreApplication::translate("diptych::CohereDecoder", "Cohere ended the answer with an error.");
    return error;
}

std::optional<Usage> readUsage(JsonReader &reader, Object parent)
{
    const auto usage = reader.object(parent, "usage", "usage");
    if (!usage)
        return std::nullopt;
    auto tokens = reader.object(*usage, "tokens", "usage.tokens");
    if (!tokens)
        tokens = reader.object(*usage, "billed_units", "usage.billed_units");
    Usage counts {.cachedTokens = reader.integer(*usage, "cached_tokens", "usage.cached_tokens")};
    if (tokens) {
        counts.promptTokens = reader.integer(*tokens, "input_tokens", "usage.tokens.input_tokens");
        counts.completionTokens = reader.integer(*tokens, "output_tokens", "usage.tokens.output_tokens");
    }
    if (counts.promptTokens && counts.completionTokens)
        counts.totalTokens = *counts.promptTokens + *counts.completionTokens;
    return counts == Usage() ? std::nullopt : std::optional(counts);
}

std::vector<TokenLogprob> readLogprobs(JsonReader &reader, Object parent, const QString &text)
{
    std::vector<TokenLogprob> tokens;
    const auto logprobs = reader.member(parent, "logprobs");
    if (!logprobs)
        return tokens;
    const auto add = [&](Element element) {
        const auto piece = reader.asObject(element, "logprobs");
        if (auto token = piece ? readPiece(reader, *piece, text) : std::nullopt)
            tokens.push_back(std::move(*token));
    };
    JsonReader::Array list;
    if (logprobs->get(list)) {
        add(*logprobs);
        return tokens;
    }
    for (const Element element : list)
        add(element);
    return tokens;
}

} // namespace diptych::cohere
