// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/guidemodel.h"

#include "builtin/catalogue.h"
#include "builtin/guide/dictionary.h"
#include "builtin/guide/guideanswer.h"
#include "builtin/guide/guideindex.h"
#include "builtin/guide/promptschema.h"
#include "builtin/guide/schemafiller.h"
#include "builtin/guide/toolcaller.h"
#include "builtin/sampling.h"
#include "builtin/wordpieces.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("diptych::GuideModel", text);
}

/// One choice, cut into the pieces in which it is handed out.
struct PlannedChoice {
    QStringList pieces {}; // of the reasoning, then of the text or of the calls' arguments
    qsizetype reasoningPieces = 0;
    std::vector<ToolCall> calls {};
    std::vector<qsizetype> callSizes {}; // in pieces
    QString finishReason {};
    QString stopSequence {};
};

std::optional<Error> checkContent(const std::vector<Message> &messages)
{
    for (std::size_t i = 0; i < messages.size(); ++i) {
        for (std::size_t j = 0; j < messages[i].content.size(); ++j) {
            if (!std::holds_alternative<TextPart>(messages[i].content[j])) {
                return unsupportedParameter(QStringLiteral("messages[%1].content[%2]").arg(i).arg(j),
                    translated("This model reads text only, no pictures and no sound."));
            }
        }
    }
    return {};
}

/// How much is told of what was considered.
enum class Effort { None, Low, Medium, High };

std::optional<Effort> effortNamed(const QString &name)
{
    static const QHash<QString, Effort> efforts {{QStringLiteral("none"), Effort::None},
        {QStringLiteral("minimal"), Effort::Low}, {QStringLiteral("low"), Effort::Low},
        {QStringLiteral("medium"), Effort::Medium}, {QStringLiteral("high"), Effort::High},
        {QStringLiteral("xhigh"), Effort::High}, {QStringLiteral("max"), Effort::High}};
    const auto found = efforts.constFind(name);
    return found == efforts.cend() ? std::nullopt : std::optional(*found);
}

std::optional<Error> checkEffort(const ChatRequest &request, GuideModel::Style style)
{
    if (!request.reasoningEffort)
        return {};
    const auto effort = effortNamed(*request.reasoningEffort);
    if (style != GuideModel::Style::Reasoning && effort != Effort::None) {
        return unsupportedParameter(QStringLiteral("reasoning_effort"),
            translated("This model shows no reasoning. Ask guide-reasoning for it."));
    }
    if (!effort) {
        return invalidParameter(QStringLiteral("reasoning_effort"),
            translated("reasoning_effort is one of none, minimal, low, medium, high, xhigh, max."));
    }
    return {};
}

std::optional<Error> check(const ChatRequest &request)
{
    if (request.messages.empty())
        return invalidParameter(QStringLiteral("messages"), translated("There has to be at least one message."));
    if (const auto error = checkSampling(request.sampling))
        return error;
    if (request.maxCompletionTokens.value_or(0) < 0)
        return invalidParameter(
            QStringLiteral("max_completion_tokens"), translated("max_completion_tokens must not be negative."));
    if (const auto error = checkContent(request.messages))
        return error;
    if (request.logprobs.value_or(false) || request.topLogprobs.value_or(0) > 0) {
        return unsupportedParameter(
            request.logprobs.value_or(false) ? QStringLiteral("logprobs") : QStringLiteral("top_logprobs"),
            translated("This model looks answers up; its words have no probabilities. Ask babbler-5 for logprobs."));
    }
    if (request.modalities && request.modalities->contains(QLatin1String("audio")))
        return unsupportedParameter(
            QStringLiteral("modalities"), translated("This model answers in text, not in sound."));
    if (!request.extras.value(u"logit_bias").toObject().isEmpty())
        return unsupportedParameter(
            QStringLiteral("logit_bias"), translated("This model chooses no tokens that could be biased."));
    return checkTools(request);
}

Result<QString> jsonAnswer(const ChatRequest &request, const QString &question, const GuideAnswer &answer)
{
    const ResponseFormat &format = *request.responseFormat;
    const bool isFree = format.type == ResponseFormat::Type::JsonObject || format.schema.isEmpty();
    const QJsonObject schema = isFree ? schemaInPrompt(request.messages) : format.schema;
    SchemaFiller filler(
        schema, {.question = question, .answer = answer.plain, .source = answer.source, .fillOptional = true});
    const auto value = schema.isEmpty() ? Result<QJsonValue>(QJsonValue()) : filler.fill();
    if (schema.isEmpty() || (isFree && !value)) {
        const QJsonObject object {{QStringLiteral("answer"), answer.plain}, {QStringLiteral("source"), answer.source}};
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    if (!value)
        return Failure(unsupportedParameter(QStringLiteral("response_format"), value.error().message));
    // QJsonDocument writes arrays and objects only; a value of another kind is written as the item of an array.
    const QByteArray json = QJsonDocument(QJsonArray {*value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(json.mid(1, json.size() - 2));
}

PlannedChoice cut(const QString &text, const ChatRequest &request)
{
    PlannedChoice choice {.finishReason = QStringLiteral("stop")};
    const QStringList stops = request.sampling.stop.value_or(QStringList());
    const qsizetype stop = firstStop(text, stops);
    const auto isAtStop = [&](const QString &sequence) {
        return !sequence.isEmpty() && text.indexOf(sequence, stop) == stop;
    };
    const auto ending = stop < 0 ? stops.end() : std::find_if(stops.begin(), stops.end(), isAtStop);
    if (ending != stops.end())
        choice.stopSequence = *ending;
    choice.pieces = wordPieces(stop < 0 ? text : text.first(stop));
    return choice;
}

void limit(PlannedChoice &choice, const ChatRequest &request)
{
    const auto most = request.maxCompletionTokens ? request.maxCompletionTokens : request.sampling.maxTokens;
    if (!most || choice.pieces.size() <= *most)
        return;
    choice.pieces.resize(*most);
    choice.reasoningPieces = std::min<qsizetype>(choice.reasoningPieces, *most);
    choice.finishReason = QStringLiteral("length");
    choice.stopSequence.clear();
}

/// Puts what was considered before what was answered.
void precede(PlannedChoice &choice, QStringList reasoning, Effort effort)
{
    if (effort == Effort::None || reasoning.isEmpty())
        return;
    if (effort == Effort::Low)
        reasoning = reasoning.mid(reasoning.size() - 1);
    const QStringList pieces = wordPieces(reasoning.join(u'\n'));
    choice.reasoningPieces = pieces.size();
    choice.pieces = pieces + choice.pieces;
}

Result<PlannedChoice> planChoice(
    const GuideSources &sources, const ChatRequest &request, AnswerOptions options, Effort effort)
{
    options.candidates = effort == Effort::High ? 5 : 3;
    const QString question = lastQuestion(request.messages);
    const bool answersTool = request.messages.back().role == Role::Tool;
    const bool mayCall = !answersTool || (request.toolChoice && request.toolChoice->mode != ToolChoice::Mode::Auto);
    if (mayCall) {
        const auto calls = planToolCalls(request, question);
        if (!calls)
            return Failure(calls.error());
        if (!calls->empty()) {
            PlannedChoice choice {.calls = *calls, .finishReason = QStringLiteral("tool_calls")};
            for (const ToolCall &call : *calls) {
                const QStringList pieces = wordPieces(call.arguments);
                choice.pieces += pieces;
                choice.callSizes.push_back(pieces.size());
            }
            precede(choice, toolNotes(request, question, options.candidates), effort);
            limit(choice, request);
            return choice;
        }
    }
    const GuideAnswer answer = answerFromGuide(sources, request.messages, options);
    PlannedChoice choice;
    if (request.responseFormat && request.responseFormat->type != ResponseFormat::Type::Text) {
        const auto json = jsonAnswer(request, question, answer);
        if (!json)
            return Failure(json.error());
        choice = cut(*json, request);
    } else {
        choice = cut(answer.text, request);
    }
    precede(choice, answer.reasoning, effort);
    limit(choice, request);
    return choice;
}

qint64 promptTokens(const ChatRequest &request)
{
    qint64 count = 0;
    for (const Message &message : request.messages) {
        count += countWordPieces(message.text()) + 1; // one for the role
        for (const ToolCall &call : message.toolCalls)
            count += countWordPieces(call.name) + countWordPieces(call.arguments);
    }
    for (const Tool &tool : request.tools)
        count += countWordPieces(tool.name) + countWordPieces(tool.description);
    return count;
}

std::optional<Error> checkLength(qint64 prompt, const QString &model)
{
    const Result<BuiltinModel> known = findBuiltinModel(model);
    if (!known || known->contextLength == 0 || prompt <= known->contextLength)
        return {};
    Error error = invalidParameter(QStringLiteral("messages"),
        translated("This model reads at most %1 tokens; the messages have %2.").arg(known->contextLength).arg(prompt));
    error.providerCode = QStringLiteral("context_length_exceeded");
    return error;
}

/// Hands out the choices piece by piece, in turn.
class Turns
{
public:
    Turns(std::vector<PlannedChoice> choices, QString model, qint64 prompt, bool reasons)
        : m_choices(std::move(choices))
        , m_next(m_choices.size(), 0)
        , m_model(std::move(model))
    {
        qint64 answered = 0;
        qint64 reasoned = 0;
        for (const PlannedChoice &choice : m_choices) {
            answered += choice.pieces.size();
            reasoned += choice.reasoningPieces;
        }
        m_usage = {.promptTokens = prompt, .completionTokens = answered, .totalTokens = prompt + answered};
        if (reasons)
            m_usage.reasoningTokens = reasoned;
    }

    std::optional<ChatDelta> operator()()
    {
        if (m_ended == m_choices.size())
            return {};
        while (m_next[m_turn] > m_choices[m_turn].pieces.size())
            m_turn = (m_turn + 1) % m_choices.size();
        ChatDelta delta = piece(m_choices[m_turn], m_next[m_turn]++);
        delta.choice = static_cast<int>(m_turn);
        m_turn = (m_turn + 1) % m_choices.size();
        if (!delta.finishReason.isEmpty() && ++m_ended == m_choices.size())
            delta.usage = m_usage;
        if (!std::exchange(m_begun, true)) {
            delta.id = newResponseId(QLatin1String("chatcmpl-"));
            delta.model = m_model;
            delta.created = QDateTime::currentSecsSinceEpoch();
        }
        return delta;
    }

private:
    static ChatDelta piece(const PlannedChoice &choice, qsizetype index)
    {
        ChatDelta delta;
        const bool last = index == choice.pieces.size();
        if (last) {
            delta.finishReason = choice.finishReason;
            delta.stopSequence = choice.stopSequence;
        }
        if (!last && index < choice.reasoningPieces)
            delta.reasoning = choice.pieces[index];
        else if (!choice.calls.empty())
            delta.toolCalls = callPiece(choice, index - choice.reasoningPieces, last);
        else if (!last)
            delta.text = choice.pieces[index];
        return delta;
    }

    /// `at` counts the pieces of the calls only. A call of which nothing may be said is at least named.
    static std::vector<ToolCallDelta> callPiece(const PlannedChoice &choice, qsizetype at, bool last)
    {
        if (last && at > 0)
            return {};
        std::size_t number = 0;
        qsizetype start = 0;
        while (number + 1 < choice.calls.size() && at >= start + choice.callSizes[number])
            start += choice.callSizes[number++];
        ToolCallDelta delta {.index = static_cast<int>(number)};
        if (!last)
            delta.arguments = choice.pieces[choice.reasoningPieces + at];
        if (at == start) {
            delta.id = choice.calls[number].id;
            delta.name = choice.calls[number].name;
        }
        return {delta};
    }

    std::vector<PlannedChoice> m_choices;
    std::vector<qsizetype> m_next; // per choice; one past the pieces: its end was handed out
    std::size_t m_turn = 0;
    std::size_t m_ended = 0;
    bool m_begun = false;
    QString m_model;
    Usage m_usage;
};

} // namespace

/// What is loaded by the first question.
struct GuideModel::Data {
    GuideIndex index = GuideIndex::fromResources();
    Dictionary dictionary = Dictionary::fromResources();
};

GuideModel::GuideModel() = default;
GuideModel::~GuideModel() = default;

Result<PlannedAnswer<ChatDelta>> GuideModel::answer(const ChatRequest &request, Style style) const
{
    if (const auto error = check(request))
        return Failure(*error);
    if (const auto error = checkEffort(request, style))
        return Failure(*error);
    const qint64 prompt = promptTokens(request);
    if (const auto error = checkLength(prompt, request.model))
        return Failure(*error);
    const bool reasons = style == Style::Reasoning;
    const Effort effort =
        reasons ? effortNamed(request.reasoningEffort.value_or(QString())).value_or(Effort::Medium) : Effort::None;
    if (!m_data)
        m_data = std::make_unique<const Data>();
    const GuideSources sources {m_data->index, m_data->dictionary};
    std::vector<PlannedChoice> choices;
    for (int rank = 0; rank < request.sampling.n.value_or(1); ++rank) {
        auto choice = planChoice(sources, request, {.brief = style == Style::Brief, .rank = rank}, effort);
        if (!choice)
            return Failure(choice.error());
        choices.push_back(std::move(*choice));
    }
    return PlannedAnswer<ChatDelta> {.next = Turns(std::move(choices), request.model, prompt, reasons)};
}

} // namespace diptych
