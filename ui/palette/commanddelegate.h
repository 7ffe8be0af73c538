// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace diptych {

/// A row of the command palette: what, where, and the keys at the right; greyed with the reason when it can not be
/// done.
class CommandDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    void paintHeader(QPainter &painter, const QStyleOptionViewItem &option, const QString &text) const;
    /// Returns the left edge of what it painted.
    static int paintKeys(QPainter &painter, const QStyleOptionViewItem &option, const QString &keys);
};

} // namespace diptych
