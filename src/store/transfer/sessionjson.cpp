// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/sessionjson.h"

#include "api/replayfile.h"
#include "store/sessioncodec.h"
#include "store/storedjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace diptych {

namespace {

constexpr int formatVersion = 1;

Failure invalid(const char *text)
{
    return Failure(
        {.kind = Error::Kind::InvalidRequest, .message = QCoreApplication::translate("diptych::SessionImport", text)});
}

QJsonObject objectFrom(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray bytesOf(const QJsonValue &value)
{
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeFrom(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC();
}

void putModel(QJsonObject &object, const QString &prefix, const ModelRef &model)
{
    stored::put(object, QString(prefix + QStringLiteral("EndpointId")), model.endpointId);
    stored::put(object, QString(prefix + QStringLiteral("Model")), model.model);
}

ModelRef modelFrom(const QJsonObject &object, const QString &prefix)
{
    return {.endpointId = object[QString(prefix + QStringLiteral("EndpointId"))].toString(),
        .model = object[QString(prefix + QStringLiteral("Model"))].toString()};
}

QJsonObject encodeRecording(const Recording &recording)
{
    QJsonArray steps;
    for (const Recording::Step &step : recording.steps)
        steps.append(QJsonArray {qint64(step.at.count()), step.text, step.reasoning});
    QJsonObject object {{QStringLiteral("steps"), steps}};
    if (recording.exchange != Exchange())
        object[QStringLiteral("exchange")] = objectFrom(toReplayFile({.attempts = {recording.exchange}}));
    return object;
}

Recording decodeRecording(const QJsonObject &object)
{
    Recording recording;
    const QJsonArray steps = object[QStringLiteral("steps")].toArray();
    for (const QJsonValue &value : steps) {
        const QJsonArray step = value.toArray();
        recording.steps.push_back({.at = std::chrono::microseconds(std::max(qint64(0), step.at(0).toInteger())),
            .text = std::max(0, step.at(1).toInt()),
            .reasoning = std::max(0, step.at(2).toInt())});
    }
    if (object[QStringLiteral("exchange")].isObject()) {
        if (const Result<RecordedExchange> read = fromReplayFile(bytesOf(object[QStringLiteral("exchange")])))
            recording.exchange = read->attempts.back();
    }
    return recording;
}

QJsonObject encodeAnswer(const Answer &answer, const SessionBundle &bundle)
{
    QJsonObject object {{QStringLiteral("id"), answer.id}, {QStringLiteral("paneId"), answer.paneId},
        {QStringLiteral("state"), answerStateName(answer.state)},
        {QStringLiteral("message"), objectFrom(encodeMessage(answer.message))},
        {QStringLiteral("metrics"), objectFrom(encodeMetrics(answer.metrics))},
        {QStringLiteral("extra"), objectFrom(encodeAnswerExtra(answer))}};
    putModel(object, QStringLiteral("answer"), answer.model);
    stored::put(object, QStringLiteral("modelLabel"), answer.modelLabel);
    stored::put(object, QStringLiteral("finishReason"), answer.finishReason);
    if (answer.error)
        object[QStringLiteral("error")] = objectFrom(encodeError(*answer.error));
    if (const auto recording = bundle.recordings.find(answer.id); recording != bundle.recordings.end())
        object[QStringLiteral("recording")] = encodeRecording(recording->second);
    return object;
}

Answer decodeAnswer(const QJsonObject &object)
{
    Answer answer {.paneId = object[QStringLiteral("paneId")].toString(),
        .model = modelFrom(object, QStringLiteral("answer")),
        .modelLabel = object[QStringLiteral("modelLabel")].toString(),
        .state = answerStateFromName(object[QStringLiteral("state")].toString()),
        .finishReason = object[QStringLiteral("finishReason")].toString(),
        .metrics = decodeMetrics(bytesOf(object[QStringLiteral("metrics")])).value_or(AnswerMetrics {})};
    // Nobody is receiving it any more.
    if (answer.state == Answer::State::Streaming)
        answer.state = Answer::State::Interrupted;
    if (Result<Message> message = decodeMessage(bytesOf(object[QStringLiteral("message")])))
        answer.message = *std::move(message);
    if (object[QStringLiteral("error")].isObject()) {
        if (const Result<Error> error = decodeError(bytesOf(object[QStringLiteral("error")])))
            answer.error = *error;
    }
    decodeAnswerExtra(bytesOf(object[QStringLiteral("extra")]), answer);
    return answer;
}

QJsonObject encodeTurn(const Turn &turn, const SessionBundle &bundle)
{
    QJsonArray answers;
    for (const Answer &answer : turn.answers)
        answers.append(encodeAnswer(answer, bundle));
    return {{QStringLiteral("id"), turn.id}, {QStringLiteral("parentId"), turn.parentId},
        {QStringLiteral("adoptedAnswerId"), turn.adoptedAnswerId}, {QStringLiteral("at"), timeText(turn.at)},
        {QStringLiteral("prompt"), objectFrom(encodeMessage(turn.prompt))}, {QStringLiteral("answers"), answers}};
}

QJsonObject encodeVote(const Vote &vote)
{
    QJsonObject object {{QStringLiteral("turnId"), vote.turnId},
        {QStringLiteral("choice"), voteChoiceName(vote.choice)}, {QStringLiteral("isBlind"), vote.isBlind},
        {QStringLiteral("at"), timeText(vote.at)}, {QStringLiteral("firstLabel"), vote.firstLabel},
        {QStringLiteral("secondLabel"), vote.secondLabel}};
    putModel(object, QStringLiteral("first"), vote.first);
    putModel(object, QStringLiteral("second"), vote.second);
    return object;
}

QJsonObject encodePane(const PaneState &pane)
{
    QJsonObject object {{QStringLiteral("id"), pane.id}, {QStringLiteral("isSynced"), pane.isSynced},
        {QStringLiteral("overrides"), objectFrom(encodeSettings(pane.overrides))}};
    putModel(object, QStringLiteral("pane"), pane.model);
    if (pane.systemPrompt)
        object[QStringLiteral("systemPrompt")] = *pane.systemPrompt;
    return object;
}

PaneState decodePane(const QJsonObject &object)
{
    PaneState pane {.id = object[QStringLiteral("id")].toString(),
        .model = modelFrom(object, QStringLiteral("pane")),
        .isSynced = object[QStringLiteral("isSynced")].toBool(true),
        .overrides = decodeSettings(bytesOf(object[QStringLiteral("overrides")])).value_or(RequestSettings {})};
    if (object[QStringLiteral("systemPrompt")].isString())
        pane.systemPrompt = object[QStringLiteral("systemPrompt")].toString();
    return pane;
}

QJsonObject encodeSession(const SessionBundle &bundle)
{
    const Session &session = bundle.session;
    QJsonObject object {{QStringLiteral("id"), session.id}, {QStringLiteral("title"), session.title},
        {QStringLiteral("createdAt"), timeText(session.createdAt)},
        {QStringLiteral("updatedAt"), timeText(session.updatedAt)},
        {QStringLiteral("systemPrompt"), session.systemPrompt},
        {QStringLiteral("settings"), objectFrom(encodeSettings(session.settings))},
        {QStringLiteral("folder"), session.folder}, {QStringLiteral("isPinned"), session.isPinned},
        {QStringLiteral("variables"), session.variables}, {QStringLiteral("view"), session.view},
        {QStringLiteral("shownTurn"), session.turns.empty() ? qint64(0) : session.turns.back().id}};
    QJsonArray panes;
    for (const PaneState &pane : session.panes)
        panes.append(encodePane(pane));
    QJsonArray turns;
    for (const std::vector<Turn> *list : {&session.turns, &session.otherTurns}) {
        for (const Turn &turn : *list)
            turns.append(encodeTurn(turn, bundle));
    }
    QJsonArray votes;
    for (const Vote &vote : bundle.votes)
        votes.append(encodeVote(vote));
    object[QStringLiteral("panes")] = panes;
    object[QStringLiteral("turns")] = turns;
    object[QStringLiteral("votes")] = votes;
    return object;
}

/// Ids of a file as temporary ones, in the same order. Parents must come before their children: a file in which they do
/// not is no tree.
class Numbering
{
public:
    qint64 add(qint64 id)
    {
        const auto [entry, isNew] = m_ids.try_emplace(id, -qint64(m_ids.size()) - 1);
        return isNew ? entry->second : 0;
    }
    [[nodiscard]] qint64 of(qint64 id) const
    {
        const auto found = m_ids.find(id);
        return found == m_ids.end() ? 0 : found->second;
    }

private:
    std::map<qint64, qint64> m_ids;
};

struct Decoding {
    Numbering turnIds {};
    Numbering answerIds {};
    std::vector<Turn> turns {};
};

/// From the oldest to the newest: stored ids grow with time, temporary ones fall.
std::vector<QJsonObject> inOrder(const QJsonArray &array)
{
    std::vector<QJsonObject> objects;
    for (const QJsonValue &value : array)
        objects.push_back(value.toObject());
    std::stable_sort(objects.begin(), objects.end(), [](const QJsonObject &left, const QJsonObject &right) {
        const qint64 a = left[QStringLiteral("id")].toInteger();
        const qint64 b = right[QStringLiteral("id")].toInteger();
        return (a < 0) != (b < 0) ? a > b : (a < 0 ? a > b : a < b);
    });
    return objects;
}

void decodeTurns(const QJsonArray &array, Decoding &decoding, SessionBundle &bundle)
{
    for (const QJsonObject &object : inOrder(array)) {
        const qint64 parentId = decoding.turnIds.of(object[QStringLiteral("parentId")].toInteger());
        const qint64 id = decoding.turnIds.add(object[QStringLiteral("id")].toInteger());
        if (id == 0)
            continue; // twice in the file
        Turn turn {.id = id, .parentId = parentId, .at = timeFrom(object[QStringLiteral("at")])};
        if (Result<Message> prompt = decodeMessage(bytesOf(object[QStringLiteral("prompt")])))
            turn.prompt = *std::move(prompt);
        for (const QJsonValue &value : object[QStringLiteral("answers")].toArray()) {
            const QJsonObject answerObject = value.toObject();
            const qint64 answerId = decoding.answerIds.add(answerObject[QStringLiteral("id")].toInteger());
            if (answerId == 0)
                continue;
            turn.answers.push_back(decodeAnswer(answerObject));
            turn.answers.back().id = answerId;
            if (answerObject[QStringLiteral("recording")].isObject())
                bundle.recordings[answerId] = decodeRecording(answerObject[QStringLiteral("recording")].toObject());
        }
        turn.adoptedAnswerId = decoding.answerIds.of(object[QStringLiteral("adoptedAnswerId")].toInteger());
        decoding.turns.push_back(std::move(turn));
    }
}

void placeTurns(Decoding &decoding, qint64 shownTurn, Session &session)
{
    std::map<qint64, qint64> parents;
    for (const Turn &turn : decoding.turns)
        parents[turn.id] = turn.parentId;
    qint64 leaf = decoding.turnIds.of(shownTurn);
    if (leaf == 0 && !decoding.turns.empty())
        leaf = decoding.turns.back().id;
    std::vector<qint64> shown;
    for (; leaf != 0; leaf = parents[leaf])
        shown.push_back(leaf);
    for (Turn &turn : decoding.turns) {
        const bool isShown = std::find(shown.begin(), shown.end(), turn.id) != shown.end();
        (isShown ? session.turns : session.otherTurns).push_back(std::move(turn));
    }
}

void decodeVotes(const QJsonArray &array, const Decoding &decoding, SessionBundle &bundle)
{
    for (const QJsonValue &value : array) {
        const QJsonObject object = value.toObject();
        const qint64 turnId = decoding.turnIds.of(object[QStringLiteral("turnId")].toInteger());
        if (turnId == 0)
            continue;
        bundle.votes.push_back({.sessionId = bundle.session.id,
            .turnId = turnId,
            .first = modelFrom(object, QStringLiteral("first")),
            .second = modelFrom(object, QStringLiteral("second")),
            .firstLabel = object[QStringLiteral("firstLabel")].toString(),
            .secondLabel = object[QStringLiteral("secondLabel")].toString(),
            .choice = voteChoiceFromName(object[QStringLiteral("choice")].toString()),
            .isBlind = object[QStringLiteral("isBlind")].toBool(),
            .at = timeFrom(object[QStringLiteral("at")])});
    }
}

} // namespace

QByteArray sessionJsonBegin()
{
    return QStringLiteral("{\"format\": \"diptych-sessions\", \"version\": %1, \"sessions\": [\n")
        .arg(formatVersion)
        .toUtf8();
}

QByteArray sessionJsonElement(const SessionBundle &bundle)
{
    return QJsonDocument(encodeSession(bundle)).toJson().trimmed();
}

QByteArray sessionJsonEnd()
{
    return "\n]}\n";
}

QByteArray toSessionJson(const std::vector<SessionBundle> &bundles)
{
    QByteArray json = sessionJsonBegin();
    for (std::size_t index = 0; index < bundles.size(); ++index)
        json += (index == 0 ? QByteArray() : QByteArray(",\n")) + sessionJsonElement(bundles[index]);
    return json + sessionJsonEnd();
}

bool isSessionJson(const QJsonObject &object)
{
    return object[QStringLiteral("format")].toString() == u"diptych-sessions";
}

Result<QJsonArray> sessionsOf(const QJsonObject &object)
{
    if (object[QStringLiteral("version")].toInt() > formatVersion)
        return invalid("These sessions were exported by a newer version of Diptych. Update this one to read them.");
    return object[QStringLiteral("sessions")].toArray();
}

Result<SessionBundle> sessionFromJson(const QJsonObject &object)
{
    SessionBundle bundle;
    Session &session = bundle.session;
    session.id = object[QStringLiteral("id")].toString();
    if (session.id.isEmpty() || !object[QStringLiteral("turns")].isArray())
        return invalid("This is no session: it has no id or no turns.");
    session.title = object[QStringLiteral("title")].toString();
    session.createdAt = timeFrom(object[QStringLiteral("createdAt")]);
    session.updatedAt = timeFrom(object[QStringLiteral("updatedAt")]);
    session.systemPrompt = object[QStringLiteral("systemPrompt")].toString();
    session.settings = decodeSettings(bytesOf(object[QStringLiteral("settings")])).value_or(RequestSettings {});
    session.folder = object[QStringLiteral("folder")].toString();
    session.isPinned = object[QStringLiteral("isPinned")].toBool();
    session.variables = object[QStringLiteral("variables")].toObject();
    session.view = object[QStringLiteral("view")].toObject();
    for (const QJsonValue &pane : object[QStringLiteral("panes")].toArray())
        session.panes.push_back(decodePane(pane.toObject()));
    Decoding decoding;
    decodeTurns(object[QStringLiteral("turns")].toArray(), decoding, bundle);
    placeTurns(decoding, object[QStringLiteral("shownTurn")].toInteger(), session);
    decodeVotes(object[QStringLiteral("votes")].toArray(), decoding, bundle);
    return bundle;
}

} // namespace diptych
