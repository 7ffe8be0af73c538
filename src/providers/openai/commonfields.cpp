// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/commonfields.h"

#include "providers/common/errordecoder.h"

#include <algorithm>
#include <limits>

namespace diptych::openai {

namespace {

using Alternative = TokenLogprob::Alternative;

QByteArray readBytes(JsonReader &reader, JsonReader::Object token)
{
    QByteArray bytes;
    const auto array = reader.array(token, "bytes", "choices[].logprobs.content[].bytes");
    if (!array)
        return bytes;
    for (const JsonReader::Element element : *array)
        bytes += static_cast<char>(reader.asInteger(element, "choices[].logprobs.content[].bytes[]").value_or(0));
    return bytes;
}

std::vector<Alternative> readTop(JsonReader &reader, JsonReader::Object token)
{
    const char *const path = "choices[].logprobs.content[].top_logprobs";
    std::vector<Alternative> top;
    const auto entries = reader.array(token, "top_logprobs", path);
    if (!entries)
        return top;
    for (const JsonReader::Element element : *entries) {
        if (const auto entry = reader.asObject(element, path))
            top.push_back({reader.text(*entry, "token", path), reader.number(*entry, "logprob", path).value_or(0)});
    }
    return top;
}

std::vector<TokenLogprob> readChatLogprobs(JsonReader &reader, JsonReader::Array content)
{
    std::vector<TokenLogprob> tokens;
    for (const JsonReader::Element element : content) {
        const auto item = reader.asObject(element, "choices[].logprobs.content[]");
        if (!item)
            break;
        TokenLogprob token {.token = reader.text(*item, "token", "choices[].logprobs.content[].token"),
            .logprob = reader.number(*item, "logprob", "choices[].logprobs.content[].logprob"),
            .bytes = readBytes(reader, *item)};
        token.top = readTop(reader, *item);
        tokens.push_back(std::move(token));
    }
    return tokens;
}

std::vector<Alternative> readLegacyTop(JsonReader &reader, JsonReader::Element element)
{
    std::vector<Alternative> top;
    if (element.is_null())
        return top;
    const char *const path = "choices[].logprobs.top_logprobs[]";
    const auto entries = reader.asObject(element, path);
    if (!entries)
        return top;
    for (const auto &[token, logprob] : *entries)
        top.push_back({QString::fromUtf8(token.data(), static_cast<qsizetype>(token.size())),
            reader.asNumber(logprob, path).value_or(0)});
    std::stable_sort(
        top.begin(), top.end(), [](const Alternative &a, const Alternative &b) { return a.logprob > b.logprob; });
    return top;
}

/// The lists beside the tokens are as long as they are: a missing entry leaves the value unset.
template <typename Use>
void forEachToken(const std::optional<JsonReader::Array> &list, std::vector<TokenLogprob> &tokens, Use use)
{
    if (!list)
        return;
    auto token = tokens.begin();
    for (const JsonReader::Element element : *list) {
        if (token == tokens.end())
            return;
        use(element, *token++);
    }
}

std::vector<TokenLogprob> readLegacyLogprobs(JsonReader &reader, JsonReader::Object logprobs)
{
    std::vector<TokenLogprob> tokens;
    const auto names = reader.array(logprobs, "tokens", "choices[].logprobs.tokens");
    const auto values = reader.array(logprobs, "token_logprobs", "choices[].logprobs.token_logprobs");
    const auto tops = reader.array(logprobs, "top_logprobs", "choices[].logprobs.top_logprobs");
    if (!names)
        return tokens;
    for (const JsonReader::Element name : *names) {
        TokenLogprob token;
        token.token = reader.asText(name, "choices[].logprobs.tokens[]").value_or(QString());
        tokens.push_back(std::move(token));
    }
    forEachToken(values, tokens, [&reader](JsonReader::Element value, TokenLogprob &token) {
        if (!value.is_null())
            token.logprob = reader.asNumber(value, "choices[].logprobs.token_logprobs[]");
    });
    forEachToken(tops, tokens,
        [&reader](JsonReader::Element top, TokenLogprob &token) { token.top = readLegacyTop(reader, top); });
    return tokens;
}

bool isWord(JsonReader::Element element)
{
    std::string_view text;
    return !element.get(text) && !text.empty();
}

} // namespace

std::optional<Error> errorInside(JsonReader::Object root, QByteArrayView json)
{
    JsonReader::Element error;
    std::string_view object;
    // Some servers write `"error": ""` into every chunk.
    const bool hasError = !root.at_key("error").get(error) && (error.is_object() || error.is_array() || isWord(error));
    if (!hasError && (root.at_key("object").get(object) || object != "error"))
        return std::nullopt;
    return decodeError({.status = 200, .body = json.toByteArray()});
}

std::optional<Usage> readUsage(JsonReader &reader, JsonReader::Object root)
{
    const auto usage = reader.object(root, "usage", "usage");
    if (!usage)
        return std::nullopt;
    Usage counts {.promptTokens = reader.integer(*usage, "prompt_tokens", "usage.prompt_tokens"),
        .completionTokens = reader.integer(*usage, "completion_tokens", "usage.completion_tokens"),
        .totalTokens = reader.integer(*usage, "total_tokens", "usage.total_tokens")};
    std::optional<qint64> audio;
    const auto addAudio = [&audio](std::optional<qint64> tokens) {
        if (tokens)
            audio = audio.value_or(0) + *tokens;
    };
    if (const auto prompt = reader.object(*usage, "prompt_tokens_details", "usage.prompt_tokens_details")) {
        counts.cachedTokens = reader.integer(*prompt, "cached_tokens", "usage.prompt_tokens_details.cached_tokens");
        addAudio(reader.integer(*prompt, "audio_tokens", "usage.prompt_tokens_details.audio_tokens"));
    }
    if (const auto answer = reader.object(*usage, "completion_tokens_details", "usage.completion_tokens_details")) {
        counts.reasoningTokens =
            reader.integer(*answer, "reasoning_tokens", "usage.completion_tokens_details.reasoning_tokens");
        addAudio(reader.integer(*answer, "audio_tokens", "usage.completion_tokens_details.audio_tokens"));
    }
    counts.audioTokens = audio;
    return counts;
}

std::vector<TokenLogprob> readLogprobs(JsonReader &reader, JsonReader::Object choice)
{
    const auto logprobs = reader.object(choice, "logprobs", "choices[].logprobs");
    if (!logprobs)
        return {};
    if (const auto content = reader.array(*logprobs, "content", "choices[].logprobs.content"))
        return readChatLogprobs(reader, *content);
    return readLegacyLogprobs(reader, *logprobs);
}

int readChoiceIndex(JsonReader &reader, JsonReader::Object choice, int position)
{
    const qint64 index = reader.integer(choice, "index", "choices[].index").value_or(position);
    if (index >= 0 && index <= std::numeric_limits<int>::max())
        return static_cast<int>(index);
    reader.setFault("choices[].index", "a number from 0 up");
    return position;
}

} // namespace diptych::openai
