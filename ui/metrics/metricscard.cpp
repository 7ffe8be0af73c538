// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metricscard.h"

#include "charts/histogramchart.h"
#include "metrics/gapbars.h"
#include "theme/theme.h"

#include <QBoxLayout>
#include <QClipboard>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>

namespace diptych {

namespace {

constexpr int leastWidth = 340;
constexpr int leastHeight = 80; // of the numbers

QToolButton *makeButton(const QString &icon, const QString &text, const char *name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setIcon(themeIcon(icon));
    button->setText(text);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

/// Who counted, or what says more than that.
QString noteOf(const MetricFact &fact)
{
    return fact.note.isEmpty() ? sourceText(fact.source) : fact.note;
}

} // namespace

MetricsCard::MetricsCard(QWidget *parent)
    : QFrame(parent, Qt::Popup)
    , m_title(new QLabel(this))
    , m_empty(new QLabel(tr("There is no answer yet."), this))
    , m_scroll(new QScrollArea(this))
    , m_gapTitle(new QLabel(tr("Gaps between visible pieces"), this))
    , m_gaps(new HistogramChart(this))
    , m_compare(makeButton(QStringLiteral("chart"), tr("Compare all"), "compareMetricsButton", this))
{
    setObjectName(QStringLiteral("metricsCard"));
    setFrameShape(QFrame::StyledPanel);
    m_title->setTextFormat(Qt::PlainText); // a model's name is not ours
    m_title->setWordWrap(true);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    makeCaption(m_gapTitle);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setAccessibleName(tr("Numbers of this answer"));
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_gaps->setObjectName(QStringLiteral("gapChart"));
    m_gaps->setAccessibleName(tr("How long the gaps between pieces are"));
    m_compare->setToolTip(tr("The numbers of all answers of this turn side by side"));
    QToolButton *copy = makeButton(QStringLiteral("copy"), tr("Copy"), "copyMetricsButton", this);
    copy->setToolTip(tr("Copy these numbers as text"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });
    connect(m_compare, &QToolButton::clicked, this, [this] {
        hide();
        Q_EMIT compareRequested();
    });

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(spacing::wide, spacing::normal, spacing::wide, spacing::normal);
    layout->setSpacing(spacing::tight);
    layout->addWidget(m_title);
    layout->addWidget(m_empty);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_gapTitle);
    layout->addWidget(m_gaps);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(copy);
    buttons->addWidget(m_compare);
    layout->addLayout(buttons);
}

void MetricsCard::setAnswer(const QString &title, const Answer &answer, const std::optional<Cost> &cost)
{
    m_title->setText(title);
    m_text = title;
    showFacts(metricFacts(answer, cost));
    showGaps(answer.metrics.pieces);
}

void MetricsCard::showFacts(const std::vector<MetricFact> &facts)
{
    delete m_scroll->takeWidget();
    m_body = new QWidget;
    auto *grid = new QGridLayout(m_body);
    grid->setContentsMargins(0, 0, spacing::normal, 0);
    grid->setHorizontalSpacing(spacing::wide);
    grid->setVerticalSpacing(1);
    grid->setColumnStretch(2, 1);
    std::optional<MetricFact::Group> group;
    int row = 0;
    const auto label = [this](const QString &text) {
        auto *made = new QLabel(text, m_body);
        made->setTextFormat(Qt::PlainText);
        return made;
    };
    for (const MetricFact &fact : facts) {
        const bool isUsual = fact.id == QLatin1String("attempts") && fact.value == 1.0;
        if (!fact.value || isUsual)
            continue;
        if (group != fact.group) {
            group = fact.group;
            QLabel *heading = label(groupText(fact.group));
            makeCaption(heading);
            heading->setContentsMargins(0, row == 0 ? 0 : spacing::normal, 0, 0);
            grid->addWidget(heading, row++, 0, 1, 3);
            m_text += QStringLiteral("\n\n%1").arg(groupText(fact.group));
        }
        QLabel *value = label(fact.text);
        value->setObjectName(QStringLiteral("value-") + fact.id);
        value->setAlignment(Qt::AlignRight);
        value->setAccessibleName(QStringLiteral("%1: %2, %3").arg(fact.label, fact.text, noteOf(fact)));
        QLabel *note = label(noteOf(fact));
        makeCaption(note);
        for (QLabel *shown : {value, note})
            shown->setToolTip(sourceText(fact.source));
        grid->addWidget(label(fact.label), row, 0);
        grid->addWidget(value, row, 1);
        grid->addWidget(note, row++, 2);
        m_text += QStringLiteral("\n%1: %2 (%3)").arg(fact.label, fact.text, noteOf(fact));
    }
    grid->setRowStretch(row, 1);
    m_scroll->setWidget(m_body);
    m_scroll->setVisible(row > 0);
    m_empty->setVisible(row == 0);
}

void MetricsCard::showGaps(const GapDistribution &gaps)
{
    const GapBars bars = gapBars(gaps);
    m_gaps->setBars(bars.counts, bars.edges, bars.texts);
    QStringList filled;
    for (std::size_t bar = 0; bar < bars.counts.size(); ++bar) {
        if (bars.counts[bar] > 0)
            filled << bars.texts[static_cast<qsizetype>(bar)];
    }
    m_gaps->setAccessibleDescription(filled.join(QStringLiteral("; ")));
    m_gaps->setVisible(!bars.counts.empty());
    m_gapTitle->setVisible(!bars.counts.empty());
}

/// As high as all of the numbers where the screen allows it; a scroll area by itself would ask for less.
void MetricsCard::fit(const QRect &area)
{
    const int whole = m_body->sizeHint().height();
    m_scroll->setFixedHeight(whole);
    layout()->activate();
    const int excess = sizeHint().height() - area.height();
    m_scroll->setFixedHeight(std::max(whole - std::max(excess, 0), leastHeight));
    layout()->activate();
    const int needed = m_body->sizeHint().width() + m_scroll->verticalScrollBar()->sizeHint().width()
        + layout()->contentsMargins().left() + layout()->contentsMargins().right();
    resize(std::min(std::max({needed, leastWidth, minimumSizeHint().width()}), area.width()), sizeHint().height());
}

void MetricsCard::popup(QWidget *anchor)
{
    const QRect area = anchor->screen()->availableGeometry();
    fit(area);
    show();
    fit(area); // only what is shown has its fonts
    QPoint position = anchor->mapToGlobal(QPoint(0, anchor->height() + 2));
    position.setX(qBound(area.left(), position.x(), qMax(area.left(), area.right() + 1 - width())));
    position.setY(qBound(area.top(), position.y(), qMax(area.top(), area.bottom() + 1 - height())));
    move(position);
    m_compare->setFocus();
}

} // namespace diptych
