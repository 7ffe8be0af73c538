// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/extrasdelegate.h"

#include "models/extrasmodel.h"
#include "theme/theme.h"

namespace diptych {

void ExtrasDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isSent = index.data(ExtrasModel::IsSentRole).toBool();
    if (index.column() == ExtrasModel::OriginColumn) {
        option->font.setPointSizeF(option->font.pointSizeF() * 0.85);
        option->displayAlignment = Qt::AlignRight | Qt::AlignVCenter;
    } else {
        option->font = monospaceFont();
        option->font.setStrikeOut(!isSent);
    }
    if (!isSent || index.column() == ExtrasModel::OriginColumn)
        option->palette.setColor(QPalette::Text, themeColor(ThemeColor::Muted, option->palette));
}

} // namespace diptych
