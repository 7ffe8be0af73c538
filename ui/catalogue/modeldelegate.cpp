// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "catalogue/modeldelegate.h"

#include "models/cataloguemodel.h"
#include "theme/theme.h"

#include <QPainter>

namespace diptych {

namespace {

QString iconName(ModelType type)
{
    switch (type) {
    case ModelType::Completion:
        return QStringLiteral("completion");
    case ModelType::TextEmbeddings:
        return QStringLiteral("embeddings");
    case ModelType::ImageEmbeddings:
    case ModelType::ImageGeneration:
        return QStringLiteral("image");
    case ModelType::Chat:
        return QStringLiteral("chat");
    case ModelType::AudioGeneration:
    case ModelType::Unknown:
        break;
    }
    return QStringLiteral("model");
}

QString stateText(const QModelIndex &index)
{
    if (const QString error = index.data(CatalogueModel::ErrorStateRole).toString(); !error.isEmpty())
        return error;
    if (index.data(CatalogueModel::IsLoadingRole).toBool())
        return CatalogueModel::tr("loading…");
    return {};
}

} // namespace

ModelDelegate::ModelDelegate(QObject *parent)
    : QStyledItemDelegate(parent)
{
}

void ModelDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const bool isEndpoint = index.data(CatalogueModel::IsEndpointRole).toBool();
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter->save();
    if (isSelected)
        painter->fillRect(option.rect, option.palette.brush(QPalette::Highlight));
    else if (option.state.testFlag(QStyle::State_MouseOver) && !isEndpoint)
        painter->fillRect(option.rect, themeColor(ThemeColor::AccentSoft, option.palette));

    QRect area = option.rect.adjusted(spacing::tight, 0, -spacing::normal, 0);
    const QColor textColor = isSelected ? option.palette.color(QPalette::HighlightedText)
        : isEndpoint                    ? themeColor(ThemeColor::Muted, option.palette)
                                        : option.palette.color(QPalette::Text);
    if (!isEndpoint) {
        const QIcon icon =
            themeIcon(iconName(static_cast<ModelType>(index.data(CatalogueModel::ModelTypeRole).toInt())));
        const QRect iconArea(area.left(), area.center().y() - 7, 14, 14);
        icon.paint(painter, iconArea, Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
        area.setLeft(iconArea.right() + spacing::normal);
    } else {
        const QString state = stateText(index);
        if (!state.isEmpty()) {
            const bool failed = !index.data(CatalogueModel::ErrorRole).toString().isEmpty();
            painter->setPen(
                isSelected ? textColor : themeColor(failed ? ThemeColor::Danger : ThemeColor::Faint, option.palette));
            painter->drawText(area, Qt::AlignVCenter | Qt::AlignRight, state);
            area.setRight(area.right() - option.fontMetrics.horizontalAdvance(state) - spacing::normal);
        }
    }
    painter->setPen(textColor);
    painter->setFont(option.font);
    painter->drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
        option.fontMetrics.elidedText(index.data().toString(), Qt::ElideMiddle, area.width()));
    painter->restore();
}

QSize ModelDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const QSize base = QStyledItemDelegate::sizeHint(option, index);
    return {base.width(), option.fontMetrics.height() + spacing::normal};
}

} // namespace diptych
