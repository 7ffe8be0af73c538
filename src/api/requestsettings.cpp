// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/requestsettings.h"

namespace diptych {

namespace {

template <typename T>
void take(std::optional<T> &target, const std::optional<T> &value)
{
    if (value)
        target = value;
}

/// Calls `visit` with the optional member of that wire name; false when there is none.
template <typename Settings, typename Visitor>
bool visitParameter(Settings &settings, const QString &parameter, Visitor visit)
{
    const auto at = [&](const char *name, auto &member) {
        if (parameter != QLatin1String(name))
            return false;
        visit(member);
        return true;
    };
    return at("temperature", settings.sampling.temperature) || at("top_p", settings.sampling.topP)
        || at("max_tokens", settings.sampling.maxTokens) || at("frequency_penalty", settings.sampling.frequencyPenalty)
        || at("presence_penalty", settings.sampling.presencePenalty) || at("seed", settings.sampling.seed)
        || at("stop", settings.sampling.stop) || at("n", settings.sampling.n)
        || at("max_completion_tokens", settings.maxCompletionTokens) || at("logprobs", settings.logprobs)
        || at("top_logprobs", settings.topLogprobs) || at("reasoning_effort", settings.reasoningEffort)
        || at("response_format", settings.responseFormat) || at("tools", settings.tools)
        || at("tool_choice", settings.toolChoice) || at("parallel_tool_calls", settings.parallelToolCalls)
        || at("stream", settings.stream);
}

} // namespace

bool isSet(const RequestSettings &settings, const QString &parameter)
{
    bool hasValue = false;
    visitParameter(settings, parameter, [&hasValue](const auto &member) { hasValue = member.has_value(); });
    return hasValue;
}

void unset(RequestSettings &settings, const QString &parameter)
{
    visitParameter(settings, parameter, [](auto &member) { member.reset(); });
}

RequestSettings merged(const RequestSettings &base, const RequestSettings &override)
{
    RequestSettings all = base;
    for (const QString &parameter : override.withheld)
        unset(all, parameter);
    take(all.sampling.temperature, override.sampling.temperature);
    take(all.sampling.topP, override.sampling.topP);
    take(all.sampling.maxTokens, override.sampling.maxTokens);
    take(all.sampling.frequencyPenalty, override.sampling.frequencyPenalty);
    take(all.sampling.presencePenalty, override.sampling.presencePenalty);
    take(all.sampling.seed, override.sampling.seed);
    take(all.sampling.stop, override.sampling.stop);
    take(all.sampling.n, override.sampling.n);
    take(all.maxCompletionTokens, override.maxCompletionTokens);
    take(all.logprobs, override.logprobs);
    take(all.topLogprobs, override.topLogprobs);
    take(all.reasoningEffort, override.reasoningEffort);
    take(all.responseFormat, override.responseFormat);
    take(all.tools, override.tools);
    take(all.toolChoice, override.toolChoice);
    take(all.parallelToolCalls, override.parallelToolCalls);
    take(all.stream, override.stream);
    take(all.extrasMode, override.extrasMode);
    if (override.extras) {
        QJsonObject extras = base.extras.value_or(QJsonObject {});
        for (auto member = override.extras->begin(); member != override.extras->end(); ++member) {
            if (member.value().isNull() && extras.contains(member.key()))
                extras.remove(member.key());
            else
                extras.insert(member.key(), member.value());
        }
        all.extras = extras;
    }
    return all;
}

void apply(const RequestSettings &settings, ChatRequest &request)
{
    request.sampling = settings.sampling;
    request.maxCompletionTokens = settings.maxCompletionTokens;
    request.logprobs = settings.logprobs;
    request.topLogprobs = settings.topLogprobs;
    request.reasoningEffort = settings.reasoningEffort;
    request.responseFormat = settings.responseFormat;
    request.tools = settings.tools.value_or(std::vector<Tool> {});
    request.toolChoice = settings.toolChoice;
    request.parallelToolCalls = settings.parallelToolCalls;
    request.stream = settings.stream.value_or(true);
    request.extras = settings.extras.value_or(QJsonObject {});
    request.extrasMode = settings.extrasMode;
}

void apply(const RequestSettings &settings, CompletionRequest &request)
{
    request.sampling = settings.sampling;
    request.logprobs = settings.topLogprobs;
    request.stream = settings.stream.value_or(true);
    request.extras = settings.extras.value_or(QJsonObject {});
    request.extrasMode = settings.extrasMode;
}

} // namespace diptych
