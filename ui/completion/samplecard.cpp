// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/samplecard.h"

#include "completion/completionedit.h"
#include "completion/entropystrip.h"
#include "theme/theme.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QResizeEvent>
#include <QTextBlock>
#include <QToolButton>
#include <QVBoxLayout>

namespace diptych {

namespace {

constexpr int mostLines = 14; // longer texts scroll inside their card

QToolButton *button(const QString &icon, const QString &tip, QWidget *parent)
{
    auto *made = new QToolButton(parent);
    made->setIcon(themeIcon(icon));
    made->setToolTip(tip);
    made->setAccessibleName(tip);
    made->setAutoRaise(true);
    return made;
}

} // namespace

SampleCard::SampleCard(int sample, QWidget *parent)
    : QFrame(parent)
    , m_sample(sample)
    , m_title(new QLabel(this))
    , m_take(button(QStringLiteral("arrow-up"), tr("Take into the text"), this))
    , m_text(new CompletionEdit(this))
    , m_strip(new EntropyStrip(this))
{
    setFrameShape(QFrame::StyledPanel);
    auto *copy = button(QStringLiteral("copy"), tr("Copy this sample"), this);
    m_take->setObjectName(QStringLiteral("takeButton"));
    auto *header = new QHBoxLayout;
    header->setSpacing(0);
    header->addWidget(m_title, 1);
    header->addWidget(copy);
    header->addWidget(m_take);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::tight, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(header);
    column->addWidget(m_text);
    column->addWidget(m_strip);
    makeCaption(m_title);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setUndoRedoEnabled(false);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setMarksGenerated(false);
    m_text->setAccessibleName(tr("Text of sample %1").arg(sample + 1));
    m_text->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_text->beginGeneration(0);
    connect(m_text->document()->documentLayout(), &QAbstractTextDocumentLayout::documentSizeChanged, this,
        &SampleCard::fitHeight);
    connect(m_text, &CompletionEdit::spansChanged, this, [this] { m_strip->setSpans(m_text->spans().spans()); });
    connect(m_text, &QPlainTextEdit::cursorPositionChanged, this,
        [this] { m_strip->setCurrent(m_text->textCursor().position()); });
    connect(m_strip, &EntropyStrip::positionChosen, this, [this](int position) {
        QTextCursor cursor = m_text->textCursor();
        cursor.setPosition(position);
        m_text->setTextCursor(cursor);
        m_text->setFocus();
    });
    connect(m_take, &QToolButton::clicked, this, [this] { Q_EMIT takeRequested(m_sample); });
    connect(copy, &QToolButton::clicked, this, [this] { Q_EMIT copyRequested(m_sample); });
    m_text->installEventFilter(this);
    fitHeight();
}

bool SampleCard::eventFilter(QObject *watched, QEvent *event)
{
    // Lines break elsewhere now.
    if (watched == m_text && event->type() == QEvent::Resize
        && static_cast<QResizeEvent *>(event)->oldSize().width() != m_text->width())
        QMetaObject::invokeMethod(this, &SampleCard::fitHeight, Qt::QueuedConnection);
    return QFrame::eventFilter(watched, event);
}

void SampleCard::clear()
{
    m_text->clear();
    m_text->beginGeneration(0);
    m_state.clear();
    setTaken(false);
}

void SampleCard::showChoice(const CompletionRequest &request, const CompletionChoice &choice, bool isFinal)
{
    m_text->showChoice(request, choice, isFinal);
}

void SampleCard::showState(const CompletionSample &sample, bool isOnly)
{
    QStringList parts;
    if (!isOnly)
        parts.append(tr("Sample %1").arg(m_sample + 1));
    if (!sample.finishReason.isEmpty())
        parts.append(sample.finishReason);
    if (sample.sameAs >= 0)
        parts.append(tr("same text as sample %1").arg(sample.sameAs + 1));
    if (!sample.finishReason.isEmpty() && sample.text.isEmpty())
        parts.append(tr("empty"));
    m_state = parts.join(QStringLiteral(" · "));
    showTitle();
}

void SampleCard::setTaken(bool isTaken)
{
    m_isTaken = isTaken;
    m_take->setEnabled(!isTaken);
    showTitle();
}

void SampleCard::showTitle()
{
    const QString taken = tr("in the text");
    m_title->setText(!m_isTaken ? m_state : m_state.isEmpty() ? taken : QString(m_state + u" · " + taken));
}

void SampleCard::setHeat(bool isOn)
{
    m_text->setHeat(isOn);
    m_strip->setOn(isOn);
}

void SampleCard::fitHeight()
{
    int lines = 0;
    QAbstractTextDocumentLayout *layout = m_text->document()->documentLayout();
    for (QTextBlock block = m_text->document()->begin(); block.isValid() && lines < mostLines; block = block.next()) {
        static_cast<void>(layout->blockBoundingRect(block)); // lays it out: a plain text is lazy
        lines += qMax(1, block.layout()->lineCount());
    }
    lines = qBound(1, lines, mostLines);
    const QMargins margins = m_text->contentsMargins();
    const int extra = qRound(2 * m_text->document()->documentMargin()) + margins.top() + margins.bottom() + 2;
    m_text->setFixedHeight(lines * m_text->fontMetrics().lineSpacing() + extra);
}

} // namespace diptych
