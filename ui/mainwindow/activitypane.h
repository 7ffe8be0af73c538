// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QComboBox;
class QLineEdit;
class QModelIndex;
class QTableView;

namespace diptych {

class ActivityFilter;
class ActivityModel;
class Banner;
struct FileToSave;

/// Every operation of this run, newest first, to be filtered and searched; choosing one shows its exchange in the
/// inspector.
class ActivityPane : public QWidget
{
    Q_OBJECT
public:
    explicit ActivityPane(ActivityModel &activity, QWidget *parent = nullptr);

Q_SIGNALS:
    void exchangeChosen(int row);
    /// A chat's request is to be taken up on the Chat page. The row is the model's.
    void openInChatRequested(int row);

private:
    void setUpFilter();
    void setUpTable();
    void showMenu(const QPoint &position);
    /// Of the model; -1: none.
    [[nodiscard]] int rowOf(const QModelIndex &shown) const;
    void saveHar(int row);
    void saveAllAsHar();
    void saveReplay(int row);
    void save(const FileToSave &file);

    ActivityModel &m_activity;
    ActivityFilter *m_filter;
    QLineEdit *m_search;
    QComboBox *m_states;
    Banner *m_banner;
    QTableView *m_view;
};

} // namespace diptych
