// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chat/composer.h"
#include "ui_composer.h"

#include "api/metrics.h"
#include "theme/theme.h"

#include <QKeyEvent>

namespace diptych {

Composer::Composer(QWidget *parent)
    : QWidget(parent)
    , m_ui(std::make_unique<Ui::Composer>())
{
    m_ui->setupUi(this);
    m_ui->sendButton->setIcon(themeIcon(QStringLiteral("send")));
    m_ui->stopButton->setIcon(themeIcon(QStringLiteral("stop")));
    m_ui->systemButton->setIcon(themeIcon(QStringLiteral("text")));
    m_ui->systemButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    makeCaption(m_ui->hintLabel);
    m_ui->systemEdit->hide();
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_ui->promptEdit->installEventFilter(this);
    connect(m_ui->systemButton, &QToolButton::toggled, m_ui->systemEdit, &QWidget::setVisible);
    connect(m_ui->systemEdit, &QPlainTextEdit::textChanged, this,
        [this] { Q_EMIT systemPromptEdited(m_ui->systemEdit->toPlainText()); });
    connect(m_ui->promptEdit, &QPlainTextEdit::textChanged, this, [this] {
        fitHeight();
        showState();
        Q_EMIT textEdited();
    });
    connect(m_ui->sendButton, &QPushButton::clicked, this, &Composer::send);
    connect(m_ui->stopButton, &QPushButton::clicked, this, &Composer::stopRequested);
    setFocusProxy(m_ui->promptEdit);
    fitHeight();
    showState();
}

Composer::~Composer() = default;

QString Composer::text() const
{
    return m_ui->promptEdit->toPlainText();
}

void Composer::clear()
{
    m_ui->promptEdit->clear();
}

void Composer::setText(const QString &text)
{
    m_ui->promptEdit->setPlainText(text);
    m_ui->promptEdit->moveCursor(QTextCursor::End);
}

void Composer::setSystemPrompt(const QString &text)
{
    if (m_ui->systemEdit->toPlainText() != text) {
        const QSignalBlocker blocker(m_ui->systemEdit);
        m_ui->systemEdit->setPlainText(text);
    }
    if (!text.isEmpty())
        m_ui->systemButton->setChecked(true);
}

void Composer::setRunning(bool isRunning)
{
    m_isRunning = isRunning;
    showState();
}

void Composer::setTargetCount(int panes)
{
    m_targetCount = panes;
    showState();
}

void Composer::send()
{
    const QString prompt = text();
    if (prompt.trimmed().isEmpty() || m_targetCount == 0)
        return;
    Q_EMIT sendRequested(prompt);
}

void Composer::fitHeight()
{
    constexpr int fewestLines = 2;
    constexpr int mostLines = 9;
    QPlainTextEdit *edit = m_ui->promptEdit;
    const int line = edit->fontMetrics().lineSpacing();
    const int lines = qBound(fewestLines, static_cast<int>(edit->document()->size().height()), mostLines);
    const int margins = qRound(2 * edit->document()->documentMargin()) + 2 * edit->frameWidth();
    edit->setFixedHeight(lines * line + margins);
}

void Composer::showState()
{
    m_ui->stopButton->setVisible(m_isRunning);
    m_ui->sendButton->setEnabled(m_targetCount > 0 && !text().trimmed().isEmpty());
    if (m_targetCount == 0) {
        m_ui->hintLabel->setText(tr("No pane takes part: link one in its header, or add a pane."));
        return;
    }
    const qint64 tokens = estimateTokens(text().size());
    const QString keys = tr("Enter sends, Shift+Enter starts a new line");
    m_ui->hintLabel->setText(tokens == 0 ? keys : tr("≈%1 tokens (4 characters each) · %2").arg(tokens).arg(keys));
}

bool Composer::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_ui->promptEdit || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool isEnter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (isEnter && !key->modifiers().testFlag(Qt::ShiftModifier)) {
        send();
        return true;
    }
    if (key->key() == Qt::Key_Escape && m_isRunning) {
        Q_EMIT stopRequested();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace diptych
