// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessions/noticebar.h"

#include "theme/theme.h"
#include "widgets/elidedlabel.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>

namespace diptych {

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent)
    , m_text(new ElidedLabel)
    , m_progress(new QProgressBar)
    , m_button(new QToolButton)
{
    setFrameShape(QFrame::StyledPanel);
    m_button->setObjectName(QStringLiteral("noticeButton"));
    m_button->hide(); // it comes with its text
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setMaximumHeight(spacing::normal);
    m_progress->setMaximumWidth(80);
    m_progress->setAccessibleName(tr("Progress"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(spacing::normal, spacing::tight, spacing::tight, spacing::tight);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_progress);
    layout->addWidget(m_button);
    m_timer.setSingleShot(true);
    m_timer.setInterval(shownFor);
    connect(&m_timer, &QTimer::timeout, this, &NoticeBar::dismiss);
    connect(m_button, &QToolButton::clicked, this, &NoticeBar::buttonClicked);
    hide();
}

void NoticeBar::showNotice(const QString &text, const QString &button)
{
    m_text->setText(text);
    m_progress->hide();
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_timer.start();
    show();
}

void NoticeBar::showProgress(const QString &text, int permille, const QString &button)
{
    m_timer.stop();
    m_text->setText(text);
    m_progress->setRange(0, permille < 0 ? 0 : 1000);
    m_progress->setValue(permille);
    m_progress->show();
    m_button->setText(button);
    m_button->show();
    show();
}

void NoticeBar::dismiss()
{
    m_timer.stop();
    hide();
}

} // namespace diptych
