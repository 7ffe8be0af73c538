// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/toolcallstrip.h"

#include "models/conversation.h"
#include "models/tooldesk.h"
#include "theme/theme.h"
#include "tools/toolcallcard.h"

#include <QEvent>
#include <QVBoxLayout>

namespace diptych {

namespace {

constexpr std::chrono::milliseconds frameTime {40};
constexpr std::size_t mostCards = 32; // a model that calls without end must not fill the window with widgets
constexpr int limitKey = 1000;

} // namespace

ToolCallStrip::ToolCallStrip(ToolDesk &desk, const QString &paneId, QWidget *parent)
    : QScrollArea(parent)
    , m_desk(desk)
    , m_paneId(paneId)
    , m_inside(new QWidget(this))
    , m_column(new QVBoxLayout(m_inside))
{
    setObjectName(QStringLiteral("toolCallStrip"));
    setAccessibleName(tr("Calls of tools"));
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_column->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    m_column->addStretch();
    setWidget(m_inside);
    m_inside->installEventFilter(this);
    m_frame.setSingleShot(true);
    m_frame.setInterval(frameTime);
    connect(&m_frame, &QTimer::timeout, this, &ToolCallStrip::showArriving);
    const Conversation &talk = m_desk.conversation();
    connect(&talk, &Conversation::deltaReceived, this, &ToolCallStrip::takeDelta);
    connect(&talk, &Conversation::answerStarted, this, [this](const QString &pane) {
        if (pane != m_paneId)
            return;
        m_arriving.clear();
        keepOnly({});
    });
    connect(&m_desk, &ToolDesk::changed, this, [this](const QString &pane) {
        if (pane == m_paneId)
            showWaiting();
    });
    connect(&talk, &Conversation::branchShown, this, &ToolCallStrip::showWaiting);
    hide();
    showWaiting();
}

void ToolCallStrip::takeDelta(const QString &paneId, const ChatDelta &delta)
{
    if (paneId != m_paneId || delta.choice > 0 || delta.toolCalls.empty())
        return;
    for (const ToolCallDelta &piece : delta.toolCalls) {
        const auto index = static_cast<std::size_t>(std::max(piece.index, 0));
        if (index >= mostCards)
            continue;
        if (m_arriving.size() <= index)
            m_arriving.resize(index + 1);
        m_arriving[index].name += piece.name;
        m_arriving[index].arguments += piece.arguments;
    }
    if (!m_frame.isActive())
        m_frame.start();
}

void ToolCallStrip::showArriving()
{
    if (m_arriving.empty() || !m_desk.conversation().isRunning(m_paneId))
        return;
    std::set<int> shown;
    for (std::size_t i = 0; i < m_arriving.size(); ++i) {
        const int key = static_cast<int>(i) + 1;
        card(key)->showArriving(m_arriving[i]);
        shown.insert(key);
    }
    keepOnly(shown);
}

void ToolCallStrip::showWaiting()
{
    if (m_desk.conversation().isRunning(m_paneId))
        return;
    m_arriving.clear();
    const std::vector<Tool> tools = m_desk.toolsOf(m_paneId);
    std::set<int> shown;
    for (const ToolCallEntry &entry : m_desk.waiting(m_paneId)) {
        if (shown.size() >= mostCards)
            break;
        shown.insert(entry.order);
        ToolCallCard *each = card(entry.order);
        each->showWaiting(entry.call, toolCallFault(entry.call, tools));
        each->disconnect(this);
        connect(
            each, &ToolCallCard::resultGiven, this,
            [this, entry](const QString &text) { m_desk.giveResult(entry, text); }, Qt::QueuedConnection);
    }
    if (m_desk.isAtLimit(m_paneId)) {
        shown.insert(limitKey);
        ToolCallCard *each = card(limitKey);
        each->showLimit(ToolDesk::roundLimit);
        each->disconnect(this);
        connect(
            each, &ToolCallCard::goOnRequested, this, [this] { m_desk.goOn(m_paneId); }, Qt::QueuedConnection);
    }
    keepOnly(shown);
}

ToolCallCard *ToolCallStrip::card(int key)
{
    const auto known = m_cards.find(key);
    if (known != m_cards.end())
        return known->second;
    auto *made = new ToolCallCard(m_inside);
    m_column->insertWidget(m_column->count() - 1, made); // before the stretch
    m_cards.emplace(key, made);
    return made;
}

void ToolCallStrip::keepOnly(const std::set<int> &keys)
{
    std::erase_if(m_cards, [&keys](const auto &each) {
        if (keys.contains(each.first))
            return false;
        each.second->hide();
        each.second->deleteLater();
        return true;
    });
    for (const auto &[key, each] : m_cards)
        each->show();
    setVisible(!keys.empty());
    fit();
}

QSize ToolCallStrip::sizeHint() const
{
    return {200, m_inside->sizeHint().height()};
}

bool ToolCallStrip::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_inside && event->type() == QEvent::LayoutRequest)
        fit();
    return QScrollArea::eventFilter(watched, event);
}

void ToolCallStrip::fit()
{
    // At most half of the pane: the conversation above stays readable.
    const int room = parentWidget() ? parentWidget()->height() / 2 : 0;
    setMaximumHeight(std::max(120, std::min(m_inside->sizeHint().height() + 2, room)));
    setMinimumHeight(std::min(m_inside->sizeHint().height() + 2, std::max(120, std::min(room, 240))));
    updateGeometry();
}

} // namespace diptych
