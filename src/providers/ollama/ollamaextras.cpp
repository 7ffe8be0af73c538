// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/ollama/ollamaextras.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace diptych::ollama {

namespace {

using Type = KnownExtra::Type;

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::OllamaExtras", text);
}

KnownExtra switched(const char *key, bool example, const char *description)
{
    return {.key = QString::fromLatin1(key),
        .type = Type::Boolean,
        .description = translated(description),
        .example = example};
}

KnownExtra number(Type type, const char *key, std::optional<double> minimum, std::optional<double> maximum,
    const QJsonValue &example, const char *description)
{
    return {.key = QString::fromLatin1(key),
        .type = type,
        .description = translated(description),
        .minimum = minimum,
        .maximum = maximum,
        .example = example};
}

std::vector<KnownExtra> samplers()
{
    return {
        number(Type::Integer, "top_k", 0, {}, 40, "Only this many of the likeliest tokens are drawn from."),
        number(Type::Number, "min_p", 0, 1, 0.05, "Least probability of a token, relative to the likeliest one."),
        number(Type::Number, "typical_p", 0, 1, 0.7, "Locally typical sampling; 1 switches it off."),
        number(Type::Number, "tfs_z", 0, {}, 1, "Tail-free sampling; 1 switches it off. Older servers only."),
        number(Type::Number, "repeat_penalty", 0, {}, 1.1, "How strongly repetitions are penalised; 1: not at all."),
        number(Type::Integer, "repeat_last_n", -1, {}, 64,
            "How many tokens back repetitions count; 0: none, -1: the whole context."),
        switched("penalize_newline", false, "Repeated line ends are penalised too."),
        number(Type::Integer, "mirostat", 0, 2, 0, "Mirostat sampling: 0 off, 1 or 2 its version."),
        number(Type::Number, "mirostat_eta", 0, {}, 0.1, "Learning rate of Mirostat."),
        number(Type::Number, "mirostat_tau", 0, {}, 5, "Perplexity that Mirostat aims at."),
        number(Type::Integer, "num_predict", -2, {}, 256, "Most tokens of the answer; -1: no limit."),
        number(Type::Integer, "num_keep", -1, {}, 5, "Tokens of the prompt that stay when the context overflows."),
    };
}

std::vector<KnownExtra> runnerOptions()
{
    return {
        number(Type::Integer, "num_ctx", 1, {}, 8192, "Context length in tokens; loads the model anew when changed."),
        number(Type::Integer, "num_batch", 1, {}, 512, "Tokens of the prompt that are evaluated at once."),
        number(Type::Integer, "num_gpu", -1, {}, 99, "Layers on the GPU; 0: none, -1: as many as fit."),
        number(Type::Integer, "main_gpu", 0, {}, 0, "The GPU that small tensors are kept on."),
        number(Type::Integer, "num_thread", 0, {}, 8, "Threads of the CPU; 0: chosen by the server."),
        switched("use_mmap", true, "The model's file is mapped into memory instead of read."),
        switched("use_mlock", false, "The model is kept from being swapped out."),
        switched("low_vram", false, "Saves memory of the GPU. Older servers only."),
        switched("numa", false, "Optimises for machines with NUMA. Older servers only."),
    };
}

std::vector<KnownExtra> rootParameters()
{
    return {
        {.key = QStringLiteral("think"),
            .type = Type::Any,
            .description = translated("Whether the model thinks first: true, false, or a level."),
            .values = {QStringLiteral("low"), QStringLiteral("medium"), QStringLiteral("high"), QStringLiteral("max")},
            .example = true},
        {.key = QStringLiteral("keep_alive"),
            .type = Type::Any,
            .description = translated("How long the model stays in memory: \"5m\" or seconds; 0: unload, -1: always."),
            .example = QStringLiteral("5m")},
        switched("truncate", true, "What is too long is shortened instead of refused."),
        switched("shift", true, "The oldest tokens make room when the context is full, instead of an error."),
        {.key = QStringLiteral("options"),
            .type = Type::Object,
            .description = translated("Parameters of the model, merged with those that are set elsewhere."),
            .example = QJsonObject {{QStringLiteral("top_k"), 40}}},
        switched("raw", true, "Completion only: the prompt is used as it is, without the model's template."),
        {.key = QStringLiteral("system"),
            .type = Type::Text,
            .description = translated("Completion only: replaces the model's own system message."),
            .example = QStringLiteral("You are a mouse.")},
        {.key = QStringLiteral("template"),
            .type = Type::Text,
            .description = translated("Completion only: replaces the model's own prompt template."),
            .example = QStringLiteral("{{ .System }} {{ .Prompt }}")},
    };
}

} // namespace

std::vector<KnownExtra> knownExtras()
{
    std::vector<KnownExtra> all = rootParameters();
    for (const auto &group : {samplers(), runnerOptions()})
        all.insert(all.end(), group.begin(), group.end());
    return all;
}

QString placeOf(const QString &key)
{
    // Beside the known extras: options that have a field of their own in the common API, and options of old servers.
    static constexpr std::array names {QLatin1String("top_k"), QLatin1String("min_p"), QLatin1String("typical_p"),
        QLatin1String("tfs_z"), QLatin1String("repeat_penalty"), QLatin1String("repeat_last_n"),
        QLatin1String("penalize_newline"), QLatin1String("mirostat"), QLatin1String("mirostat_eta"),
        QLatin1String("mirostat_tau"), QLatin1String("num_predict"), QLatin1String("num_keep"),
        QLatin1String("num_ctx"), QLatin1String("num_batch"), QLatin1String("num_gpu"), QLatin1String("main_gpu"),
        QLatin1String("num_thread"), QLatin1String("use_mmap"), QLatin1String("use_mlock"), QLatin1String("low_vram"),
        QLatin1String("numa"), QLatin1String("temperature"), QLatin1String("top_p"), QLatin1String("seed"),
        QLatin1String("stop"), QLatin1String("presence_penalty"), QLatin1String("frequency_penalty"),
        QLatin1String("num_gqa"), QLatin1String("f16_kv"), QLatin1String("logits_all"), QLatin1String("vocab_only"),
        QLatin1String("rope_frequency_base"), QLatin1String("rope_frequency_scale")};
    const bool isOption = std::find(names.begin(), names.end(), key) != names.end();
    return isOption ? QString(u"options." % key) : QString();
}

} // namespace diptych::ollama
