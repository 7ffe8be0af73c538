// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/toolcallcard.h"

#include "models/toolanswers.h"
#include "theme/theme.h"
#include "widgets/elidedlabel.h"
#include "widgets/jsonhighlighter.h"

#include <QEvent>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>

namespace diptych {

namespace {

constexpr int mostLines = 8; // of arguments; the rest is scrolled to
constexpr int resultHeight = 60;
constexpr int iconSize = 14;
constexpr int leastWidthForState = 320; // in a narrow pane the name needs the room

} // namespace

ToolCallCard::ToolCallCard(QWidget *parent)
    : QFrame(parent)
    , m_icon(new QLabel(this))
    , m_name(new ElidedLabel(this))
    , m_state(new ElidedLabel(this))
    , m_arguments(new QPlainTextEdit(this))
    , m_fault(new QLabel(this))
    , m_result(new QPlainTextEdit(this))
    , m_give(new QPushButton(tr("Give result"), this))
{
    setObjectName(QStringLiteral("toolCallCard"));
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    QFont bold = monospaceFont();
    bold.setBold(true);
    m_name->setFont(bold);
    makeCaption(m_state);
    m_arguments->setObjectName(QStringLiteral("argumentsView"));
    m_arguments->setAccessibleName(tr("Arguments of the call"));
    m_arguments->setReadOnly(true);
    m_arguments->setFrameShape(QFrame::NoFrame);
    m_arguments->setFont(monospaceFont());
    m_arguments->setTabChangesFocus(true);
    m_arguments->setWordWrapMode(QTextOption::WrapAnywhere);
    m_arguments->document()->setDocumentMargin(2);
    new JsonHighlighter(m_arguments->document());
    m_fault->setObjectName(QStringLiteral("callFaultLabel"));
    m_fault->setWordWrap(true);
    m_fault->setTextFormat(Qt::PlainText);
    m_result->setObjectName(QStringLiteral("resultEdit"));
    m_result->setAccessibleName(tr("Result of the call"));
    m_result->setPlaceholderText(tr("What the tool returns, as text or JSON (Ctrl+Enter gives it)"));
    m_result->setTabChangesFocus(true);
    m_result->setFixedHeight(resultHeight);
    m_result->setFont(monospaceFont());
    m_result->installEventFilter(this);
    m_give->setObjectName(QStringLiteral("giveResultButton"));
    m_give->setToolTip(tr("Also to every other pane that makes the same call in this turn"));
    auto *title = new QHBoxLayout;
    title->addWidget(m_icon);
    title->addWidget(m_name);
    title->addWidget(m_state);
    title->addStretch(1);
    title->addWidget(m_give);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    column->setSpacing(spacing::tight);
    column->addLayout(title);
    column->addWidget(m_arguments);
    column->addWidget(m_fault);
    column->addWidget(m_result);
    connect(m_give, &QPushButton::clicked, this, &ToolCallCard::give);
    paint();
}

void ToolCallCard::showCall(const ToolCall &call, const QString &arguments, const QString &state)
{
    m_isLimit = false;
    m_name->setText(call.name.isEmpty() ? tr("a tool") : call.name);
    m_state->setText(state);
    setAccessibleName(tr("Call of %1, %2").arg(m_name->text(), state));
    if (m_arguments->toPlainText() != arguments) {
        const bool followed = m_arguments->verticalScrollBar()->value() == m_arguments->verticalScrollBar()->maximum();
        m_arguments->setPlainText(arguments);
        if (followed)
            m_arguments->verticalScrollBar()->setValue(m_arguments->verticalScrollBar()->maximum());
        fitArguments();
    }
    m_arguments->setVisible(!arguments.trimmed().isEmpty() && arguments.trimmed() != QLatin1String("{}"));
}

void ToolCallCard::showArriving(const ToolCall &call)
{
    showCall(call, call.arguments, tr("arguments are arriving…"));
    m_fault->hide();
    m_result->hide();
    m_give->hide();
}

void ToolCallCard::showWaiting(const ToolCall &call, const QString &fault)
{
    showCall(call, prettyArguments(call.arguments), tr("waits for its result"));
    m_arguments->verticalScrollBar()->setValue(0);
    m_fault->setText(tr("The arguments violate the tool's schema: %1").arg(fault));
    m_fault->setVisible(!fault.isEmpty());
    m_result->show();
    m_give->setText(tr("Give result"));
    m_give->show();
}

void ToolCallCard::showLimit(int rounds)
{
    m_isLimit = true;
    m_name->setText(tr("%1 rounds of calls").arg(rounds));
    m_state->setText(tr("The results are there. Is the answer to go on?"));
    m_arguments->hide();
    m_fault->hide();
    m_result->hide();
    m_give->setText(tr("Go on"));
    m_give->show();
}

void ToolCallCard::give()
{
    if (m_isLimit)
        Q_EMIT goOnRequested();
    else
        Q_EMIT resultGiven(m_result->toPlainText());
}

bool ToolCallCard::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_result && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if ((key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) && key->modifiers() == Qt::ControlModifier) {
            give();
            return true;
        }
    }
    return QFrame::eventFilter(watched, event);
}

void ToolCallCard::fitArguments()
{
    const int lines = std::clamp(m_arguments->document()->blockCount(), 1, mostLines);
    m_arguments->setFixedHeight(lines * m_arguments->fontMetrics().lineSpacing() + 8);
}

void ToolCallCard::paint()
{
    // Only what differs is set: the rest follows the theme by itself.
    const QPalette normal = QGuiApplication::palette();
    QPalette card;
    card.setColor(QPalette::Window, themeColor(ThemeColor::Panel, normal));
    if (palette().color(QPalette::Window) != card.color(QPalette::Window))
        setPalette(card);
    m_icon->setPixmap(themeIcon(QStringLiteral("tool")).pixmap(iconSize, iconSize));
    QPalette code;
    code.setColor(QPalette::Base, themeColor(ThemeColor::Code, normal));
    m_arguments->setPalette(code);
    QPalette danger;
    danger.setColor(QPalette::WindowText, themeColor(ThemeColor::Danger, normal));
    m_fault->setPalette(danger);
    if (auto *highlighter = m_arguments->document()->findChild<JsonHighlighter *>())
        highlighter->refresh();
}

void ToolCallCard::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    m_state->setVisible(m_isLimit || width() >= leastWidthForState);
}

void ToolCallCard::changeEvent(QEvent *event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        paint();
}

} // namespace diptych
