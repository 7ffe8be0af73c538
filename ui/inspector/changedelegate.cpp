// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/changedelegate.h"

#include "models/changelogmodel.h"
#include "theme/theme.h"

namespace diptych {

namespace {

struct Look {
    QString icon;
    ThemeColor color;
};

Look lookOf(Change::Kind kind)
{
    switch (kind) {
    case Change::Kind::Sent:
        return {QStringLiteral("check"), ThemeColor::Muted};
    case Change::Kind::Renamed:
    case Change::Kind::Converted:
        return {QStringLiteral("swap"), ThemeColor::Accent};
    case Change::Kind::Dropped:
        return {QStringLiteral("close"), ThemeColor::Danger};
    case Change::Kind::Added:
        return {QStringLiteral("add"), ThemeColor::Success};
    }
    return {};
}

} // namespace

void ChangeDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Look look = lookOf(index.data(ChangeLogModel::KindRole).value<Change::Kind>());
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(12, 12);
    option->icon = themeIcon(look.icon);
    option->palette.setColor(QPalette::Text, themeColor(look.color, option->palette));
}

} // namespace diptych
