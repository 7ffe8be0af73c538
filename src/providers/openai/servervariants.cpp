// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/openai/servervariants.h"

#include "providers/openai/openaiextras.h"

#include <QCoreApplication>

namespace diptych::openai {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::KnownExtras", text);
}

KnownExtra topK()
{
    return integerExtra("top_k", translated("How many of the likeliest tokens are considered; 0: all."), 40, 0);
}

KnownExtra minP()
{
    return numberExtra(
        "min_p", translated("The least probability, as a part of that of the likeliest token."), 0.05, 0, 1);
}

KnownExtra templateArguments()
{
    return jsonExtra(
        "chat_template_kwargs", translated("Arguments for the chat template."), R"({"enable_thinking":false})");
}

/// Source: llama.cpp, tools/server/README.md, POST /completion; all of it is taken by the OpenAI routes too.
std::vector<KnownExtra> llamaCppSamplers()
{
    return {
        topK(),
        minP(),
        numberExtra("typical_p", translated("Locally typical sampling; 1: off."), 1, 0, 1),
        numberExtra("top_n_sigma", translated("Keeps logits within so many standard deviations; -1: off."), -1),
        numberExtra("dynatemp_range", translated("How far the temperature varies; 0: not at all."), 0, 0),
        numberExtra("dynatemp_exponent", translated("How entropy turns into temperature."), 1),
        numberExtra("repeat_penalty", translated("Makes repeated tokens less likely; 1: off."), 1.1, 0),
        integerExtra(
            "repeat_last_n", translated("Tokens looked back for repetition; 0: off, -1: the whole context."), 64, -1),
        numberExtra("xtc_probability", translated("How often the likeliest tokens are taken out; 0: off."), 0, 0, 1),
        numberExtra("xtc_threshold", translated("From which probability tokens are taken out."), 0.1, 0, 1),
        numberExtra("dry_multiplier", translated("Strength of the penalty on repeated sequences; 0: off."), 0, 0),
        numberExtra("dry_base", translated("Base of the penalty on repeated sequences."), 1.75, 0),
        integerExtra("dry_allowed_length", translated("Length of repetition that is free, in tokens."), 2, 0),
        integerExtra("dry_penalty_last_n", translated("Tokens looked back; 0: off, -1: the whole context."), -1, -1),
        jsonExtra("dry_sequence_breakers", translated("Texts that end a repetition."), R"(["\n",":"])"),
        integerExtra("mirostat", translated("Keeps perplexity level: 0 off, 1 Mirostat, 2 Mirostat 2.0."), 0, 0),
        numberExtra("mirostat_tau", translated("Target entropy of Mirostat."), 5, 0),
        numberExtra("mirostat_eta", translated("Learning rate of Mirostat."), 0.1, 0),
        jsonExtra("samplers", translated("The samplers and their order."),
            R"(["dry","top_k","top_p","min_p","temperature"])"),
    };
}

std::vector<KnownExtra> llamaCppExtras()
{
    std::vector<KnownExtra> extras = llamaCppSamplers();
    const std::vector<KnownExtra> others {
        textExtra("grammar", translated("A GBNF grammar that the answer follows."), "root ::= \"yes\" | \"no\""),
        jsonExtra("json_schema", translated("A JSON schema that the answer follows."), R"({"type":"object"})"),
        integerExtra("n_probs", translated("Probabilities of so many tokens with each token."), 0, 0),
        integerExtra("min_keep", translated("Samplers leave at least so many tokens."), 0, 0),
        integerExtra("n_keep", translated("Tokens kept when the context is shifted; -1: all."), 0, -1),
        booleanExtra("cache_prompt", translated("Uses what is known of the same beginning of the prompt.")),
        integerExtra("id_slot", translated("The slot that does the work; -1: a free one."), -1, -1),
        booleanExtra("ignore_eos", translated("Goes on when the model would end.")),
        booleanExtra("timings_per_token", translated("Times with every piece of a stream.")),
        integerExtra("t_max_predict_ms", translated("Milliseconds after which the answer ends; 0: no limit."), 0, 0),
        wordExtra("reasoning_format", translated("Where thoughts go."),
            {QStringLiteral("auto"), QStringLiteral("deepseek"), QStringLiteral("none")}),
        jsonExtra("lora", translated("Strength of the adapters, by id."), R"([{"id":0,"scale":0.5}])"),
        templateArguments(),
    };
    extras.insert(extras.end(), others.begin(), others.end());
    return extras;
}

/// Source: vLLM, ChatCompletionRequest; guided_* became structured_outputs in 2025.
std::vector<KnownExtra> vllmExtras()
{
    return {
        topK(),
        minP(),
        numberExtra("repetition_penalty", translated("Makes repeated tokens less likely; 1: off."), 1.1, 0),
        numberExtra("length_penalty", translated("Favours long or short beams."), 1),
        booleanExtra("use_beam_search", translated("Searches with beams instead of sampling.")),
        integerExtra("min_tokens", translated("The least number of tokens."), 0, 0),
        jsonExtra("stop_token_ids", translated("Tokens that end the answer."), "[2]"),
        jsonExtra("bad_words", translated("Texts that may not come."), R"([""])"),
        jsonExtra("allowed_token_ids", translated("The only tokens that may come."), "[]"),
        booleanExtra("ignore_eos", translated("Goes on when the model would end.")),
        booleanExtra("skip_special_tokens", translated("Leaves special tokens out of the text.")),
        booleanExtra("include_stop_str_in_output", translated("Keeps the stop text in the answer.")),
        integerExtra("truncate_prompt_tokens", translated("Keeps only so many last tokens of the prompt."), 1024, 1),
        integerExtra("prompt_logprobs", translated("Probabilities of the prompt's tokens too."), 1, 0),
        booleanExtra("add_generation_prompt", translated("Lets the template open the answer.")),
        booleanExtra("continue_final_message", translated("Continues the last message instead of answering it.")),
        jsonExtra("structured_outputs", translated("What the answer has to follow: json, regex, choice or grammar."),
            R"({"choice":["yes","no"]})"),
        jsonExtra(
            "guided_json", translated("A JSON schema that the answer follows; older servers."), R"({"type":"object"})"),
        textExtra("guided_regex", translated("A pattern that the answer follows; older servers."), "[0-9]+"),
        jsonExtra("guided_choice", translated("The only possible answers; older servers."), R"(["yes","no"])"),
        textExtra("guided_grammar", translated("A grammar that the answer follows; older servers."), ""),
        booleanExtra("include_reasoning", translated("Whether thoughts are sent.")),
        integerExtra("priority", translated("Lower is served earlier, where the server orders requests."), 0),
        textExtra("cache_salt", translated("Keeps cached prompts apart."), ""),
        templateArguments(),
    };
}

/// Source: LM Studio, OpenAI compatibility, idle TTL and speculative decoding.
std::vector<KnownExtra> lmStudioExtras()
{
    return {
        topK(),
        minP(),
        numberExtra("repeat_penalty", translated("Makes repeated tokens less likely; 1: off."), 1.1, 0),
        integerExtra("ttl", translated("Seconds without requests after which the model is unloaded."), 300, 1),
        textExtra("draft_model", translated("A small model that drafts for the large one."), ""),
    };
}

/// Source: Mistral API, ChatCompletionRequest and EmbeddingRequest.
std::vector<KnownExtra> mistralExtras()
{
    return {
        booleanExtra("safe_prompt", translated("Puts Mistral's safety instructions in front.")),
        integerExtra("random_seed", translated("The seed, by Mistral's name; the request's seed is sent so."), 1, 0),
        wordExtra("prompt_mode", translated("Lets Magistral models think."), {QStringLiteral("reasoning")}),
        jsonExtra("prediction", translated("Text that the answer will probably repeat."),
            R"({"type":"content","content":""})"),
        jsonExtra("metadata", translated("Texts by name, kept with the request."), R"({"key":"value"})"),
        textExtra("prompt_cache_key", translated("Requests with the same key share cached prompts."), ""),
        jsonExtra("guardrails", translated("Checks of the request and of the answer."), "[]"),
        integerExtra(
            "output_dimension", translated("Dimensions of embeddings; the request's dimensions are sent so."), 256, 1),
        wordExtra("output_dtype", translated("Numbers of embeddings; the request's format is sent so."),
            {QStringLiteral("float"), QStringLiteral("int8"), QStringLiteral("uint8"), QStringLiteral("binary"),
                QStringLiteral("ubinary")}),
    };
}

/// Source: Groq API reference, create chat completion.
std::vector<KnownExtra> groqExtras()
{
    return {
        wordExtra("reasoning_format", translated("Where thoughts go."),
            {QStringLiteral("parsed"), QStringLiteral("raw"), QStringLiteral("hidden")}),
        booleanExtra("include_reasoning", translated("Whether thoughts are sent.")),
        wordExtra("service_tier", translated("How urgently the request is served."),
            {QStringLiteral("auto"), QStringLiteral("on_demand"), QStringLiteral("flex"),
                QStringLiteral("performance")}),
        jsonExtra("documents", translated("Documents that the answer may use."), "[]"),
        wordExtra("citation_options", translated("Whether the answer names its sources."),
            {QStringLiteral("enabled"), QStringLiteral("disabled")}),
        jsonExtra("compound_custom", translated("Models and tools of Compound systems."), "{}"),
        booleanExtra("disable_tool_validation", translated("Lets calls of unknown tools through.")),
    };
}

/// Source: OpenRouter API reference, request schema.
std::vector<KnownExtra> openRouterExtras()
{
    return {
        topK(),
        minP(),
        numberExtra(
            "top_a", translated("The least probability, by the square of that of the likeliest token."), 0, 0, 1),
        numberExtra("repetition_penalty", translated("Makes repeated tokens less likely; 1: off."), 1, 0, 2),
        jsonExtra("models", translated("Models to be tried one after the other."), "[]"),
        jsonExtra("provider", translated("Which providers serve the request, and in which order."),
            R"({"order":[],"require_parameters":true})"),
        jsonExtra(
            "reasoning", translated("How much the model thinks, and whether it shows it."), R"({"effort":"low"})"),
        jsonExtra("transforms", translated("What is done with prompts that are too long."), R"(["middle-out"])"),
        jsonExtra("plugins", translated("Additions such as web search."), R"([{"id":"web"}])"),
    };
}

/// Source: DeepSeek API, thinking mode.
std::vector<KnownExtra> deepSeekExtras()
{
    return {
        jsonExtra("thinking", translated("Whether the model thinks first."), R"({"type":"enabled"})"),
    };
}

} // namespace

std::vector<ServerVariant> serverVariants()
{
    return {
        {.name = QStringLiteral("llamacpp"),
            .displayName = QStringLiteral("llama.cpp"),
            .localPort = 8080,
            .ownedBy = {QStringLiteral("llamacpp")},
            .extras = llamaCppExtras()},
        {.name = vllmVariant,
            .displayName = QStringLiteral("vLLM"),
            .localPort = 8000,
            .ownedBy = {QStringLiteral("vllm")},
            .extras = vllmExtras()},
        {.name = lmStudioVariant,
            .displayName = QStringLiteral("LM Studio"),
            .localPort = 1234,
            .ownedBy = {QStringLiteral("organization_owner")},
            .extras = lmStudioExtras()},
        {.name = mistralVariant,
            .displayName = QStringLiteral("Mistral"),
            .hosts = {QStringLiteral("api.mistral.ai"), QStringLiteral("codestral.mistral.ai")},
            .ownedBy = {QStringLiteral("mistralai")},
            .extras = mistralExtras()},
        {.name = QStringLiteral("groq"),
            .displayName = QStringLiteral("Groq"),
            .hosts = {QStringLiteral("api.groq.com")},
            .extras = groqExtras()},
        {.name = QStringLiteral("openrouter"),
            .displayName = QStringLiteral("OpenRouter"),
            .hosts = {QStringLiteral("openrouter.ai")},
            .extras = openRouterExtras()},
        {.name = QStringLiteral("deepseek"),
            .displayName = QStringLiteral("DeepSeek"),
            .hosts = {QStringLiteral("api.deepseek.com")},
            .ownedBy = {QStringLiteral("deepseek")},
            .extras = deepSeekExtras()},
    };
}

} // namespace diptych::openai
