// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/stepsview.h"

#include "theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QLocale>

namespace diptych {

namespace {

using State = ConnectionStep::State;

constexpr int iconSize = 14;
enum Column { IconColumn, NameColumn, TextColumn, TimeColumn };

QString stateName(State state)
{
    switch (state) {
    case State::Ok:
        return StepsView::tr("fine");
    case State::Failed:
        return StepsView::tr("failed");
    case State::Skipped:
        return StepsView::tr("not needed");
    case State::Unknown:
        break;
    }
    return StepsView::tr("not known");
}

ThemeColor stateColor(State state)
{
    switch (state) {
    case State::Ok:
        return ThemeColor::Success;
    case State::Failed:
        return ThemeColor::Danger;
    case State::Skipped:
    case State::Unknown:
        break;
    }
    return ThemeColor::Muted;
}

/// The theme's icon in the colour of the state.
QPixmap statePixmap(State state, const QPalette &palette, qreal ratio)
{
    const QString name = state == State::Ok ? QStringLiteral("check")
        : state == State::Failed            ? QStringLiteral("error")
                                            : QStringLiteral("more");
    QPixmap pixmap = themeIcon(name).pixmap(QSize(iconSize, iconSize), ratio);
    QPainter painter(&pixmap);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), themeColor(stateColor(state), palette));
    return pixmap;
}

QString durationText(const PhaseTimes::Time &time)
{
    if (!time)
        return {};
    const double milliseconds = double(time->count()) / 1000;
    return StepsView::tr("%1 ms").arg(QLocale().toString(milliseconds, 'f', milliseconds < 10 ? 1 : 0));
}

} // namespace

StepsView::StepsView(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    m_grid->setContentsMargins(spacing::normal, spacing::tight, spacing::normal, spacing::tight);
    m_grid->setHorizontalSpacing(spacing::normal);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(TextColumn, 1);
    setAccessibleName(tr("Steps of the trial connection"));
    hide();
}

void StepsView::setSteps(std::vector<ConnectionStep> steps)
{
    m_steps = std::move(steps);
    showSteps();
    setVisible(!m_steps.empty());
}

void StepsView::showSteps()
{
    while (QLayoutItem *item = m_grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_icons.clear();
    QStringList spoken;
    for (int row = 0; row < int(m_steps.size()); ++row) {
        addRow(row, m_steps[std::size_t(row)]);
        const ConnectionStep &step = m_steps[std::size_t(row)];
        spoken.append(
            QStringLiteral("%1: %2. %3").arg(connectionStepName(step.step), stateName(step.state), step.text));
    }
    setAccessibleDescription(spoken.join(u'\n'));
    drawIcons();
}

void StepsView::drawIcons()
{
    for (std::size_t row = 0; row < m_icons.size(); ++row)
        m_icons[row]->setPixmap(statePixmap(m_steps[row].state, palette(), devicePixelRatioF()));
}

void StepsView::addRow(int row, const ConnectionStep &step)
{
    auto *icon = new QLabel(this);
    m_icons.push_back(icon);
    icon->setToolTip(stateName(step.state));
    icon->setAccessibleName(stateName(step.state));
    auto *name = new QLabel(connectionStepName(step.step), this);
    auto *text = new QLabel(this);
    text->setObjectName(QStringLiteral("stepText_%1").arg(row));
    text->setTextFormat(Qt::PlainText); // may quote a server
    text->setText(step.text);
    text->setWordWrap(true);
    text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *time = new QLabel(durationText(step.duration), this);
    for (QLabel *quiet : {text, time}) {
        if (step.state != State::Failed || quiet == time)
            makeCaption(quiet);
    }
    m_grid->addWidget(icon, row, IconColumn, Qt::AlignTop);
    m_grid->addWidget(name, row, NameColumn, Qt::AlignTop);
    m_grid->addWidget(text, row, TextColumn);
    m_grid->addWidget(time, row, TimeColumn, Qt::AlignTop | Qt::AlignRight);
}

void StepsView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
}

} // namespace diptych
