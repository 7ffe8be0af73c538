// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/tokenpanel.h"

#include "widgets/probabilitydelegate.h"
#include "models/formatting.h"
#include "models/tokenprobability.h"
#include "theme/theme.h"

#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

#include <cmath>

namespace diptych {

namespace {

constexpr int narrowest = 170;
constexpr int tokenRole = Qt::UserRole + 2;

} // namespace

TokenPanel::TokenPanel(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_hint(new QLabel(this))
    , m_list(new QListWidget(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::tight, 0, 0, 0);
    column->setSpacing(spacing::tight);
    column->addWidget(m_title);
    column->addWidget(m_list, 1);
    column->addWidget(m_hint);
    makeCaption(m_title);
    makeCaption(m_hint);
    m_hint->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("alternatives"));
    m_list->setAccessibleName(tr("Alternatives of the token"));
    m_list->setItemDelegate(new ProbabilityDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Expanding);
    m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_hint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    setMinimumWidth(narrowest);
    m_list->installEventFilter(this);
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) {
        Q_EMIT alternativeChosen(m_position, item->data(tokenRole).toString());
    });
    clear();
}

void TokenPanel::clear()
{
    m_list->clear();
    m_position = -1;
    m_title->setText(tr("Token probabilities"));
    m_hint->setText(tr("Set logprobs, continue, then point at a token."));
}

void TokenPanel::setReadOnly(bool isReadOnly)
{
    m_list->setEnabled(!isReadOnly);
}

void TokenPanel::showToken(const TokenSpans::Span &span)
{
    m_position = span.start;
    m_list->clear();
    m_title->setText(tr("Token %1").arg(visibleToken(span.token.token)));
    const std::vector<TokenLogprob::Alternative> all = candidates(span.token);
    for (const TokenLogprob::Alternative &candidate : all) {
        auto *item = new QListWidgetItem(visibleToken(candidate.token), m_list);
        item->setData(ProbabilityDelegate::ProbabilityRole, std::exp(candidate.logprob));
        item->setData(tokenRole, candidate.token);
        if (candidate.token == span.token.token) {
            QFont bold = m_list->font();
            bold.setBold(true);
            item->setFont(bold);
        }
    }
    QStringList hints;
    if (const auto surprise = surpriseBits(span.token))
        hints.append(tr("Surprise %1 bits").arg(QLocale().toString(*surprise, 'f', 2)));
    if (const auto entropy = entropyBits(span.token))
        hints.append(tr("entropy ≥ %1 bits").arg(QLocale().toString(*entropy, 'f', 2)));
    QString text = hints.join(QStringLiteral(", "));
    if (all.empty())
        text = tr("No probability was given for this token.");
    else
        text +=
            (text.isEmpty() ? QString() : QStringLiteral(". ")) + tr("Click another to continue from it (Alt+Down).");
    m_hint->setText(text);
}

void TokenPanel::focusAlternatives()
{
    if (m_list->count() == 0 || !m_list->isEnabled())
        return;
    m_list->setCurrentRow(0);
    m_list->setFocus();
}

bool TokenPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_list || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const int key = static_cast<QKeyEvent *>(event)->key();
    if (key == Qt::Key_Escape) {
        Q_EMIT left();
        return true;
    }
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && m_list->currentItem()) {
        Q_EMIT alternativeChosen(m_position, m_list->currentItem()->data(tokenRole).toString());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace diptych
