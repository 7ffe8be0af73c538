// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>

namespace diptych {

/// Draws a folder, a session, a branch or a match of the search on two lines: its name, and a smaller one below. All
/// rows have the same height, so that lists of thousands are quick.
class SessionDelegate : public QStyledItemDelegate
{
public:
    /// `detailRole`: what stands on the second line. Text between SessionMatch's marks in it is bold.
    explicit SessionDelegate(int detailRole, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    int m_detailRole;
};

} // namespace diptych
