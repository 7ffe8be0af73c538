// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/sessionbundle.h"

#include <QHash>
#include <QSet>

namespace diptych {

/// Puts a session together from the messages of another program's export: turns under turns, panes by model.
class ImportedTree
{
public:
    /// `program` is what stands in place of an endpoint, e.g. "ChatGPT".
    explicit ImportedTree(const QString &program);

    Session &session() { return m_session; }
    /// Adds a turn below another one, 0: at the beginning. Parents come before their children.
    qint64 addTurn(qint64 parentId, const Message &prompt, const QDateTime &at);
    /// Adds an answer to a turn; it belongs to the pane of its model, which is made when it is new. `node` is the
    /// export's name of the message. The new answer's id.
    qint64 addAnswer(qint64 turnId, const QString &model, const QString &node, Answer answer);
    /// The turn of the answer at the export's current message, or of that prompt; see finish().
    void noteNode(const QString &node, qint64 turnId) { m_turnOfNode.insert(node, turnId); }
    [[nodiscard]] qint64 turnOf(const QString &node) const { return m_turnOfNode.value(node); }

    /// The finished session: shown is the branch on which `currentPath` lies (names of messages, from the current one
    /// back to the first; empty: the newest branch), and of several answers of one pane the one on that path counts.
    [[nodiscard]] SessionBundle finish(const QStringList &currentPath);

private:
    QString paneOf(const QString &model);
    Turn *find(qint64 turnId);

    QString m_program;
    Session m_session;
    std::vector<Turn> m_turns; ///< index = -id - 1
    QHash<qint64, QString> m_nodeOfAnswer;
    QHash<QString, qint64> m_turnOfNode;
    qint64 m_lastAnswerId = 0;
};

/// The identity of a session that came from elsewhere: the same one is recognised when it is imported again.
[[nodiscard]] QString importedId(const QString &program, const QString &key);
/// Seconds since 1970, as a number or as text, or milliseconds when the number is that large; invalid when missing.
[[nodiscard]] QDateTime importedTime(const QJsonValue &value);
/// Parts of a message as most programs write them: a text, or a list of {"type": "text" | "image_url", …}.
[[nodiscard]] std::vector<ContentPart> importedContent(const QJsonValue &content);

} // namespace diptych
