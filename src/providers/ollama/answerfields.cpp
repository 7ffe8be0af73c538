// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/answerfields.h"

#include "providers/common/errordecoder.h"

#include <QDateTime>
#include <QRegularExpression>

namespace diptych::ollama {

namespace {

QByteArray readBytes(JsonReader &reader, JsonReader::Object token)
{
    QByteArray bytes;
    const auto array = reader.array(token, "bytes", "logprobs[].bytes");
    if (!array)
        return bytes;
    for (const JsonReader::Element element : *array)
        bytes += static_cast<char>(reader.asInteger(element, "logprobs[].bytes[]").value_or(0));
    return bytes;
}

std::vector<TokenLogprob::Alternative> readTop(JsonReader &reader, JsonReader::Object token)
{
    std::vector<TokenLogprob::Alternative> top;
    const auto entries = reader.array(token, "top_logprobs", "logprobs[].top_logprobs");
    if (!entries)
        return top;
    for (const JsonReader::Element element : *entries) {
        if (const auto entry = reader.asObject(element, "logprobs[].top_logprobs[]"))
            top.push_back({reader.text(*entry, "token", "logprobs[].top_logprobs[].token"),
                reader.number(*entry, "logprob", "logprobs[].top_logprobs[].logprob").value_or(0)});
    }
    return top;
}

/// What a model "does not support", in the words of the common request.
QString parameterOf(const QString &ability)
{
    if (ability == QLatin1String("thinking") || ability == QLatin1String("think"))
        return QStringLiteral("reasoning_effort");
    if (ability == QLatin1String("insert"))
        return QStringLiteral("suffix");
    if (ability == QLatin1String("vision") || ability == QLatin1String("image") || ability == QLatin1String("images"))
        return QStringLiteral("images");
    return ability == QLatin1String("tools") ? ability : QString();
}

} // namespace

std::optional<Error> errorInside(JsonReader::Object root, QByteArrayView json)
{
    JsonReader::Element error;
    if (root.at_key("error").get(error) || error.is_null())
        return std::nullopt;
    std::string_view text;
    if (!error.get(text) && text.empty())
        return std::nullopt;
    return refined(decodeError({.status = 200, .body = json.toByteArray()}));
}

Error refined(Error error)
{
    // Inside a stream there is no status that could tell; the words are those of the server's source.
    static const QRegularExpression missing(
        QStringLiteral("^model [\"'].+[\"'] not found|file does not exist$|^pull model manifest: 404"));
    static const QRegularExpression unable(QStringLiteral("does not support (\\w+)"));
    if (error.message.contains(missing) && error.kind == Error::Kind::Provider)
        error.kind = Error::Kind::NotFound;
    const QRegularExpressionMatch match = unable.match(error.message);
    if (!match.hasMatch() || error.httpStatus >= 500)
        return error;
    if (error.kind == Error::Kind::Provider)
        error.kind = Error::Kind::Unsupported;
    if (error.kind == Error::Kind::Unsupported && error.parameter.isEmpty())
        error.parameter = parameterOf(match.captured(1));
    return error;
}

std::optional<Usage> readUsage(JsonReader &reader, JsonReader::Object root)
{
    Usage usage {.promptTokens = reader.integer(root, "prompt_eval_count", "prompt_eval_count"),
        .completionTokens = reader.integer(root, "eval_count", "eval_count")};
    if (!usage.promptTokens && !usage.completionTokens)
        return std::nullopt;
    if (usage.promptTokens && usage.completionTokens)
        usage.totalTokens = *usage.promptTokens + *usage.completionTokens;
    return usage;
}

std::vector<TokenLogprob> readLogprobs(JsonReader &reader, JsonReader::Object root)
{
    std::vector<TokenLogprob> tokens;
    const auto list = reader.array(root, "logprobs", "logprobs");
    if (!list)
        return tokens;
    for (const JsonReader::Element element : *list) {
        const auto item = reader.asObject(element, "logprobs[]");
        if (!item)
            break;
        TokenLogprob token {.token = reader.text(*item, "token", "logprobs[].token"),
            .logprob = reader.number(*item, "logprob", "logprobs[].logprob"),
            .bytes = readBytes(reader, *item)};
        token.top = readTop(reader, *item);
        tokens.push_back(std::move(token));
    }
    return tokens;
}

QString readFinishReason(JsonReader &reader, JsonReader::Object root)
{
    const auto done = reader.member(root, "done");
    bool isDone = false;
    if (!done)
        return {};
    if (done->get(isDone))
        reader.setFault("done", "true or false");
    if (!isDone)
        return {};
    const QString reason = reader.text(root, "done_reason", "done_reason");
    return reason.isEmpty() ? QStringLiteral("stop") : reason;
}

std::optional<qint64> timeOf(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? std::optional(time.toMSecsSinceEpoch()) : std::nullopt;
}

} // namespace diptych::ollama
