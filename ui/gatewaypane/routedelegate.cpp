// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gatewaypane/routedelegate.h"

#include "models/routetablemodel.h"
#include "theme/theme.h"

namespace diptych {

QWidget *RouteDelegate::createEditor(
    QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QWidget *editor = QStyledItemDelegate::createEditor(parent, option, index);
    if (editor)
        editor->setAccessibleName(tr("What clients call the model"));
    return editor;
}

void RouteDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isOn =
        index.siblingAtColumn(RouteTableModel::NameColumn).data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const bool hasFault = !index.data(RouteTableModel::FaultRole).toString().isEmpty();
    const auto paint = [option](ThemeColor color) {
        option->palette.setColor(QPalette::Text, themeColor(color, option->palette));
    };
    const int column = index.column();
    if (!isOn)
        paint(ThemeColor::Muted);
    else if (column == RouteTableModel::ErrorsColumn || (column == RouteTableModel::ModelsColumn && hasFault))
        paint(ThemeColor::Danger);
    else if (column == RouteTableModel::NotesColumn)
        paint(ThemeColor::Muted);
    if (column == RouteTableModel::ModelsColumn && hasFault) {
        option->icon = themeIcon(QStringLiteral("warning"));
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = {option->fontMetrics.height(), option->fontMetrics.height()};
    }
}

} // namespace diptych
