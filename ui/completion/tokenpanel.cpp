// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/tokenpanel.h"

#include "completion/probabilitydelegate.h"
#include "models/formatting.h"
#include "theme/theme.h"

#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>
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
    connect(m_list, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        Q_EMIT alternativeChosen(m_position, item->data(tokenRole).toString());
    });
    connect(m_list, &QListWidget::itemClicked, this, [this](const QListWidgetItem *item) {
        Q_EMIT alternativeChosen(m_position, item->data(tokenRole).toString());
    });
    clear();
}

void TokenPanel::clear()
{
    m_list->clear();
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
    std::vector<TokenLogprob::Alternative> all = span.token.top;
    const bool isListed = std::any_of(
        all.begin(), all.end(), [&span](const auto &candidate) { return candidate.token == span.token.token; });
    if (!isListed && span.token.logprob)
        all.push_back({.token = span.token.token, .logprob = *span.token.logprob});
    std::stable_sort(all.begin(), all.end(), [](const auto &a, const auto &b) { return a.logprob > b.logprob; });
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
    m_hint->setText(
        all.empty() ? tr("No probability was given for this token.") : tr("Click another token to continue from it."));
}

} // namespace diptych
