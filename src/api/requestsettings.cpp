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

} // namespace

RequestSettings merged(const RequestSettings &base, const RequestSettings &override)
{
    RequestSettings all = base;
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
        for (auto member = override.extras->begin(); member != override.extras->end(); ++member)
            extras.insert(member.key(), member.value());
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
