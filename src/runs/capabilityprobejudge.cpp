// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/capabilityprobejudge.h"

#include "api/capabilitybook.h"
#include "api/learningprovider.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

using State = CapabilityState::State;

struct Verdict {
    State state = State::Unknown;
    QString evidence {};
};

QString text(const char *sourceText)
{
    return QCoreApplication::translate("diptych::CapabilityProbe", sourceText);
}

Verdict supported(const QString &evidence)
{
    return {State::Supported, evidence};
}

Verdict unclear(const QString &evidence)
{
    return {State::Unknown, evidence};
}

QString quoted(const QString &answer)
{
    constexpr int longest = 60;
    const QString line = answer.simplified();
    return line.size() > longest ? QStringLiteral("“%1…”").arg(line.left(longest)) : QStringLiteral("“%1”").arg(line);
}

const ChatResponse &chatOf(const ProbeAnswer &answer)
{
    static const ChatResponse none;
    const auto *chat = std::get_if<ChatResponse>(&answer.response);
    return chat ? *chat : none;
}

const EmbeddingResponse &embeddingOf(const ProbeAnswer &answer)
{
    static const EmbeddingResponse none;
    const auto *embedding = std::get_if<EmbeddingResponse>(&answer.response);
    return embedding ? *embedding : none;
}

const ChatChoice &choiceOf(const ProbeAnswer &answer)
{
    static const ChatChoice none;
    const ChatResponse &chat = chatOf(answer);
    return chat.choices.empty() ? none : chat.choices.front();
}

bool endedByLength(const ProbeAnswer &answer)
{
    return choiceOf(answer).finishReason == QLatin1String("length");
}

/// A thinking model may use up the few tokens before it says anything.
Verdict silent(const ProbeAnswer &answer)
{
    return unclear(endedByLength(answer)
            ? text("It used up the few tokens it was given before it said anything; a thinking model does.")
            : text("The answer was empty."));
}

Verdict judgeInfo(const std::vector<ProbeAnswer> &answers)
{
    const QString &route = answers.front().route;
    return supported(route.isEmpty() ? text("Answered.") : text("Answered by %1.").arg(route));
}

Verdict judgeChat(const std::vector<ProbeAnswer> &answers)
{
    const QString said = chatOf(answers.front()).text();
    const QString thought = choiceOf(answers.front()).message.reasoning;
    if (said.isEmpty())
        return thought.isEmpty() ? silent(answers.front()) : supported(text("It thought %1").arg(quoted(thought)));
    return supported(text("It answered %1").arg(quoted(said)));
}

Verdict judgeMaxTokens(const std::vector<ProbeAnswer> &answers)
{
    const auto usage = chatOf(answers.front()).usage;
    if (usage && usage->completionTokens && *usage->completionTokens > 2)
        return unclear(text("Taken, but %1 tokens came although 2 were the limit.").arg(*usage->completionTokens));
    if (endedByLength(answers.front()))
        return supported(text("The answer ended with “length”."));
    return unclear(text("Answered; nothing tells that the limit was kept."));
}

Verdict judgeStreaming(const std::vector<ProbeAnswer> &answers)
{
    const int pieces = answers.front().pieces;
    if (pieces > 1)
        return supported(text("The answer came in %1 pieces.").arg(pieces));
    return pieces == 1 ? unclear(text("The whole answer came in one piece.")) : silent(answers.front());
}

Verdict judgeStreamUsage(const std::vector<ProbeAnswer> &answers)
{
    const auto usage = chatOf(answers.front()).usage;
    if (usage && usage->completionTokens && usage->source == Usage::Source::Provider)
        return supported(text("The stream counted %1 tokens.").arg(*usage->completionTokens));
    return unclear(text("The stream ended without token counts."));
}

Verdict judgeSystem(const std::vector<ProbeAnswer> &answers)
{
    const QString said = chatOf(answers.front()).text();
    if (said.contains(QLatin1String("pineapple"), Qt::CaseInsensitive))
        return supported(text("It did as the system message says."));
    return said.isEmpty() ? silent(answers.front())
                          : unclear(text("Taken, but it did not do as told: %1").arg(quoted(said)));
}

Verdict judgeStop(const std::vector<ProbeAnswer> &answers)
{
    const QString said = chatOf(answers.front()).text();
    if (said.isEmpty())
        return silent(answers.front());
    if (said.contains(u'6'))
        return unclear(text("Taken, but the text went on past the stop sequence: %1").arg(quoted(said)));
    if (said.contains(u'4'))
        return supported(text("The text ended before the stop sequence: %1").arg(quoted(said)));
    return unclear(text("It did not write what it was asked for: %1").arg(quoted(said)));
}

Verdict judgeSeed(const std::vector<ProbeAnswer> &answers)
{
    if (answers.size() < 3)
        return unclear(text("Answered."));
    const QString first = chatOf(answers[0]).text();
    const QString second = chatOf(answers[1]).text();
    if (first.isEmpty())
        return silent(answers.front());
    if (first == second && first == chatOf(answers[2]).text())
        return unclear(text("Taken, but the same text came with every seed: %1").arg(quoted(first)));
    if (first == second)
        return supported(text("One seed gave the same text twice, another seed another text: %1").arg(quoted(first)));
    return unclear(text("Taken, but the same seed gave two texts: %1 and %2").arg(quoted(first), quoted(second)));
}

Verdict judgeLogprobs(const std::vector<ProbeAnswer> &answers)
{
    const auto &logprobs = choiceOf(answers.front()).logprobs;
    if (logprobs.empty())
        return unclear(text("Taken, but the answer had no token probabilities."));
    return supported(text("Probabilities of %1 tokens arrived.").arg(logprobs.size()));
}

Verdict judgeTools(const std::vector<ProbeAnswer> &answers)
{
    const auto &calls = choiceOf(answers.front()).message.toolCalls;
    if (calls.empty())
        return unclear(text("It answered without a call: %1").arg(quoted(chatOf(answers.front()).text())));
    const ToolCall &call = calls.front();
    if (!QJsonDocument::fromJson(call.arguments.toUtf8()).isObject())
        return unclear(
            text("A call of %1 arrived, but its arguments are not JSON: %2").arg(call.name, quoted(call.arguments)));
    return supported(text("Tool call %1 %2 arrived.").arg(call.name, call.arguments.simplified().left(80)));
}

Verdict judgeToolChoice(const std::vector<ProbeAnswer> &answers)
{
    const auto &calls = choiceOf(answers.front()).message.toolCalls;
    if (calls.empty())
        return unclear(text("Taken, but it answered without the call that was required."));
    return supported(text("Tool call %1 arrived because one was required.").arg(calls.front().name));
}

Verdict judgeParallelTools(const std::vector<ProbeAnswer> &answers)
{
    const auto count = choiceOf(answers.front()).message.toolCalls.size();
    if (count > 1)
        return supported(text("%1 calls arrived in one answer.").arg(count));
    return unclear(count == 1 ? text("Taken, but only one call arrived.") : text("It answered without a call."));
}

std::optional<QJsonObject> objectIn(const ProbeAnswer &answer)
{
    const QJsonDocument document = QJsonDocument::fromJson(chatOf(answer).text().toUtf8());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

Verdict judgeJsonObject(const std::vector<ProbeAnswer> &answers)
{
    if (chatOf(answers.front()).text().isEmpty())
        return silent(answers.front());
    if (objectIn(answers.front()))
        return supported(text("The answer is a JSON object."));
    return unclear(endedByLength(answers.front())
            ? text("The answer was cut off before it could become JSON.")
            : text("Taken, but the answer is not JSON: %1").arg(quoted(chatOf(answers.front()).text())));
}

Verdict judgeJsonSchema(const std::vector<ProbeAnswer> &answers)
{
    const auto object = objectIn(answers.front());
    if (!object)
        return judgeJsonObject(answers);
    const QString shade = object->value(QLatin1String("shade_code")).toString();
    const QJsonValue grams = object->value(QLatin1String("grams"));
    const bool fits = object->size() == 2 && (shade == QLatin1String("K7") || shade == QLatin1String("Q2"))
        && grams.isDouble() && static_cast<double>(grams.toInteger()) == grams.toDouble();
    if (fits)
        return supported(text("The answer is valid JSON for the schema."));
    return unclear(
        text("Taken, but the answer does not follow the schema: %1").arg(quoted(chatOf(answers.front()).text())));
}

Verdict judgeImages(const std::vector<ProbeAnswer> &answers)
{
    const QString said = chatOf(answers.front()).text();
    if (said.isEmpty())
        return silent(answers.front());
    if (said.contains(QLatin1String("red"), Qt::CaseInsensitive))
        return supported(text("It saw that the picture is red."));
    return unclear(text("Taken, but it did not see that the picture is red: %1").arg(quoted(said)));
}

Verdict judgeAudio(const std::vector<ProbeAnswer> &answers)
{
    const auto usage = chatOf(answers.front()).usage;
    if (usage && usage->audioTokens.value_or(0) > 0)
        return supported(text("%1 audio tokens were counted.").arg(*usage->audioTokens));
    const QString said = chatOf(answers.front()).text();
    if (said.contains(QLatin1String("tone"), Qt::CaseInsensitive))
        return supported(text("It heard a tone."));
    return unclear(text("Answered; nothing tells that it listened: %1").arg(quoted(said)));
}

Verdict judgeCompletion(const std::vector<ProbeAnswer> &answers)
{
    const auto *completion = std::get_if<CompletionResponse>(&answers.front().response);
    if (!completion || completion->text().isEmpty())
        return unclear(text("The answer was empty."));
    return supported(text("It went on with %1").arg(quoted(completion->text())));
}

Verdict judgeEmbeddings(const std::vector<ProbeAnswer> &answers)
{
    const EmbeddingResponse &answer = embeddingOf(answers.front());
    return answer.count() > 0 ? supported(text("%1 dimensions arrived.").arg(answer.dimensions))
                              : unclear(text("The answer had no numbers in it."));
}

Verdict judgeDimensions(const Probe &probe, const std::vector<ProbeAnswer> &answers)
{
    const int asked = std::get<EmbeddingRequest>(probe.calls.back()).dimensions.value_or(0);
    const int got = embeddingOf(answers.back()).dimensions;
    if (embeddingOf(answers.front()).dimensions == asked)
        return unclear(text("Taken, but it gives %1 dimensions anyway.").arg(asked));
    return got == asked ? supported(text("%1 dimensions arrived, as asked.").arg(got))
                        : unclear(text("Taken, but %1 dimensions arrived instead of %2.").arg(got).arg(asked));
}

Verdict judgeFormat(const Probe &probe, const std::vector<ProbeAnswer> &answers)
{
    const EncodingFormat asked =
        std::get<EmbeddingRequest>(probe.calls.front()).encodingFormat.value_or(EncodingFormat::Float);
    const EncodingFormat got = embeddingOf(answers.front()).format;
    return got == asked ? supported(text("The numbers came as %1.").arg(encodingFormatName(got)))
                        : unclear(text("Taken, but the numbers came as %1.").arg(encodingFormatName(got)));
}

Verdict judgeInputType(const std::vector<ProbeAnswer> &answers)
{
    // Servers compute with some noise; what an input type changes is far larger.
    constexpr float noise = 1e-3F;
    const EmbeddingResponse &query = embeddingOf(answers.front());
    const EmbeddingResponse &document = embeddingOf(answers.back());
    if (query.values.empty() || query.values.size() != document.values.size())
        return unclear(text("The two answers can not be compared."));
    float difference = 0;
    for (std::size_t i = 0; i < query.values.size(); ++i)
        difference = std::max(difference, std::abs(query.values[i] - document.values[i]));
    return difference > noise ? supported(text("A query and a document got different numbers."))
                              : unclear(text("Taken, but it made no difference."));
}

using SimpleJudge = Verdict (*)(const std::vector<ProbeAnswer> &);

Verdict verdictOf(const Probe &probe, const std::vector<ProbeAnswer> &answers)
{
    static const QHash<QString, SimpleJudge> judges {{QStringLiteral("info"), judgeInfo},
        {QStringLiteral("chat"), judgeChat}, {QStringLiteral("max_tokens"), judgeMaxTokens},
        {QStringLiteral("streaming"), judgeStreaming}, {QStringLiteral("system_role"), judgeSystem},
        {QStringLiteral("stop"), judgeStop}, {QStringLiteral("seed"), judgeSeed},
        {QStringLiteral("logprobs"), judgeLogprobs}, {QStringLiteral("tools"), judgeTools},
        {QStringLiteral("tool_choice"), judgeToolChoice}, {QStringLiteral("parallel_tool_calls"), judgeParallelTools},
        {QStringLiteral("json_object"), judgeJsonObject}, {QStringLiteral("json_schema"), judgeJsonSchema},
        {QStringLiteral("images"), judgeImages}, {QStringLiteral("audio"), judgeAudio},
        {QStringLiteral("completion"), judgeCompletion}, {QStringLiteral("text_embeddings"), judgeEmbeddings},
        {QStringLiteral("image_embeddings"), judgeEmbeddings}, {QStringLiteral("input_type"), judgeInputType}};
    if (probe.ability == QLatin1String("dimensions"))
        return judgeDimensions(probe, answers);
    if (probe.ability.startsWith(QLatin1String("encoding_format.")))
        return judgeFormat(probe, answers);
    const SimpleJudge simple = judges.value(probe.ability);
    return simple ? simple(answers) : unclear(text("Answered."));
}

/// True for "messages[0].content[1].image_url" when asked about "messages".
bool isPartOf(const QString &path, const QString &field)
{
    if (!path.startsWith(field))
        return false;
    return path.size() == field.size() || path[field.size()] == u'.' || path[field.size()] == u'[';
}

const Change *leftOut(const Probe &probe, const std::vector<ProbeAnswer> &answers)
{
    if (probe.field.isEmpty())
        return nullptr;
    for (const ProbeAnswer &answer : answers) {
        const auto found =
            std::find_if(answer.changeLog.begin(), answer.changeLog.end(), [&probe](const Change &change) {
                return change.kind == Change::Kind::Dropped && isPartOf(change.field, probe.field);
            });
        if (found != answer.changeLog.end())
            return &*found;
    }
    return nullptr;
}

ProbeFinding findingOf(const QString &ability, const Verdict &verdict)
{
    return {ability, {.state = verdict.state, .evidence = verdict.evidence, .source = CapabilityState::Source::Probed}};
}

} // namespace

std::vector<ProbeFinding> judge(const Probe &probe, const std::vector<ProbeAnswer> &answers)
{
    if (answers.empty())
        return {findingOf(probe.ability, unclear(text("Not asked.")))};
    if (const Change *change = leftOut(probe, answers))
        return {findingOf(probe.ability, {State::Refused, text("Not sent by the adapter: %1").arg(change->reason)})};
    std::vector<ProbeFinding> findings {findingOf(probe.ability, verdictOf(probe, answers))};
    if (probe.ability == QLatin1String("streaming"))
        findings.push_back(findingOf(QStringLiteral("stream_usage"), judgeStreamUsage(answers)));
    // Not asked about; that it does not think about a greeting says nothing.
    if (probe.ability == QLatin1String("chat") && !choiceOf(answers.front()).message.reasoning.isEmpty())
        findings.push_back(findingOf(QStringLiteral("thinking"), supported(text("It thought before it answered."))));
    return findings;
}

ProbeFinding judge(const Probe &probe, const Error &error, bool isBaseProven)
{
    const bool isOurs = error.httpStatus == 0 && error.kind == Error::Kind::Unsupported;
    if (isOurs)
        return findingOf(probe.ability, {State::Refused, text("Not sent by the adapter: %1").arg(error.message)});
    const bool isRefusal = error.kind == Error::Kind::Unsupported || (probe.base.isEmpty() && isRouteRefusal(error))
        || (isBaseProven && (error.httpStatus == 400 || error.httpStatus == 422));
    CapabilityState state = refusalOf(error, CapabilityState::Source::Probed);
    state.seenAt = {};
    if (!isRefusal)
        state.state = State::Unknown;
    return {probe.ability, state};
}

} // namespace diptych
