// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics/metricsdialog.h"
#include "ui_metricsdialog.h"

#include "models/conversation.h"
#include "theme/theme.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QStyledItemDelegate>

namespace diptych {

namespace {

constexpr int widestColumn = 220;

/// Bold, not coloured: it has to be seen by everybody.
class BestDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        option->font.setBold(index.data(MetricsTable::BestRole).toBool());
    }
};

} // namespace

MetricsDialog::MetricsDialog(const Conversation &conversation, CostOf costOf, QWidget *parent)
    : QDialog(parent)
    , m_ui(std::make_unique<Ui::MetricsDialog>())
    , m_conversation(conversation)
    , m_costOf(std::move(costOf))
{
    m_ui->setupUi(this);
    m_ui->earlierButton->setIcon(themeIcon(QStringLiteral("arrow-up")));
    m_ui->laterButton->setIcon(themeIcon(QStringLiteral("arrow-down")));
    makeCaption(m_ui->promptLabel);
    makeCaption(m_ui->hintLabel);
    m_ui->table->setModel(&m_table);
    m_ui->table->setItemDelegate(new BestDelegate(m_ui->table));
    m_ui->table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_ui->table->horizontalHeader()->setHighlightSections(false);
    m_ui->table->horizontalHeader()->setTextElideMode(Qt::ElideMiddle);
    m_ui->table->verticalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->table->verticalHeader()->setHighlightSections(false);
    connect(m_ui->earlierButton, &QToolButton::clicked, this, [this] { showTurn(m_turn - 1); });
    connect(m_ui->laterButton, &QToolButton::clicked, this, [this] { showTurn(m_turn + 1); });
    connect(m_ui->copyButton, &QPushButton::clicked, this, &MetricsDialog::copy);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(&m_conversation, &Conversation::answerFinished, this, &MetricsDialog::showAnswers);
    connect(&m_conversation, &Conversation::sessionReplaced, this, [this] { showTurn(INT_MAX); });
    connect(&m_conversation, &Conversation::turnAdded, this, &MetricsDialog::showTurn);
    showTurn(INT_MAX);
}

MetricsDialog::~MetricsDialog() = default;

void MetricsDialog::showTurn(int turn)
{
    const int count = static_cast<int>(m_conversation.session().turns.size());
    m_turn = std::clamp(turn, std::min(0, count - 1), count - 1);
    showAnswers();
}

void MetricsDialog::showAnswers()
{
    const Session &session = m_conversation.session();
    const int count = static_cast<int>(session.turns.size());
    m_turn = std::min(m_turn, count - 1);
    std::vector<MetricsTable::Column> columns;
    QString prompt;
    if (m_turn >= 0) {
        const Turn &turn = session.turns[static_cast<std::size_t>(m_turn)];
        prompt = turn.prompt.text().simplified();
        int number = 0;
        for (const PaneState &pane : session.panes) {
            ++number;
            const Answer *answer = answerOf(turn, pane.id);
            if (!answer || answer->state == Answer::State::Streaming)
                continue;
            columns.push_back({.title = QStringLiteral("%1 %2").arg(number).arg(answer->modelLabel),
                .facts = metricFacts(*answer, m_costOf(*answer))});
        }
    }
    m_ui->turnLabel->setText(tr("Turn %1 of %2").arg(m_turn + 1).arg(count));
    m_ui->promptLabel->setText(prompt);
    m_ui->earlierButton->setEnabled(m_turn > 0);
    m_ui->laterButton->setEnabled(m_turn + 1 < count);
    m_ui->table->setVisible(!columns.empty());
    m_ui->emptyLabel->setVisible(columns.empty());
    m_ui->copyButton->setEnabled(!columns.empty());
    m_table.setColumns(std::move(columns));
    m_ui->table->resizeColumnsToContents();
    m_ui->table->resizeRowsToContents();
    for (int column = 0; column < m_table.columnCount(); ++column) {
        const int width = m_ui->table->columnWidth(column);
        m_ui->table->setColumnWidth(column, std::min(width + spacing::wide, widestColumn));
    }
}

void MetricsDialog::copy()
{
    QGuiApplication::clipboard()->setText(m_table.toCsv());
}

} // namespace diptych
