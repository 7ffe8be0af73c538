// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/turnbar.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolButton>

#include <algorithm>

namespace diptych {

TurnBar::TurnBar(TranscriptView &view, TurnActions &actions, const QString &paneId)
    : QFrame(view.viewport())
    , m_view(view)
    , m_actions(actions)
    , m_paneId(paneId)
    , m_layout(new QHBoxLayout(this))
{
    setObjectName(QStringLiteral("turnBar"));
    setAccessibleName(tr("What can be done with this message"));
    setCursor(Qt::ArrowCursor);
    m_layout->setContentsMargins(2, 2, 2, 2);
    m_layout->setSpacing(0);
    hide();
    view.viewport()->installEventFilter(this);
    connect(view.verticalScrollBar(), &QScrollBar::valueChanged, this, [this] {
        if (!m_isByKey)
            hide();
    });
    connect(&view, &TranscriptView::menuAboutToShow, this, &TurnBar::fillMenu);
}

std::vector<TurnBar::Spot> TurnBar::spots() const
{
    std::vector<Spot> spots;
    for (const TranscriptView::Place &place : m_view.places()) {
        const bool isPrompt = place.speaker == TranscriptSpeaker::User;
        if (place.turn >= 0 && (isPrompt || place.speaker == TranscriptSpeaker::Assistant))
            spots.push_back({{m_paneId, place.turn, isPrompt}, place.top});
    }
    return spots;
}

bool TurnBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::MouseMove) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        const qreal y = mouse->position().y() + m_view.verticalScrollBar()->value();
        const std::vector<Spot> all = spots();
        const auto below = std::find_if(all.begin(), all.end(), [y](const Spot &spot) { return spot.top > y; });
        m_isByKey = false;
        if (below == all.begin() || mouse->buttons() != Qt::NoButton)
            hide();
        else
            showFor(*std::prev(below));
    } else if (event->type() == QEvent::Leave && !m_isByKey) {
        hide();
    } else if (event->type() == QEvent::Resize) {
        m_isByKey = false;
        hide();
    }
    return QFrame::eventFilter(watched, event);
}

void TurnBar::showFor(const Spot &spot)
{
    if (!isHidden() && spot.place == m_place) {
        putInPlace(spot.top);
        return;
    }
    m_place = spot.place;
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater(); // it may be the one that was just pressed
        delete item;
    }
    for (QAction *action : m_actions.make(m_place, this)) {
        if (!action->property("inBar").toBool()) {
            delete action;
            continue;
        }
        if (action->icon().isNull()) {
            auto *label = new QLabel(action->text(), this);
            makeCaption(label);
            action->setParent(label);
            m_layout->addWidget(label);
            label->show();
            continue;
        }
        auto *button = new QToolButton(this);
        action->setParent(button);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonIconOnly);
        button->setAutoRaise(true);
        button->setAccessibleName(action->text());
        connect(button, &QToolButton::triggered, this, &TurnBar::leave);
        m_layout->addWidget(button);
        button->show();
    }
    if (m_layout->count() == 0) {
        hide();
        return;
    }
    show();
    raise();
    putInPlace(spot.top);
}

void TurnBar::putInPlace(qreal top)
{
    resize(sizeHint());
    const int y = qRound(top) - m_view.verticalScrollBar()->value() - spacing::tight;
    const int lowest = m_view.viewport()->height() - height() - 2;
    move(std::max(0, m_view.viewport()->width() - width() - spacing::normal), std::clamp(y, 2, std::max(2, lowest)));
}

void TurnBar::step(int direction)
{
    const std::vector<Spot> all = spots();
    if (all.empty())
        return;
    auto spot = std::prev(all.end());
    if (!isHidden()) {
        const auto now =
            std::find_if(all.begin(), all.end(), [this](const Spot &each) { return each.place == m_place; });
        if (now != all.end() && direction < 0)
            spot = now == all.begin() ? now : std::prev(now);
        else if (now != all.end())
            spot = std::next(now) == all.end() ? now : std::next(now);
    }
    showFor(*spot);
    if (m_layout->count() == 0)
        return;
    m_isByKey = true;
    QScrollBar *bar = m_view.verticalScrollBar();
    if (spot->top < bar->value() || spot->top > bar->value() + m_view.viewport()->height() - height()) {
        bar->setValue(qRound(spot->top) - spacing::wide);
        putInPlace(spot->top);
    }
    m_layout->itemAt(0)->widget()->setFocus(Qt::TabFocusReason);
}

void TurnBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        leave();
    else
        QFrame::keyPressEvent(event);
}

void TurnBar::leave()
{
    hide();
    if (std::exchange(m_isByKey, false))
        m_view.setFocus();
}

void TurnBar::fillMenu(QMenu *menu, int turn, bool isPrompt)
{
    const std::vector<QAction *> actions = m_actions.make({m_paneId, turn, isPrompt}, menu);
    if (actions.empty())
        return;
    QAction *first = menu->actions().isEmpty() ? nullptr : menu->actions().constFirst();
    for (QAction *action : actions) {
        if (!action->icon().isNull())
            menu->insertAction(first, action);
    }
    menu->insertSeparator(first);
}

void TurnBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(themeColor(ThemeColor::Border, palette()));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5);
}

} // namespace diptych
