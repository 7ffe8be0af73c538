// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/blindround.h"

#include "models/conversation.h"

#include <algorithm>

namespace diptych {

BlindRound::BlindRound(Conversation &conversation, QRandomGenerator random, QObject *parent)
    : QObject(parent)
    , m_conversation(conversation)
    , m_random(random)
{
    connect(&m_conversation, &Conversation::turnAdded, this, &BlindRound::takeTurn);
    connect(&m_conversation, &Conversation::paneAdded, this, &BlindRound::takePanes);
    connect(&m_conversation, &Conversation::paneRemoved, this, &BlindRound::takePanes);
    const auto beginAnew = [this] {
        if (m_isEnabled)
            begin(static_cast<int>(m_conversation.session().turns.size()));
    };
    connect(&m_conversation, &Conversation::sessionReplaced, this, beginAnew);
    connect(&m_conversation, &Conversation::branchShown, this, beginAnew);
}

void BlindRound::setEnabled(bool isEnabled)
{
    if (m_isEnabled == isEnabled)
        return;
    m_isEnabled = isEnabled;
    if (isEnabled)
        begin(static_cast<int>(m_conversation.session().turns.size()));
    else
        Q_EMIT changed();
}

void BlindRound::reveal()
{
    if (!isHidden())
        return;
    m_isRevealed = true;
    Q_EMIT changed();
}

void BlindRound::begin(int firstTurn)
{
    m_order.clear();
    for (const PaneState &pane : m_conversation.session().panes)
        m_order.append(pane.id);
    std::shuffle(m_order.begin(), m_order.end(), m_random);
    m_firstTurn = firstTurn;
    m_isRevealed = false;
    Q_EMIT changed();
}

void BlindRound::takeTurn(int turn)
{
    if (m_isEnabled && m_isRevealed)
        begin(turn);
}

void BlindRound::takePanes()
{
    if (!isHidden())
        return;
    const std::vector<PaneState> &panes = m_conversation.session().panes;
    m_order.removeIf([this](const QString &id) { return !m_conversation.pane(id); });
    for (const PaneState &pane : panes) {
        if (!m_order.contains(pane.id))
            m_order.insert(m_random.bounded(static_cast<int>(m_order.size()) + 1), pane.id);
    }
    Q_EMIT changed();
}

QStringList BlindRound::order() const
{
    if (isHidden())
        return m_order;
    QStringList order;
    for (const PaneState &pane : m_conversation.session().panes)
        order.append(pane.id);
    return order;
}

QString BlindRound::alias(const QString &paneId) const
{
    if (!isHidden())
        return {};
    const qsizetype place = m_order.indexOf(paneId);
    return place < 0 ? QString() : QString(QChar(u'A' + static_cast<char16_t>(place)));
}

} // namespace diptych
