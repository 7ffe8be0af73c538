// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "votes/voteresultsdialog.h"
#include "ui_voteresultsdialog.h"

#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>

namespace diptych {

namespace {

constexpr std::size_t smallWork = 200; // votes whose resampling takes a few milliseconds

void setUpTable(QTableWidget *table, const QStringList &titles)
{
    table->setColumnCount(static_cast<int>(titles.size()));
    table->setHorizontalHeaderLabels(titles);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents); // follows the last column's width
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setStretchLastSection(true);
    table->setTabKeyNavigation(false);
}

void setCell(QTableWidget *table, int row, int column, const QString &text, bool isNumber = false)
{
    auto *item = new QTableWidgetItem(text);
    item->setToolTip(text);
    if (isNumber)
        item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
    table->setItem(row, column, item);
}

void fitCells(QTableWidget *table, int widest)
{
    table->resizeColumnsToContents();
    for (int column = 0; column + 1 < table->columnCount(); ++column)
        table->setColumnWidth(column, std::min(table->columnWidth(column) + spacing::normal, widest));
}

QString percent(double share)
{
    return VoteResultsDialog::tr("%1 %").arg(QLocale().toString(100 * share, 'f', 0));
}

QString points(double strength)
{
    const QString number = QLocale().toString(strength * eloPerStrength, 'f', 0);
    return strength * eloPerStrength >= 0.5 ? QString(u'+' + number) : number;
}

} // namespace

VoteResultsDialog::VoteResultsDialog(VotesOf votesOf, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::VoteResultsDialog>())
    , m_votesOf(std::move(votesOf))
{
    m_ui->setupUi(this);
    setUpTable(m_ui->pairsTable,
        {tr("First"), tr("Second"), tr("Preferred"), tr("Ties"), tr("Both bad"), tr("Share of the first"),
            tr("Result")});
    setUpTable(m_ui->ratingsTable, {tr("Model"), tr("Rating"), tr("95 % interval"), tr("Votes")});
    m_ui->pairsChart->setAxisTitle(tr("share of votes for the first, %"));
    m_ui->ratingsChart->setAxisTitle(tr("rating, points"));
    for (QLabel *label : {m_ui->pairsHint, m_ui->ratingsHint, m_ui->summaryLabel})
        makeCaption(label);
    connect(m_ui->scopeCombo, &QComboBox::currentIndexChanged, this, &VoteResultsDialog::refresh);
    connect(m_ui->blindCheck, &QCheckBox::toggled, this, &VoteResultsDialog::refresh);
    connect(m_ui->copyButton, &QPushButton::clicked, this,
        [this] { QGuiApplication::clipboard()->setText(toCsv(m_results)); });
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    refresh();
}

VoteResultsDialog::~VoteResultsDialog() = default;

void VoteResultsDialog::refresh()
{
    std::vector<Vote> votes = m_votesOf(m_ui->scopeCombo->currentIndex() == 1);
    if (m_ui->blindCheck->isChecked())
        std::erase_if(votes, [](const Vote &vote) { return !vote.isBlind; });
    const bool isSmall = votes.size() <= smallWork;
    m_work.start(
        isSmall, [votes = std::move(votes)](const std::stop_token &stop) { return resultsOf(votes, stop); },
        [this](const VoteResults &results) { take(results); });
}

void VoteResultsDialog::take(const VoteResults &results)
{
    m_results = results;
    const bool isEmpty = results.pairs.empty();
    m_ui->emptyLabel->setVisible(isEmpty);
    m_ui->tabs->setVisible(!isEmpty);
    m_ui->copyButton->setEnabled(!isEmpty);
    m_ui->summaryLabel->setText(isEmpty ? QString()
                                        : tr("%1, %2").arg(tr("%n vote(s)", nullptr, results.votes),
                                            tr("%n session(s)", nullptr, results.sessions)));
    showPairs();
    showRatings();
}

void VoteResultsDialog::showPairs()
{
    QTableWidget *table = m_ui->pairsTable;
    table->setRowCount(static_cast<int>(m_results.pairs.size()));
    std::vector<IntervalChart::Row> rows;
    QStringList spoken;
    for (const VoteResults::Pair &pair : m_results.pairs) {
        const int row = static_cast<int>(rows.size());
        const double share = pair.share().value_or(0.5);
        setCell(table, row, 0, pair.firstLabel);
        setCell(table, row, 1, pair.secondLabel);
        setCell(table, row, 2, tr("%1 : %2").arg(pair.firstWins).arg(pair.secondWins), true);
        setCell(table, row, 3, QString::number(pair.ties), true);
        setCell(table, row, 4, QString::number(pair.bothBad), true);
        setCell(table, row, 5,
            pair.share()
                ? tr("%1 (%2 to %3)").arg(percent(share), percent(pair.interval.low), percent(pair.interval.high))
                : QStringLiteral("–"),
            true);
        setCell(table, row, 6, verdictOf(pair));
        rows.push_back({.label = tr("%1 against %2").arg(pair.first.model, pair.second.model),
            .value = 100 * share,
            .low = 100 * pair.interval.low,
            .high = 100 * pair.interval.high});
        spoken << QStringLiteral("%1: %2").arg(rows.back().label, verdictOf(pair));
    }
    fitCells(table, 160);
    m_ui->pairsChart->setRows(std::move(rows), 50, std::pair(0.0, 100.0));
    m_ui->pairsChart->setAccessibleDescription(spoken.join(QStringLiteral("; ")));
}

void VoteResultsDialog::showRatings()
{
    QTableWidget *table = m_ui->ratingsTable;
    table->setRowCount(static_cast<int>(m_results.ratings.size()));
    std::vector<IntervalChart::Row> rows;
    QStringList spoken;
    for (const VoteResults::Rating &rating : m_results.ratings) {
        const int row = static_cast<int>(rows.size());
        const Strength &strength = rating.strength;
        const QString interval = strength.interval
            ? tr("%1 to %2").arg(points(strength.interval->low), points(strength.interval->high))
            : tr("not known from one session");
        setCell(table, row, 0, rating.label);
        setCell(table, row, 1, points(strength.value), true);
        setCell(table, row, 2, interval, true);
        setCell(table, row, 3, QString::number(strength.judgements), true);
        const Interval drawn = strength.interval.value_or(Interval {strength.value, strength.value});
        rows.push_back({.label = rating.label,
            .value = strength.value * eloPerStrength,
            .low = drawn.low * eloPerStrength,
            .high = drawn.high * eloPerStrength});
        spoken << QStringLiteral("%1: %2 (%3)").arg(rating.label, points(strength.value), interval);
    }
    fitCells(table, 320);
    m_ui->ratingsChart->setRows(std::move(rows), 0);
    m_ui->ratingsChart->setAccessibleDescription(spoken.join(QStringLiteral("; ")));
}

} // namespace diptych
