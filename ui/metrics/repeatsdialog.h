// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/repeatreport.h"

#include <QDialog>

#include <memory>

namespace diptych {

namespace Ui {
class RepeatsDialog;
}

class Conversation;
class RepeatSeries;

/// Asks a pane its last question several times and shows in one place what comes: the distinct answers, how far they
/// agree, how the numbers spread, and whether a seed makes the model repeat itself.
class RepeatsDialog : public QDialog
{
    Q_OBJECT
public:
    /// `title`: whose answers. `parallel`: how many are asked at once unless the user says otherwise. Both services
    /// must outlive the dialog.
    RepeatsDialog(const Conversation &conversation, RepeatSeries &series, const QString &paneId, const QString &title,
        int parallel, QWidget *parent = nullptr);
    ~RepeatsDialog() override;

private:
    void runOrStop();
    void showState();
    void showProgress();
    void showGroups();
    void showAnswer(int row);
    void showSpread();
    void showDifference();

    std::unique_ptr<Ui::RepeatsDialog> m_ui;
    const Conversation &m_conversation;
    RepeatSeries &m_series;
    QString m_paneId;
    RepeatReport m_report;
    int m_count = 0; ///< answers of the series, also those without an end
};

} // namespace diptych
