// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/wirefindbar.h"

#include "theme/theme.h"

#include <QCheckBox>
#include <QKeyEvent>
#include <QLineEdit>

namespace diptych {

WireFindBar::WireFindBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit(this))
    , m_count(new QLabel(this))
    , m_filter(new QCheckBox(tr("Filter"), this))
{
    m_edit->setObjectName(QStringLiteral("findEdit"));
    m_edit->setAccessibleName(tr("Find in what went over the wire"));
    m_edit->setPlaceholderText(tr("Find"));
    m_edit->setClearButtonEnabled(true);
    m_count->setObjectName(QStringLiteral("findCount"));
    makeCaption(m_count);
    m_filter->setObjectName(QStringLiteral("findFilter"));
    m_filter->setToolTip(tr("Show only frames with this text"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(spacing::tight);
    row->addWidget(m_edit, 1);
    row->addWidget(m_count);
    const auto addButton = [this, row](const QString &objectName, const QString &name, Qt::ArrowType arrow) {
        auto *button = new QToolButton(this);
        button->setObjectName(objectName);
        button->setAutoRaise(true);
        button->setToolTip(name);
        button->setAccessibleName(name);
        if (arrow == Qt::NoArrow)
            button->setIcon(themeIcon(QStringLiteral("close")));
        else
            button->setArrowType(arrow);
        row->addWidget(button);
        return button;
    };
    auto *before = addButton(QStringLiteral("findPrevious"), tr("Match before"), Qt::UpArrow);
    auto *after = addButton(QStringLiteral("findNext"), tr("Next match"), Qt::DownArrow);
    row->addWidget(m_filter);
    auto *shut = addButton(QStringLiteral("findClose"), tr("Close the search"), Qt::NoArrow);
    connect(m_edit, &QLineEdit::textChanged, this, &WireFindBar::textChanged);
    connect(before, &QToolButton::clicked, this, [this] { Q_EMIT stepped(-1); });
    connect(after, &QToolButton::clicked, this, [this] { Q_EMIT stepped(1); });
    connect(m_filter, &QCheckBox::toggled, this, &WireFindBar::filterToggled);
    connect(shut, &QToolButton::clicked, this, &WireFindBar::close);
    hide();
}

void WireFindBar::open()
{
    show();
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
    Q_EMIT textChanged();
}

void WireFindBar::close()
{
    hide();
    Q_EMIT textChanged();
}

QString WireFindBar::text() const
{
    return isHidden() ? QString() : m_edit->text();
}

bool WireFindBar::filters() const
{
    return !isHidden() && m_filter->isChecked();
}

void WireFindBar::setCount(int current, int count, bool isMore)
{
    if (text().isEmpty())
        m_count->clear();
    else if (count == 0)
        m_count->setText(tr("none"));
    else
        m_count->setText((isMore ? tr("%1 of more than %2") : tr("%1 of %2")).arg(current + 1).arg(count));
}

void WireFindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        Q_EMIT stepped(event->modifiers() & Qt::ShiftModifier ? -1 : 1);
    else
        QWidget::keyPressEvent(event);
}

} // namespace diptych
