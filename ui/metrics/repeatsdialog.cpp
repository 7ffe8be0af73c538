// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/repeatsdialog.h"
#include "ui_repeatsdialog.h"

#include "models/conversation.h"
#include "models/repeatseries.h"
#include "theme/theme.h"

#include <QHeaderView>
#include <QLocale>

namespace diptych {

namespace {

constexpr int usualCount = 5;
constexpr qsizetype longestLine = 120; // characters of an answer in the list

QString lineOf(const RepeatReport::Group &group)
{
    const QString text = group.text.left(2 * longestLine).simplified().left(longestLine);
    const QString shown = text.isEmpty() ? RepeatsDialog::tr("(empty)") : text;
    return QStringLiteral("%1 × %2").arg(group.numbers.size()).arg(shown);
}

QString numbersOf(const RepeatReport::Group &group)
{
    QStringList numbers;
    for (const int number : group.numbers)
        numbers << QString::number(number);
    return RepeatsDialog::tr("Answer %1", "one or several numbers").arg(numbers.join(QStringLiteral(", ")));
}

} // namespace

RepeatsDialog::RepeatsDialog(const Conversation &conversation, RepeatSeries &series, const QString &paneId,
    const QString &title, int parallel, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::RepeatsDialog>())
    , m_conversation(conversation)
    , m_series(series)
    , m_paneId(paneId)
{
    m_ui->setupUi(this);
    setWindowTitle(tr("Repeats of %1").arg(title));
    QFont bold = m_ui->summaryLabel->font();
    bold.setBold(true);
    m_ui->summaryLabel->setFont(bold);
    m_ui->countSpin->setRange(RepeatSeries::least, RepeatSeries::most);
    m_ui->countSpin->setValue(usualCount);
    m_ui->parallelSpin->setValue(parallel);
    m_ui->splitter->setSizes({320, 500});
    m_ui->splitter->setStretchFactor(1, 1);
    m_ui->spreadTable->setHorizontalHeaderLabels({tr("Number"), tr("Median"), tr("From – to"), tr("Answers")});
    m_ui->spreadTable->verticalHeader()->hide();
    m_ui->spreadTable->horizontalHeader()->setHighlightSections(false);
    m_ui->spreadTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_ui->spreadTable->setMaximumHeight(190);
    m_ui->spreadTable->setTabKeyNavigation(false);
    m_ui->column->setStretchFactor(m_ui->splitter, 1);
    makeCaption(m_ui->differenceLabel);
    connect(m_ui->runButton, &QPushButton::clicked, this, &RepeatsDialog::runOrStop);
    connect(m_ui->normaliseCheck, &QCheckBox::toggled, this, &RepeatsDialog::showGroups);
    connect(m_ui->groupsList, &QListWidget::currentRowChanged, this, &RepeatsDialog::showAnswer);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_series, &RepeatSeries::changed, this, [this](const QString &changedId) {
        if (changedId == m_paneId)
            showState();
    });
    connect(&m_conversation, &Conversation::answerFinished, this, &RepeatsDialog::showState);
    connect(&m_conversation, &Conversation::paneRemoved, this, [this](const QString &removedId) {
        if (removedId == m_paneId)
            reject();
    });
    connect(&m_conversation, &Conversation::sessionReplaced, this, &QDialog::reject);
    showState();
}

RepeatsDialog::~RepeatsDialog() = default;

void RepeatsDialog::runOrStop()
{
    m_ui->banner->dismiss();
    if (m_series.isRunning(m_paneId))
        m_series.cancel(m_paneId);
    else
        m_series.start(m_paneId, m_ui->countSpin->value(), m_ui->parallelSpin->value());
}

void RepeatsDialog::showState()
{
    const int turn = m_series.turnOf(m_paneId);
    std::vector<const Answer *> series;
    if (turn >= 0)
        series = seriesOf(m_conversation.session().turns[static_cast<std::size_t>(turn)], m_paneId);
    m_report = reportOf(series);
    m_count = static_cast<int>(series.size());
    m_ui->summaryLabel->setText(turn < 0 ? tr("This pane has not been asked anything yet.") : summaryOf(m_report));
    m_ui->summaryLabel->setToolTip(tr("Agreement: how likely two different ones of the answers are equal."));
    if (m_report.normalisedAgreement && m_report.normalised.size() != m_report.exact.size()) {
        m_ui->summaryLabel->setText(tr("%1; %2 distinct and %3 % agree when similar ones count as one")
                                        .arg(summaryOf(m_report))
                                        .arg(m_report.normalised.size())
                                        .arg(QLocale().toString(100 * *m_report.normalisedAgreement, 'f', 0)));
    }
    if (const auto error = m_series.error(m_paneId); error && !m_series.isRunning(m_paneId))
        m_ui->banner->showMessage(Banner::Tone::Error, error->message, whatToDo(*error));
    showProgress();
    showGroups();
    showSpread();
    showDifference();
}

void RepeatsDialog::showProgress()
{
    const bool isRunning = m_series.isRunning(m_paneId);
    m_ui->runButton->setText(isRunning ? tr("Stop") : tr("Ask again"));
    m_ui->runButton->setEnabled(isRunning || (m_count > 0 && m_count < RepeatSeries::most));
    m_ui->countSpin->setEnabled(!isRunning);
    m_ui->parallelSpin->setEnabled(!isRunning);
    if (!isRunning && m_ui->countSpin->value() <= m_count)
        m_ui->countSpin->setValue(m_count + usualCount);
    m_ui->progressBar->setVisible(isRunning);
    if (isRunning) {
        m_ui->progressBar->setRange(0, m_series.wanted(m_paneId));
        m_ui->progressBar->setValue(m_report.complete + m_report.incomplete);
        m_ui->progressBar->setFormat(tr("%v of %m"));
    }
}

void RepeatsDialog::showGroups()
{
    const auto &groups = m_ui->normaliseCheck->isChecked() ? m_report.normalised : m_report.exact;
    const int row = std::max(m_ui->groupsList->currentRow(), 0);
    const QSignalBlocker blocker(m_ui->groupsList);
    m_ui->groupsList->clear();
    for (const RepeatReport::Group &group : groups) {
        m_ui->groupsList->addItem(lineOf(group));
        m_ui->groupsList->item(m_ui->groupsList->count() - 1)->setToolTip(numbersOf(group));
    }
    m_ui->groupsList->setCurrentRow(std::min(row, m_ui->groupsList->count() - 1));
    showAnswer(m_ui->groupsList->currentRow());
}

void RepeatsDialog::showAnswer(int row)
{
    const auto &groups = m_ui->normaliseCheck->isChecked() ? m_report.normalised : m_report.exact;
    const bool isThere = row >= 0 && row < std::ssize(groups);
    const QString text = isThere ? groups[static_cast<std::size_t>(row)].text : QString();
    if (m_ui->answerEdit->toPlainText() != text)
        m_ui->answerEdit->setPlainText(text);
}

void RepeatsDialog::showSpread()
{
    QTableWidget *table = m_ui->spreadTable;
    table->setRowCount(static_cast<int>(m_report.lines.size()));
    for (int row = 0; row < table->rowCount(); ++row) {
        const RepeatReport::Line &line = m_report.lines[static_cast<std::size_t>(row)];
        const QStringList cells {line.label, line.median, line.range, QString::number(line.spread.count)};
        for (int column = 0; column < cells.size(); ++column) {
            auto *item = new QTableWidgetItem(cells[column]);
            if (column > 0)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            table->setItem(row, column, item);
        }
    }
    table->resizeRowsToContents();
    table->setVisible(table->rowCount() > 0);
}

void RepeatsDialog::showDifference()
{
    const auto seed = m_series.seedOf(m_paneId);
    QString text;
    if (m_report.complete >= 2) {
        text = seed ? determinismOf(m_report, *seed)
                    : tr("Which seed these answers were asked with is not known any more; ask again to find out.");
    }
    m_ui->seedLabel->setText(text);
    m_ui->seedLabel->setVisible(!text.isEmpty());
    const auto &difference = m_report.difference;
    m_ui->differenceLabel->setVisible(difference.has_value());
    if (difference) {
        m_ui->differenceLabel->setText(tr("First difference, between answers %1 and %2 after %n character(s): "
                                          "“%3” goes on with “%4” or with “%5”",
            nullptr, static_cast<int>(difference->place))
                                           .arg(difference->first)
                                           .arg(difference->second)
                                           .arg(difference->common.simplified(), difference->firstText.simplified(),
                                               difference->secondText.simplified()));
    }
}

} // namespace diptych
