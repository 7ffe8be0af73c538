// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/differencedelegate.h"

#include "models/bodydifferencemodel.h"
#include "theme/theme.h"

namespace diptych {

void DifferenceDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    option->font = monospaceFont();
    if (index.data(BodyDifferenceModel::DiffersRole).toBool())
        option->backgroundBrush = themeColor(ThemeColor::WarningSoft, option->palette);
    else
        option->palette.setColor(QPalette::Text, themeColor(ThemeColor::Muted, option->palette));
}

} // namespace diptych
