// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessioncodec.h"
#include "store/storedjson.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QIODevice>
#include <QJsonArray>
#include <QJsonDocument>

#include <array>

namespace diptych {

namespace {

// One array for each token, because answers have thousands of them: [text, logprob, bytes, [[text, logprob], …]].
QJsonArray encodeToken(const TokenLogprob &token)
{
    QJsonArray top;
    for (const TokenLogprob::Alternative &alternative : token.top)
        top.append(QJsonArray {alternative.token, alternative.logprob});
    return {token.token, token.logprob ? QJsonValue(*token.logprob) : QJsonValue(),
        QString::fromLatin1(token.bytes.toBase64()), top};
}

TokenLogprob decodeToken(const QJsonArray &array)
{
    TokenLogprob token {
        .token = array.at(0).toString(), .bytes = QByteArray::fromBase64(array.at(2).toString().toLatin1())};
    if (array.at(1).isDouble())
        token.logprob = array.at(1).toDouble();
    const QJsonArray top = array.at(3).toArray();
    for (const QJsonValue &value : top) {
        const QJsonArray alternative = value.toArray();
        token.top.push_back({.token = alternative.at(0).toString(), .logprob = alternative.at(1).toDouble()});
    }
    return token;
}

using ChoiceName = std::pair<Vote::Choice, QLatin1String>;
constexpr std::array choiceNames {
    ChoiceName {Vote::Choice::First, QLatin1String("first")},
    ChoiceName {Vote::Choice::Second, QLatin1String("second")},
    ChoiceName {Vote::Choice::Tie, QLatin1String("tie")},
    ChoiceName {Vote::Choice::BothBad, QLatin1String("both-bad")},
};

constexpr quint32 stepsMagic = 0x44737470; // "Dstp"
constexpr quint32 mostSteps = 10'000'000; // hours of any model; a damaged count must not take all memory

} // namespace

QByteArray encodeAnswerExtra(const Answer &answer)
{
    QJsonObject object;
    QJsonArray rounds;
    for (const Message &message : answer.toolRounds)
        rounds.append(QJsonDocument::fromJson(encodeMessage(message)).object());
    if (!rounds.isEmpty())
        object[QStringLiteral("toolRounds")] = rounds;
    QJsonArray tokens;
    for (const TokenLogprob &token : answer.logprobs)
        tokens.append(encodeToken(token));
    if (!tokens.isEmpty())
        object[QStringLiteral("logprobs")] = tokens;
    if (answer.givenLength > 0)
        object[QStringLiteral("given")] = qint64(answer.givenLength);
    if (answer.repeat > 1)
        object[QStringLiteral("repeat")] = answer.repeat;
    if (answer.startOrder > 0)
        object[QStringLiteral("startOrder")] = answer.startOrder;
    return stored::write(object);
}

void decodeAnswerExtra(const QByteArray &json, Answer &answer)
{
    const Result<QJsonObject> object = stored::read(json);
    if (!object)
        return;
    const QJsonArray rounds = (*object)[QStringLiteral("toolRounds")].toArray();
    for (const QJsonValue &value : rounds) {
        if (Result<Message> message = decodeMessage(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact)))
            answer.toolRounds.push_back(*std::move(message));
    }
    const QJsonArray tokens = (*object)[QStringLiteral("logprobs")].toArray();
    for (const QJsonValue &value : tokens)
        answer.logprobs.push_back(decodeToken(value.toArray()));
    answer.givenLength = qsizetype(std::max(qint64(0), (*object)[QStringLiteral("given")].toInteger()));
    answer.repeat = std::max(1, (*object)[QStringLiteral("repeat")].toInt(1));
    answer.startOrder = std::max(0, (*object)[QStringLiteral("startOrder")].toInt());
}

QByteArray encodeSteps(const std::vector<Recording::Step> &steps)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_0);
    stream << stepsMagic << quint32(steps.size());
    Recording::Step last;
    for (const Recording::Step &step : steps) { // differences are small and alike, which compresses well
        stream << qint64((step.at - last.at).count()) << qint32(step.text - last.text)
               << qint32(step.reasoning - last.reasoning);
        last = step;
    }
    return qCompress(bytes);
}

Result<std::vector<Recording::Step>> decodeSteps(const QByteArray &data)
{
    const Error damaged {.kind = Error::Kind::Storage,
        .message = QCoreApplication::translate("diptych::SessionStore", "The recording of this answer is damaged.")};
    const QByteArray bytes = qUncompress(data);
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_0);
    quint32 magic = 0;
    quint32 count = 0;
    stream >> magic >> count;
    if (magic != stepsMagic || count > mostSteps)
        return Failure(damaged);
    std::vector<Recording::Step> steps;
    Recording::Step step;
    for (quint32 index = 0; index < count; ++index) {
        qint64 at = 0;
        qint32 text = 0;
        qint32 reasoning = 0;
        stream >> at >> text >> reasoning;
        if (stream.status() != QDataStream::Ok)
            return Failure(damaged);
        step = {.at = step.at + std::chrono::microseconds(at),
            .text = step.text + text,
            .reasoning = step.reasoning + reasoning};
        steps.push_back(step);
    }
    return steps;
}

QString voteChoiceName(Vote::Choice choice)
{
    for (const ChoiceName &name : choiceNames) {
        if (name.first == choice)
            return name.second;
    }
    return {};
}

Vote::Choice voteChoiceFromName(QStringView name)
{
    for (const ChoiceName &candidate : choiceNames) {
        if (candidate.second == name)
            return candidate.first;
    }
    return Vote::Choice::Tie;
}

} // namespace diptych
