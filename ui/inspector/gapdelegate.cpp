// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/gapdelegate.h"

#include "models/framesmodel.h"
#include "theme/theme.h"

namespace diptych {

void GapDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    if (!index.data(FramesModel::IsLongestGapRole).toBool())
        return;
    option->palette.setColor(QPalette::Text, themeColor(ThemeColor::Warning, option->palette));
    option->font.setBold(true);
}

} // namespace diptych
