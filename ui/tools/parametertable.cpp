// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tools/parametertable.h"

#include "theme/theme.h"

#include <QComboBox>
#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QToolButton>

namespace diptych {

namespace {

constexpr int originRole = Qt::UserRole + 1;

/// Offers the types of JSON schema.
class TypeDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        auto *box = new QComboBox(parent);
        box->addItems({QString(), QStringLiteral("string"), QStringLiteral("number"), QStringLiteral("integer"),
            QStringLiteral("boolean"), QStringLiteral("object"), QStringLiteral("array")});
        box->setItemText(0, ParameterTable::tr("any"));
        return box;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        auto *box = static_cast<QComboBox *>(editor);
        box->setCurrentIndex(std::max(0, box->findText(index.data(Qt::EditRole).toString())));
        box->showPopup();
    }
    void setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const override
    {
        const auto *box = static_cast<QComboBox *>(editor);
        model->setData(index, box->currentIndex() == 0 ? QString() : box->currentText(), Qt::EditRole);
    }
};

} // namespace

ParameterTable::ParameterTable(QWidget *parent)
    : QWidget(parent)
    , m_table(new QTableWidget(0, ColumnCount, this))
{
    m_table->setObjectName(QStringLiteral("parameterTable"));
    m_table->setAccessibleName(tr("Parameters of the tool"));
    m_table->setHorizontalHeaderLabels({tr("Parameter"), tr("Type"), tr("Description"), tr("Required"), tr("Values")});
    m_table->horizontalHeaderItem(ValuesColumn)
        ->setToolTip(tr("The only values that are allowed, with | between them"));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(DescriptionColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->resizeSection(TypeColumn, 80);
    m_table->horizontalHeader()->resizeSection(RequiredColumn, 76);
    m_table->verticalHeader()->hide();
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::AllEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setItemDelegateForColumn(TypeColumn, new TypeDelegate(m_table));
    auto *add = new QToolButton(this);
    add->setObjectName(QStringLiteral("addParameterButton"));
    add->setIcon(themeIcon(QStringLiteral("add")));
    add->setText(tr("Add parameter"));
    add->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *remove = new QToolButton(this);
    remove->setObjectName(QStringLiteral("removeParameterButton"));
    remove->setIcon(themeIcon(QStringLiteral("trash")));
    remove->setText(tr("Remove"));
    remove->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(add);
    buttons->addWidget(remove);
    buttons->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table, 1);
    column->addLayout(buttons);
    connect(add, &QToolButton::clicked, this, &ParameterTable::addRow);
    connect(remove, &QToolButton::clicked, this, &ParameterTable::removeRow);
    connect(m_table, &QTableWidget::itemChanged, this, &ParameterTable::edited);
}

void ParameterTable::fillRow(int row, const ToolParameter &parameter)
{
    const auto put = [this, row](int column, const QString &text) {
        auto *item = new QTableWidgetItem(text);
        item->setToolTip(text.toHtmlEscaped());
        m_table->setItem(row, column, item);
        return item;
    };
    put(NameColumn, parameter.name)->setData(originRole, parameter.origin);
    put(TypeColumn, parameter.type);
    put(DescriptionColumn, parameter.description);
    put(ValuesColumn, parameter.values.join(QStringLiteral(" | ")));
    QTableWidgetItem *required = put(RequiredColumn, {});
    required->setFlags((required->flags() | Qt::ItemIsUserCheckable) & ~Qt::ItemIsEditable);
    required->setCheckState(parameter.isRequired ? Qt::Checked : Qt::Unchecked);
}

void ParameterTable::setParameters(const std::vector<ToolParameter> &parameters)
{
    if (this->parameters() == parameters)
        return; // what is being edited stays
    const QSignalBlocker blocker(m_table);
    m_table->setRowCount(static_cast<int>(parameters.size()));
    for (std::size_t row = 0; row < parameters.size(); ++row)
        fillRow(static_cast<int>(row), parameters[row]);
}

std::vector<ToolParameter> ParameterTable::parameters() const
{
    std::vector<ToolParameter> parameters;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto text = [this, row](int column) { return m_table->item(row, column)->text(); };
        ToolParameter parameter {.name = text(NameColumn),
            .type = text(TypeColumn),
            .description = text(DescriptionColumn),
            .isRequired = m_table->item(row, RequiredColumn)->checkState() == Qt::Checked,
            .origin = m_table->item(row, NameColumn)->data(originRole).toString()};
        for (const QString &value : text(ValuesColumn).split(u'|', Qt::SkipEmptyParts))
            parameter.values.push_back(value.trimmed());
        parameters.push_back(std::move(parameter));
    }
    return parameters;
}

void ParameterTable::addRow()
{
    const int row = m_table->rowCount();
    {
        const QSignalBlocker blocker(m_table);
        m_table->insertRow(row);
        fillRow(row, {.name = tr("parameter%1").arg(row + 1), .type = QStringLiteral("string")});
    }
    Q_EMIT edited();
    m_table->setCurrentCell(row, NameColumn);
    m_table->editItem(m_table->item(row, NameColumn));
}

void ParameterTable::removeRow()
{
    if (m_table->currentRow() < 0)
        return;
    m_table->removeRow(m_table->currentRow());
    Q_EMIT edited();
}

} // namespace diptych
