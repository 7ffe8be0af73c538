// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/promptcolumn.h"

#include "chat/paneblocks.h"
#include "models/conversation.h"
#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QVBoxLayout>

namespace diptych {

PromptColumn::PromptColumn(Conversation &conversation, RenderScheduler &scheduler, QWidget *parent)
    : QWidget(parent)
    , m_conversation(conversation)
    , m_header(new QWidget(this))
    , m_line(new QWidget(this))
    , m_transcript(new TranscriptView(scheduler, this))
{
    auto *caption = new QLabel(tr("Prompts"), m_header);
    makeCaption(caption);
    auto *headerLayout = new QVBoxLayout(m_header);
    headerLayout->setContentsMargins(spacing::normal, spacing::normal, spacing::tight, spacing::tight);
    headerLayout->addWidget(caption);
    headerLayout->addStretch();
    m_header->setAutoFillBackground(true);
    m_line->setAutoFillBackground(true);
    m_line->setFixedHeight(2);
    m_transcript->setAccessibleName(tr("Prompts"));
    m_transcript->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the answers have one
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_line);
    layout->addWidget(m_transcript, 1);
    setMinimumWidth(120);
    connect(&m_conversation, &Conversation::turnAdded, this, &PromptColumn::showPrompts);
    connect(&m_conversation, &Conversation::branchShown, this, &PromptColumn::showPrompts);
    connect(&m_conversation, &Conversation::sessionReplaced, this, &PromptColumn::showPrompts);
    paintHeader();
}

void PromptColumn::setHeaderHeight(int height)
{
    m_header->setFixedHeight(std::max(0, height - m_line->height()));
}

void PromptColumn::showPrompts()
{
    if (isHidden())
        return;
    m_transcript->setHistory(promptBlocks(m_conversation.session()));
}

void PromptColumn::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paintHeader();
}

void PromptColumn::paintHeader()
{
    const QPalette palette = QGuiApplication::palette();
    QPalette header;
    header.setColor(QPalette::Window, themeColor(ThemeColor::Panel, palette));
    m_header->setPalette(header);
    QPalette line;
    line.setColor(QPalette::Window, themeColor(ThemeColor::Border, palette));
    m_line->setPalette(line);
}

} // namespace diptych
