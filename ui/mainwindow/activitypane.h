// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QTableView;

namespace diptych {

class ActivityModel;

/// Every operation of this run, newest first; choosing one shows its exchange in the inspector.
class ActivityPane : public QWidget
{
    Q_OBJECT
public:
    explicit ActivityPane(ActivityModel &activity, QWidget *parent = nullptr);

Q_SIGNALS:
    void exchangeChosen(int row);

private:
    QTableView *m_view;
};

} // namespace diptych
