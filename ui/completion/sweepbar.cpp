// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "completion/sweepbar.h"

#include "theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace diptych {

namespace {

QLineEdit *valuesEdit(const char *name, const QString &placeholder, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QString::fromLatin1(name));
    edit->setPlaceholderText(placeholder);
    edit->setToolTip(SweepBar::tr("Values or a range: 0, 0.5, 1 or 0..1 step 0.25. Empty: not varied."));
    edit->setMinimumWidth(80);
    return edit;
}

} // namespace

SweepBar::SweepBar(QWidget *parent)
    : QWidget(parent)
    , m_temperature(valuesEdit("sweepTemperatureEdit", QStringLiteral("0, 0.5, 1"), this))
    , m_topP(valuesEdit("sweepTopPEdit", QStringLiteral("0.5..1 step 0.25"), this))
    , m_plan(new QLabel(this))
    , m_run(new QPushButton(this))
{
    m_temperature->setAccessibleName(tr("Temperatures of the sweep"));
    m_topP->setAccessibleName(tr("Values of top_p of the sweep"));
    m_plan->setObjectName(QStringLiteral("sweepPlan"));
    m_plan->setWordWrap(true);
    m_plan->setTextFormat(Qt::PlainText);
    m_plan->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_run->setObjectName(QStringLiteral("sweepButton"));
    auto *temperatureCaption = new QLabel(QStringLiteral("temperature"), this);
    auto *topPCaption = new QLabel(QStringLiteral("top_p"), this);
    makeCaption(temperatureCaption);
    makeCaption(topPCaption);
    makeCaption(m_plan);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(spacing::normal);
    grid->setVerticalSpacing(2);
    grid->addWidget(temperatureCaption, 0, 0);
    grid->addWidget(topPCaption, 0, 1);
    grid->addWidget(m_temperature, 1, 0);
    grid->addWidget(m_topP, 1, 1);
    grid->addWidget(m_run, 1, 2);
    grid->addWidget(m_plan, 2, 0, 1, 3);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    for (QLineEdit *edit : {m_temperature, m_topP}) {
        connect(edit, &QLineEdit::textChanged, this, &SweepBar::changed);
        connect(edit, &QLineEdit::returnPressed, m_run, &QPushButton::click);
    }
    connect(m_run, &QPushButton::clicked, this, [this] {
        if (m_isRunning)
            Q_EMIT stopRequested();
        else
            Q_EMIT runRequested();
    });
    showRunning(false);
}

bool SweepBar::apply(CompletionSweep &sweep) const
{
    const auto temperatures = parseSweepValues(m_temperature->text());
    const auto topPs = parseSweepValues(m_topP->text());
    if (!temperatures || !topPs || (temperatures->empty() && topPs->empty()))
        return false;
    sweep.temperatures = *temperatures;
    sweep.topPs = *topPs;
    return true;
}

QString SweepBar::temperatureText() const
{
    return m_temperature->text();
}

QString SweepBar::topPText() const
{
    return m_topP->text();
}

void SweepBar::setTexts(const QString &temperature, const QString &topP)
{
    m_temperature->setText(temperature);
    m_topP->setText(topP);
}

void SweepBar::showPlan(const QString &plan, bool canRun)
{
    m_canRun = canRun;
    m_plan->setText(plan);
    showProblem();
    showRunning(m_isRunning);
}

void SweepBar::showProblem()
{
    const QPalette normal = QGuiApplication::palette();
    QStringList problems;
    for (QLineEdit *edit : {m_temperature, m_topP}) {
        const auto values = parseSweepValues(edit->text());
        QPalette toned = normal;
        if (!values) {
            problems.append(values.error().message);
            toned.setColor(QPalette::Text, themeColor(ThemeColor::Danger, normal));
        }
        edit->setPalette(toned);
    }
    if (!problems.isEmpty())
        m_plan->setText(problems.join(u' '));
}

void SweepBar::showRunning(bool isRunning)
{
    m_isRunning = isRunning;
    m_run->setText(isRunning ? tr("Stop the sweep") : tr("Run the sweep"));
    m_run->setIcon(themeIcon(isRunning ? QStringLiteral("stop") : QStringLiteral("play")));
    m_run->setEnabled(isRunning || m_canRun);
    m_temperature->setReadOnly(isRunning);
    m_topP->setReadOnly(isRunning);
}

void SweepBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showProblem();
}

} // namespace diptych
