// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/mocktable.h"

#include "models/toolanswers.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableWidget>
#include <QToolButton>

namespace diptych {

namespace {

QString hintOf(ToolAnswer::Kind kind)
{
    switch (kind) {
    case ToolAnswer::Kind::ByHand:
        return MockTable::tr("Each call waits below the conversation until you write its result.");
    case ToolAnswer::Kind::Fixed:
        return MockTable::tr("Every call gets this text. {{name}} stands for the argument of that name.");
    case ToolAnswer::Kind::Table:
        return MockTable::tr(
            "The first row whose arguments fit gives the result; if none fits, the call waits for you. "
            "Arguments are a JSON object whose members have to be among those of the call, with * for "
            "anything, such as {\"city\": \"Lis*\"}; empty fits all. {{city}} in the result stands for "
            "the argument. Nothing is run.");
    case ToolAnswer::Kind::Recorded:
        return MockTable::tr(
            "A call that was answered before in the session gets the same result; others wait for you.");
    }
    return {};
}

} // namespace

MockTable::MockTable(QWidget *parent)
    : QWidget(parent)
    , m_kind(new QComboBox(this))
    , m_hint(new QLabel(this))
    , m_pages(new QStackedWidget(this))
    , m_text(new QPlainTextEdit(this))
    , m_table(new QTableWidget(0, 2, this))
    , m_problem(new QLabel(this))
{
    m_kind->setObjectName(QStringLiteral("answerKindBox"));
    m_kind->setAccessibleName(tr("How calls are answered"));
    m_kind->addItems({tr("by hand"), tr("with a fixed reply"), tr("from a table"), tr("as recorded in the session")});
    m_hint->setWordWrap(true);
    makeCaption(m_hint);
    m_text->setObjectName(QStringLiteral("fixedReplyEdit"));
    m_text->setAccessibleName(tr("Fixed reply"));
    m_text->setFont(monospaceFont());
    m_problem->setWordWrap(true);
    auto *form = new QFormLayout;
    form->addRow(tr("Calls are answered"), m_kind);
    auto *column = new QVBoxLayout(this);
    column->addLayout(form);
    column->addWidget(m_hint);
    column->addWidget(m_pages, 1);
    column->addWidget(m_problem);
    m_pages->addWidget(new QWidget(m_pages));
    m_pages->addWidget(m_text);
    makeTable();
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        refresh();
        Q_EMIT edited();
    });
    connect(m_text, &QPlainTextEdit::textChanged, this, &MockTable::edited);
    connect(m_table, &QTableWidget::itemChanged, this, [this] {
        refresh();
        Q_EMIT edited();
    });
    refresh();
}

void MockTable::makeTable()
{
    m_table->setObjectName(QStringLiteral("mockTable"));
    m_table->setAccessibleName(tr("Arguments and results"));
    m_table->setHorizontalHeaderLabels({tr("Arguments"), tr("Result")});
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setFont(monospaceFont());
    auto *page = new QWidget(m_pages);
    auto *buttons = new QHBoxLayout;
    const auto add = [this, page, buttons](const char *name, const QString &icon, const QString &text, auto slot) {
        auto *button = new QToolButton(page);
        button->setObjectName(QString::fromLatin1(name));
        button->setIcon(themeIcon(icon));
        button->setText(text);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        connect(button, &QToolButton::clicked, this, slot);
        buttons->addWidget(button);
    };
    add("addRowButton", QStringLiteral("add"), tr("Add row"), &MockTable::addRow);
    add("moveRowButton", QStringLiteral("arrow-up"), tr("Earlier"), &MockTable::moveRow);
    add("removeRowButton", QStringLiteral("trash"), tr("Remove"), &MockTable::removeRow);
    buttons->addStretch();
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    m_pages->addWidget(page);
}

void MockTable::fillRow(int row, const MockRow &mock)
{
    m_table->setItem(row, 0, new QTableWidgetItem(mock.arguments));
    m_table->setItem(row, 1, new QTableWidgetItem(mock.result));
}

void MockTable::setAnswer(const ToolAnswer &answer)
{
    if (this->answer() == answer)
        return;
    const QSignalBlocker kindBlocker(m_kind);
    const QSignalBlocker textBlocker(m_text);
    const QSignalBlocker tableBlocker(m_table);
    m_kind->setCurrentIndex(static_cast<int>(answer.kind));
    if (m_text->toPlainText() != answer.text)
        m_text->setPlainText(answer.text);
    m_table->setRowCount(static_cast<int>(answer.rows.size()));
    for (std::size_t row = 0; row < answer.rows.size(); ++row)
        fillRow(static_cast<int>(row), answer.rows[row]);
    refresh();
}

ToolAnswer MockTable::answer() const
{
    ToolAnswer answer {
        .kind = static_cast<ToolAnswer::Kind>(std::max(0, m_kind->currentIndex())), .text = m_text->toPlainText()};
    for (int row = 0; row < m_table->rowCount(); ++row)
        answer.rows.push_back({m_table->item(row, 0)->text(), m_table->item(row, 1)->text()});
    return answer;
}

void MockTable::addRow()
{
    const int row = m_table->rowCount();
    {
        const QSignalBlocker blocker(m_table);
        m_table->insertRow(row);
        fillRow(row, {});
    }
    Q_EMIT edited();
    m_table->setCurrentCell(row, 0);
    m_table->editItem(m_table->item(row, 0));
}

void MockTable::removeRow()
{
    if (m_table->currentRow() < 0)
        return;
    m_table->removeRow(m_table->currentRow());
    refresh();
    Q_EMIT edited();
}

void MockTable::moveRow()
{
    const int row = m_table->currentRow();
    if (row < 1)
        return;
    ToolAnswer moved = answer();
    std::swap(moved.rows[static_cast<std::size_t>(row)], moved.rows[static_cast<std::size_t>(row - 1)]);
    setAnswer(moved);
    m_table->setCurrentCell(row - 1, 0);
    Q_EMIT edited();
}

void MockTable::refresh()
{
    const ToolAnswer now = answer();
    const bool isTable = now.kind == ToolAnswer::Kind::Table;
    m_hint->setText(hintOf(now.kind));
    m_pages->setCurrentIndex(now.kind == ToolAnswer::Kind::Fixed ? 1 : (isTable ? 2 : 0));
    QString problem;
    for (std::size_t row = 0; row < now.rows.size() && problem.isEmpty() && isTable; ++row) {
        const QString wrong = patternProblem(now.rows[row].arguments);
        if (!wrong.isEmpty())
            problem = tr("Row %1: %2").arg(row + 1).arg(wrong);
    }
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
    QPalette toned = QGuiApplication::palette();
    toned.setColor(QPalette::WindowText, themeColor(ThemeColor::Danger, toned));
    m_problem->setPalette(toned);
}

} // namespace diptych
