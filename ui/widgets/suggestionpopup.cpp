// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/suggestionpopup.h"

#include "theme/theme.h"

#include <QCompleter>
#include <QListView>
#include <QPainter>
#include <QStandardItemModel>
#include <QStyledItemDelegate>

namespace diptych {

namespace {

constexpr int popupWidth = 340;
constexpr int visibleLines = 7;

/// Name and type in one line, the explanation below.
class LineDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem cell = option;
        initStyleOption(&cell, index);
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        const QString name = cell.text;
        cell.text.clear();
        cell.widget->style()->drawControl(QStyle::CE_ItemViewItem, &cell, painter, cell.widget);
        const QColor text = option.palette.color(isChosen ? QPalette::HighlightedText : QPalette::Text);
        const QColor muted = isChosen ? text : themeColor(ThemeColor::Muted, option.palette);
        const QRect area = option.rect.adjusted(spacing::normal, spacing::tight, -spacing::normal, -spacing::tight);
        painter->save();
        painter->setFont(monospaceFont());
        painter->setPen(text);
        QRect used;
        painter->drawText(area, Qt::AlignTop | Qt::AlignLeft, name, &used);
        painter->setFont(small(option.font));
        painter->setPen(muted);
        const QFontMetrics metrics(painter->font());
        const int typeWidth = area.right() - used.right() - spacing::normal;
        const QString type =
            metrics.elidedText(index.data(SuggestionPopup::TypeRole).toString(), Qt::ElideRight, typeWidth);
        painter->drawText(area, Qt::AlignTop | Qt::AlignRight, type);
        const QString why =
            metrics.elidedText(index.data(SuggestionPopup::DescriptionRole).toString(), Qt::ElideRight, area.width());
        painter->drawText(area, Qt::AlignBottom | Qt::AlignLeft, why);
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const bool hasTwo = !index.data(SuggestionPopup::DescriptionRole).toString().isEmpty();
        const int first = QFontMetrics(monospaceFont()).height();
        const int second = hasTwo ? QFontMetrics(small(option.font)).height() + 2 : 0;
        return {popupWidth, first + second + 2 * spacing::tight};
    }

private:
    static QFont small(QFont font)
    {
        font.setPointSizeF(font.pointSizeF() * 0.9);
        return font;
    }
};

} // namespace

SuggestionPopup::SuggestionPopup(QWidget *field)
    : QObject(field)
    , m_field(field)
    , m_lines(new QStandardItemModel(this))
    , m_completer(new QCompleter(m_lines, this))
{
    m_completer->setWidget(field);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(visibleLines);
    m_completer->popup()->setItemDelegate(new LineDelegate(m_completer->popup()));
    m_completer->popup()->setAccessibleName(tr("Suggestions"));
    m_completer->popup()->setObjectName(QStringLiteral("suggestions"));
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this,
        [this](const QModelIndex &index) { Q_EMIT chosen(index.row()); });
}

void SuggestionPopup::show(const std::vector<Line> &lines, const QRect &caret, bool chooses)
{
    m_lines->clear();
    for (const Line &line : lines) {
        auto *item = new QStandardItem(line.name);
        item->setData(line.type, TypeRole);
        item->setData(line.description, DescriptionRole);
        item->setToolTip(line.description);
        item->setAccessibleText(QStringLiteral("%1, %2. %3").arg(line.name, line.type, line.description));
        m_lines->appendRow(item);
    }
    QRect place = caret;
    place.setWidth(popupWidth);
    m_completer->complete(place);
    m_completer->popup()->setCurrentIndex(chooses ? m_completer->completionModel()->index(0, 0) : QModelIndex());
}

void SuggestionPopup::hide()
{
    m_completer->popup()->hide();
}

bool SuggestionPopup::isVisible() const
{
    return m_completer->popup()->isVisible();
}

bool SuggestionPopup::hasChoice() const
{
    return isVisible() && m_completer->popup()->currentIndex().isValid();
}

} // namespace diptych
