// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/transfer/importedtree.h"

#include <QJsonArray>
#include <QUuid>

#include <algorithm>

namespace diptych {

namespace {

// A namespace of our own for identities made from those of others.
constexpr QUuid importNamespace(0x6d1f8a52, 0x3c5e, 0x4f0b, 0x9a, 0x77, 0x21, 0xd4, 0x5b, 0x90, 0xee, 0x13);

} // namespace

QString importedId(const QString &program, const QString &key)
{
    return QUuid::createUuidV5(importNamespace, QString(program + u'\n' + key)).toString(QUuid::WithoutBraces);
}

QDateTime importedTime(const QJsonValue &value)
{
    constexpr double largestSeconds = 1e11;
    const double number = value.isString() ? value.toString().toDouble() : value.toDouble();
    if (number > 0)
        return QDateTime::fromMSecsSinceEpoch(qint64(number < largestSeconds ? number * 1000 : number), Qt::UTC);
    return value.isString() ? QDateTime::fromString(value.toString(), Qt::ISODateWithMs).toUTC() : QDateTime();
}

std::vector<ContentPart> importedContent(const QJsonValue &content)
{
    std::vector<ContentPart> parts;
    if (content.isString() && !content.toString().isEmpty())
        parts.push_back(TextPart {content.toString()});
    const QJsonArray list = content.toArray();
    for (const QJsonValue &value : list) {
        const QJsonObject part = value.toObject();
        const QJsonValue image = part[QStringLiteral("image_url")];
        if (value.isString())
            parts.push_back(TextPart {value.toString()});
        else if (part[QStringLiteral("text")].isString())
            parts.push_back(TextPart {part[QStringLiteral("text")].toString()});
        else if (image.isString())
            parts.push_back(ImagePart {.url = image.toString()});
        else if (image.isObject())
            parts.push_back(ImagePart {.url = image[QStringLiteral("url")].toString()});
    }
    return parts;
}

ImportedTree::ImportedTree(const QString &program)
    : m_program(program)
{
}

Turn *ImportedTree::find(qint64 turnId)
{
    const qint64 index = -turnId - 1;
    return index >= 0 && index < qint64(m_turns.size()) ? &m_turns[std::size_t(index)] : nullptr;
}

qint64 ImportedTree::addTurn(qint64 parentId, const Message &prompt, const QDateTime &at)
{
    const qint64 id = -qint64(m_turns.size()) - 1;
    m_turns.push_back({.id = id, .parentId = parentId, .at = at, .prompt = prompt});
    return id;
}

QString ImportedTree::paneOf(const QString &model)
{
    for (const PaneState &pane : m_session.panes) {
        if (pane.model.model == model)
            return pane.id;
    }
    m_session.panes.push_back({.id = QStringLiteral("p%1").arg(m_session.panes.size() + 1),
        .model = {.endpointId = m_program, .model = model}});
    return m_session.panes.back().id;
}

qint64 ImportedTree::addAnswer(qint64 turnId, const QString &model, const QString &node, Answer answer)
{
    Turn *turn = find(turnId);
    Q_ASSERT(turn);
    answer.id = --m_lastAnswerId;
    answer.paneId = paneOf(model);
    answer.model = {.endpointId = m_program, .model = model};
    answer.modelLabel = QStringLiteral("%1 — %2").arg(model, m_program);
    turn->answers.push_back(answer);
    m_nodeOfAnswer.insert(answer.id, node);
    noteNode(node, turnId);
    return answer.id;
}

SessionBundle ImportedTree::finish(const QStringList &currentPath)
{
    const QSet<QString> onPath(currentPath.begin(), currentPath.end());
    for (Turn &turn : m_turns) {
        std::stable_partition(turn.answers.begin(), turn.answers.end(),
            [&](const Answer &answer) { return !onPath.contains(m_nodeOfAnswer.value(answer.id)); });
    }
    qint64 leaf = 0;
    for (const QString &node : currentPath) {
        if (leaf == 0)
            leaf = turnOf(node);
    }
    if (leaf == 0 && !m_turns.empty())
        leaf = m_turns.back().id;
    QSet<qint64> shown;
    for (const Turn *turn = find(leaf); turn; turn = find(turn->parentId))
        shown.insert(turn->id);
    if (m_session.panes.empty())
        m_session.panes.push_back({.id = QStringLiteral("p1"), .model = {.endpointId = m_program}});
    for (Turn &turn : m_turns)
        (shown.contains(turn.id) ? m_session.turns : m_session.otherTurns).push_back(std::move(turn));
    m_turns.clear();
    return {.session = std::move(m_session)};
}

} // namespace diptych
