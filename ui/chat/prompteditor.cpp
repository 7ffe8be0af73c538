// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/prompteditor.h"

#include "theme/theme.h"
#include "transcript/transcriptview.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

#include <algorithm>

namespace diptych {

PromptEditor::PromptEditor(TranscriptView &view, int turn, const QString &text)
    : QFrame(view.viewport())
    , m_view(view)
    , m_turn(turn)
    , m_edit(new QPlainTextEdit(text, this))
    , m_askButton(new QPushButton(tr("Ask"), this))
{
    setObjectName(QStringLiteral("promptEditor"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_edit->setObjectName(QStringLiteral("editedPrompt"));
    m_edit->setAccessibleName(tr("Edited prompt"));
    m_edit->installEventFilter(this);
    m_edit->moveCursor(QTextCursor::End);
    m_askButton->setObjectName(QStringLiteral("askEdited"));
    m_askButton->setToolTip(tr("Asks the edited prompt on a new branch; the old one is kept (Enter)"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("cancelEdit"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_askButton);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::normal, spacing::normal, spacing::normal, spacing::normal);
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_edit);
    layout->addLayout(buttons);
    connect(m_askButton, &QPushButton::clicked, this, &PromptEditor::accept);
    connect(cancel, &QPushButton::clicked, this, &PromptEditor::dismiss);
    connect(m_view.verticalScrollBar(), &QScrollBar::valueChanged, this, &PromptEditor::putInPlace);
    m_view.viewport()->installEventFilter(this);
    m_view.setFollowing(false); // answers of other turns must not carry it away
    putInPlace();
    show();
    m_edit->setFocus();
}

void PromptEditor::putInPlace()
{
    constexpr int fewestLines = 3;
    constexpr int mostLines = 10;
    const int lines = std::clamp(m_edit->document()->blockCount() + 1, fewestLines, mostLines);
    const int height = lines * fontMetrics().lineSpacing() + m_askButton->sizeHint().height() + 6 * spacing::normal;
    const QRect area = m_view.viewport()->rect().adjusted(spacing::tight, spacing::tight, -spacing::tight, 0);
    const int top = qRound(std::max<qreal>(0, m_view.turnTop(m_turn))) - m_view.verticalScrollBar()->value();
    const int fitting = std::min(height, area.height());
    setGeometry(
        area.left(), std::clamp(top, area.top(), std::max(area.top(), area.bottom() - fitting)), area.width(), fitting);
}

void PromptEditor::accept()
{
    const QString text = m_edit->toPlainText();
    if (text.trimmed().isEmpty())
        return;
    dismiss();
    Q_EMIT accepted(m_turn, text);
}

void PromptEditor::dismiss()
{
    m_view.viewport()->removeEventFilter(this);
    hide();
    m_view.setFocus();
    deleteLater();
}

bool PromptEditor::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_view.viewport() && event->type() == QEvent::Resize)
        putInPlace();
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && !key->modifiers().testFlag(Qt::ShiftModifier)) {
        accept();
        return true;
    }
    if (key->key() == Qt::Key_Escape) {
        dismiss();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace diptych
