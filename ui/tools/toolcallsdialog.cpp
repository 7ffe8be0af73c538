// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/toolcallsdialog.h"

#include "models/toolcallsmodel.h"
#include "theme/theme.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QTableView>

namespace diptych {

ToolCallsDialog::ToolCallsDialog(ToolDesk &desk, QWidget *parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Calls of tools"));
    resize(920, 420);
    auto *model = new ToolCallsModel(desk, this);
    auto *table = new QTableView(this);
    table->setObjectName(QStringLiteral("callsTable"));
    table->setAccessibleName(tr("Calls of tools in this session"));
    table->setModel(model);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setAlternatingRowColors(true);
    table->setTextElideMode(Qt::ElideRight);
    table->setWordWrap(false);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    QHeaderView *header = table->horizontalHeader();
    for (const int column : {ToolCallsModel::PaneColumn, ToolCallsModel::TurnColumn, ToolCallsModel::OrderColumn})
        header->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    header->resizeSection(ToolCallsModel::ToolColumn, 130);
    header->resizeSection(ToolCallsModel::ArgumentsColumn, 220);
    header->resizeSection(ToolCallsModel::FaultColumn, 150);
    header->setSectionResizeMode(ToolCallsModel::ResultColumn, QHeaderView::Stretch);
    header->resizeSection(ToolCallsModel::SourceColumn, 150);
    auto *hint = new QLabel(tr("The same call within a turn gets the same result in every pane. After %1 rounds an "
                               "answer waits until you let it go on.")
                                .arg(ToolDesk::roundLimit),
        this);
    hint->setWordWrap(true);
    makeCaption(hint);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(hint);
    column->addWidget(table, 1);
    column->addWidget(buttons);
}

} // namespace diptych
