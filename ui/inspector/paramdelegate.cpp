// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspector/paramdelegate.h"

#include "models/paramsmodel.h"
#include "theme/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMouseEvent>
#include <QPainter>

namespace diptych {

namespace {

constexpr int iconSize = 14;

ParamsModel::State stateOf(const QModelIndex &index)
{
    return index.data(ParamsModel::StateRole).value<ParamsModel::State>();
}

bool canReset(const QModelIndex &index)
{
    const ParamsModel::State state = stateOf(index);
    return state == ParamsModel::State::Set || state == ParamsModel::State::Overridden
        || state == ParamsModel::State::Withheld;
}

const ParameterSpec &specOf(const QModelIndex &index)
{
    return static_cast<const ParamsModel *>(index.model())->specAt(index.row());
}

bool hasText(const QModelIndex &index)
{
    const ParamsModel::State state = stateOf(index);
    return state == ParamsModel::State::Overridden || state == ParamsModel::State::Withheld;
}

QRect resetRect(const QRect &cell)
{
    return {cell.right() - iconSize - spacing::tight, cell.center().y() - iconSize / 2, iconSize, iconSize};
}

} // namespace

void ParamDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const bool isMuted = !canReset(index);
    const bool isWarned = !index.data(ParamsModel::WarningRole).toString().isEmpty();
    ThemeColor color = ThemeColor::Muted;
    if (index.column() == ParamsModel::ValueColumn && isWarned)
        color = ThemeColor::Warning;
    else if (index.column() == ParamsModel::ValueColumn && stateOf(index) == ParamsModel::State::Unset)
        color = ThemeColor::Faint;
    if (isMuted || isWarned || index.column() == ParamsModel::StateColumn)
        option->palette.setColor(QPalette::Text, themeColor(color, option->palette));
    if (index.column() == ParamsModel::NameColumn && !isMuted)
        option->palette.setColor(QPalette::Text, QGuiApplication::palette().color(QPalette::Text));
    if (index.column() == ParamsModel::NameColumn && !index.data(ParamsModel::RefusalRole).toString().isEmpty()) {
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationPosition = QStyleOptionViewItem::Right;
        option->decorationSize = QSize(iconSize, iconSize);
        option->icon = themeIcon(QStringLiteral("warning"));
    }
    if (index.column() == ParamsModel::StateColumn)
        option->font.setPointSizeF(option->font.pointSizeF() * 0.85);
}

void ParamDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QStyleOptionViewItem cell = option;
    if (index.column() == ParamsModel::NameColumn)
        cell.rect.setLeft(cell.rect.left() + spacing::normal);
    QStyledItemDelegate::paint(painter, cell, index);
    if (index.column() == ParamsModel::StateColumn && canReset(index) && !hasText(index))
        themeIcon(QStringLiteral("regenerate")).paint(painter, resetRect(option.rect));
}

QSize ParamDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    size.setHeight(qMax(size.height(), option.fontMetrics.height() + spacing::normal));
    if (index.column() == ParamsModel::NameColumn)
        size.rwidth() += spacing::loose;
    return size;
}

QWidget *ParamDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const
{
    const ParameterSpec &spec = specOf(index);
    QStringList choices = spec.choices;
    if (spec.kind == ParameterKind::Boolean)
        choices = {QStringLiteral("true"), QStringLiteral("false")};
    if (choices.isEmpty()) {
        auto *line = new QLineEdit(parent);
        line->setFrame(false);
        line->setPlaceholderText(tr("not sent"));
        line->setAccessibleName(spec.name);
        return line;
    }
    auto *box = new QComboBox(parent);
    box->setAccessibleName(spec.name);
    box->addItem(tr("not sent"), QString());
    for (const QString &choice : choices)
        box->addItem(choice == QLatin1String("json_schema") ? tr("json_schema …") : choice, choice);
    box->setEditable(spec.kind == ParameterKind::Choice || spec.kind == ParameterKind::ToolChoice);
    // Qt calls createEditor() as const, but its signals to commit are not.
    auto *self = const_cast<ParamDelegate *>(this);
    connect(box, &QComboBox::activated, self, [self, box] { self->finishEditing(box); });
    return box;
}

void ParamDelegate::finishEditing(QWidget *editor)
{
    Q_EMIT commitData(editor);
    Q_EMIT closeEditor(editor);
}

void ParamDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const
{
    const QString text = index.data(Qt::EditRole).toString();
    auto *box = qobject_cast<QComboBox *>(editor);
    if (!box) {
        static_cast<QLineEdit *>(editor)->setText(text);
        return;
    }
    const int row = text.startsWith(u'{') ? box->count() - 1 : box->findData(text);
    box->setCurrentIndex(row);
    if (row < 0)
        box->setEditText(text);
}

void ParamDelegate::setModelData(QWidget *editor, QAbstractItemModel *model, const QModelIndex &index) const
{
    const auto *box = qobject_cast<QComboBox *>(editor);
    if (!box) {
        model->setData(index, static_cast<QLineEdit *>(editor)->text());
        return;
    }
    const int row = box->currentIndex();
    const bool isListed = row >= 0 && box->itemText(row) == box->currentText();
    const QString value = isListed ? box->itemData(row).toString() : box->currentText().trimmed();
    if (value == QLatin1String("json_schema"))
        Q_EMIT schemaChosen(index.row());
    else
        model->setData(index, value);
}

bool ParamDelegate::editorEvent(
    QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const bool isClick = event->type() == QEvent::MouseButtonRelease && index.column() == ParamsModel::StateColumn;
    if (!isClick || static_cast<QMouseEvent *>(event)->button() != Qt::LeftButton)
        return QStyledItemDelegate::editorEvent(event, model, option, index);
    if (canReset(index))
        Q_EMIT resetClicked(index.row());
    return true;
}

} // namespace diptych
