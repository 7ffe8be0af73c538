// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "builtin/guide/guidemodel.h"

#include "builtin/catalogue.h"
#include "builtin/guide/guideanswer.h"
#include "builtin/guide/guideindex.h"
#include "builtin/guide/schemafiller.h"
#include "builtin/guide/toolcaller.h"
#include "builtin/sampling.h"
#include "builtin/wordpieces.h"

#include <QCoreApplication>
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
    QStringList pieces {}; // of the text, or of the call's arguments
    std::optional<ToolCall> call {};
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

Result<QString> jsonAnswer(const ResponseFormat &format, const QString &question, const GuideAnswer &answer)
{
    if (format.type == ResponseFormat::Type::JsonObject || format.schema.isEmpty()) {
        const QJsonObject object {{QStringLiteral("answer"), answer.plain}, {QStringLiteral("source"), answer.source}};
        return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
    }
    SchemaFiller filler(
        format.schema, {.question = question, .answer = answer.plain, .source = answer.source, .fillOptional = true});
    const auto value = filler.fill();
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
    choice.finishReason = QStringLiteral("length");
    choice.stopSequence.clear();
}

Result<PlannedChoice> planChoice(const GuideIndex &index, const ChatRequest &request, bool brief, int rank)
{
    const QString question = lastQuestion(request.messages);
    const bool answersTool = request.messages.back().role == Role::Tool;
    const bool mayCall = !answersTool || (request.toolChoice && request.toolChoice->mode != ToolChoice::Mode::Auto);
    if (mayCall) {
        const auto call = planToolCall(request, question);
        if (!call)
            return Failure(call.error());
        if (*call) {
            PlannedChoice choice {
                .pieces = wordPieces((*call)->arguments), .call = **call, .finishReason = QStringLiteral("tool_calls")};
            limit(choice, request);
            return choice;
        }
    }
    const GuideAnswer answer = answerFromGuide(index, request.messages, brief, rank);
    PlannedChoice choice;
    if (request.responseFormat && request.responseFormat->type != ResponseFormat::Type::Text) {
        const auto json = jsonAnswer(*request.responseFormat, question, answer);
        if (!json)
            return Failure(json.error());
        choice = cut(*json, request);
    } else {
        choice = cut(answer.text, request);
    }
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

/// Hands out the choices piece by piece, in turn.
class Turns
{
public:
    Turns(std::vector<PlannedChoice> choices, QString model, qint64 prompt)
        : m_choices(std::move(choices))
        , m_next(m_choices.size(), 0)
        , m_model(std::move(model))
    {
        qint64 answered = 0;
        for (const PlannedChoice &choice : m_choices)
            answered += choice.pieces.size();
        m_usage = {.promptTokens = prompt, .completionTokens = answered, .totalTokens = prompt + answered};
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
        if (choice.call && (index == 0 || !last)) {
            ToolCallDelta call {.arguments = last ? QString() : choice.pieces[index]};
            if (index == 0) {
                call.id = choice.call->id;
                call.name = choice.call->name;
            }
            delta.toolCalls = {call};
        } else if (!last) {
            delta.text = choice.pieces[index];
        }
        return delta;
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

GuideModel::GuideModel() = default;
GuideModel::~GuideModel() = default;

Result<PlannedAnswer<ChatDelta>> GuideModel::answer(const ChatRequest &request, bool brief) const
{
    if (const auto error = check(request))
        return Failure(*error);
    if (!m_index)
        m_index = std::make_unique<const GuideIndex>(GuideIndex::fromResources());
    std::vector<PlannedChoice> choices;
    for (int rank = 0; rank < request.sampling.n.value_or(1); ++rank) {
        auto choice = planChoice(*m_index, request, brief, rank);
        if (!choice)
            return Failure(choice.error());
        choices.push_back(std::move(*choice));
    }
    return PlannedAnswer<ChatDelta> {.next = Turns(std::move(choices), request.model, promptTokens(request))};
}

} // namespace diptych
