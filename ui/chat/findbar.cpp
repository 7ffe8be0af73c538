// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/findbar.h"

#include "theme/theme.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace diptych {

FindBar::FindBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_count(new QLabel(this))
{
    m_edit->setObjectName(QStringLiteral("findEdit"));
    m_edit->setPlaceholderText(tr("Find in all panes"));
    m_edit->setAccessibleName(tr("Find in all panes"));
    m_edit->setClearButtonEnabled(true);
    makeCaption(m_count);
    auto *closeButton = new QToolButton(this);
    closeButton->setAutoRaise(true);
    closeButton->setIcon(themeIcon(QStringLiteral("close")));
    closeButton->setAccessibleName(tr("Close find bar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_count);
    layout->addWidget(closeButton);
    connect(m_edit, &QLineEdit::textChanged, this, &FindBar::searchChanged);
    connect(closeButton, &QToolButton::clicked, this, &FindBar::closeBar);
    setFocusProxy(m_edit);
    hide();
}

void FindBar::open()
{
    show();
    m_edit->setFocus();
    m_edit->selectAll();
    Q_EMIT searchChanged(m_edit->text());
}

void FindBar::open(const QString &text)
{
    const bool isNew = text != m_edit->text();
    if (isNew)
        m_edit->setText(text); // searches
    if (!isNew || !isVisible())
        open();
}

void FindBar::setMatchCount(int count)
{
    if (m_edit->text().isEmpty())
        m_count->clear();
    else
        m_count->setText(count == 0 ? tr("no match") : count == 1 ? tr("1 match") : tr("%1 matches").arg(count));
}

QString FindBar::text() const
{
    return m_edit->text();
}

void FindBar::closeBar()
{
    hide();
    Q_EMIT closed();
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        closeBar();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT nextRequested(m_edit->text(), event->modifiers().testFlag(Qt::ShiftModifier));
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace diptych
