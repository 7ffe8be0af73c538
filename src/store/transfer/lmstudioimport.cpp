// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/lmstudioimport.h"

#include "store/transfer/importedtree.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cmath>

namespace diptych {

namespace {

constexpr QLatin1String program("LM Studio");

QString tr(const char *text)
{
    return QCoreApplication::translate("diptych::SessionImport", text);
}

std::optional<std::chrono::microseconds> seconds(const QJsonValue &value)
{
    if (!value.isDouble() || !(value.toDouble() >= 0) || value.toDouble() > 1e6)
        return std::nullopt;
    return std::chrono::microseconds(std::llround(value.toDouble() * 1e6));
}

void takeStatistics(const QJsonValue &info, Answer &answer)
{
    const QJsonValue statistics = info[QStringLiteral("stats")];
    if (!statistics.isObject())
        return;
    answer.finishReason = statistics[QStringLiteral("stopReason")].toString();
    const auto count = [&statistics](const QString &name) -> std::optional<qint64> {
        const QJsonValue value = statistics[name];
        return value.isDouble() ? std::optional(value.toInteger()) : std::nullopt;
    };
    answer.metrics.usage = {.promptTokens = count(QStringLiteral("promptTokensCount")),
        .completionTokens = count(QStringLiteral("predictedTokensCount")),
        .totalTokens = count(QStringLiteral("totalTokensCount"))};
    answer.metrics.phases.firstToken = seconds(statistics[QStringLiteral("timeToFirstTokenSec")]);
}

QString modelOf(const QJsonValue &info)
{
    const QString identifier = info[QStringLiteral("identifier")].toString();
    return identifier.isEmpty() ? info[QStringLiteral("indexedModelIdentifier")].toString() : identifier;
}

/// One version of an answer, with the model that wrote it.
Answer answerFrom(const QJsonObject &version, QString &model)
{
    Answer answer {.state = Answer::State::Complete};
    model = version[QStringLiteral("senderInfo")][QStringLiteral("senderName")].toString();
    QString text = Message {.content = importedContent(version[QStringLiteral("content")])}.text();
    const QJsonArray steps = version[QStringLiteral("steps")].toArray();
    for (const QJsonValue &step : steps) {
        if (step[QStringLiteral("type")].toString() != u"contentBlock")
            continue; // notes of the program
        const QString block = Message {.content = importedContent(step[QStringLiteral("content")])}.text();
        const QJsonValue info = step[QStringLiteral("genInfo")];
        if (step[QStringLiteral("style")][QStringLiteral("type")].toString() == u"thinking")
            answer.message.reasoning += block;
        else
            text += block;
        takeStatistics(info, answer);
        if (model.isEmpty())
            model = modelOf(info);
    }
    answer.message.content = {TextPart {text}};
    return answer;
}

/// The versions of a message: those of a file of today, or the message itself.
QJsonArray versionsOf(const QJsonValue &message)
{
    const QJsonArray versions = message[QStringLiteral("versions")].toArray();
    return versions.isEmpty() && message[QStringLiteral("role")].isString() ? QJsonArray {message} : versions;
}

/// One message after the other; the index of a message and of its version is its name in the tree.
void takeMessages(const QJsonArray &messages, const QString &defaultModel, ImportedTree &tree, QStringList &path)
{
    qint64 turnId = 0;
    for (qsizetype index = 0; index < messages.size(); ++index) {
        const QJsonArray versions = versionsOf(messages.at(index));
        const qsizetype chosen = std::clamp(messages.at(index)[QStringLiteral("currentlySelected")].toInteger(),
            qint64(0), std::max(qint64(0), qint64(versions.size()) - 1));
        const qint64 parentId = turnId;
        for (qsizetype number = 0; number < versions.size(); ++number) {
            const QJsonObject version = versions.at(number).toObject();
            const QString role = version[QStringLiteral("role")].toString();
            const QString node = QStringLiteral("%1.%2").arg(index).arg(number);
            if (role == u"system") {
                tree.session().systemPrompt =
                    Message {.content = importedContent(version[QStringLiteral("content")])}.text();
            } else if (role == u"user") {
                const qint64 added =
                    tree.addTurn(parentId, {.content = importedContent(version[QStringLiteral("content")])}, {});
                tree.noteNode(node, added);
                turnId = number == chosen ? added : turnId;
            } else {
                if (turnId == 0)
                    turnId = tree.addTurn(0, {}, {});
                QString model;
                Answer answer = answerFrom(version, model);
                tree.addAnswer(turnId, model.isEmpty() ? defaultModel : model, node, answer);
            }
            if (number == chosen)
                path.prepend(node);
        }
    }
}

} // namespace

Result<SessionBundle> sessionFromLmStudio(const QJsonObject &conversation)
{
    if (!conversation[QStringLiteral("messages")].isArray()) {
        return Failure({.kind = Error::Kind::InvalidRequest,
            .message = tr("This conversation has no messages: its member \"messages\" is missing.")});
    }
    ImportedTree tree {QString(program)};
    Session &session = tree.session();
    session.title = conversation[QStringLiteral("name")].toString();
    session.systemPrompt = conversation[QStringLiteral("systemPrompt")].toString();
    session.createdAt = importedTime(conversation[QStringLiteral("createdAt")]);
    session.updatedAt = importedTime(conversation[QStringLiteral("assistantLastMessagedAt")]);
    if (!session.updatedAt.isValid())
        session.updatedAt = session.createdAt;
    session.isPinned = conversation[QStringLiteral("pinned")].toBool();
    QString model = modelOf(conversation[QStringLiteral("lastUsedModel")]);
    QStringList path;
    takeMessages(
        conversation[QStringLiteral("messages")].toArray(), model.isEmpty() ? QString(program) : model, tree, path);
    SessionBundle bundle = tree.finish(path);
    // Files have no identity of their own; the time of creation has milliseconds.
    const QString first = bundle.session.turns.empty() ? QString() : bundle.session.turns.front().prompt.text();
    bundle.session.id =
        importedId(program, QString(QString::number(bundle.session.createdAt.toMSecsSinceEpoch()) + u'\n' + first));
    return bundle;
}

} // namespace diptych
