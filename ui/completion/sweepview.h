// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/sweepmodel.h"
#include "models/tokenspans.h"

#include <QWidget>

class QLabel;
class QProgressBar;
class QSplitter;
class QTabBar;
class QTableView;

namespace diptych {

class CompletionEdit;
class OutcomeView;

/// The grid of a sweep, and all there is to say of the cell that is selected.
class SweepView : public QWidget
{
    Q_OBJECT
public:
    /// Both outlive the view.
    SweepView(SweepModel &model, Connections &connections, QWidget *parent = nullptr);

    void setHeat(bool isOn);
    [[nodiscard]] OutcomeView &detail() { return *m_detail; }

Q_SIGNALS:
    /// A sample of the selected cell is wanted in the text.
    void takeRequested(const diptych::CompletionJob &job, const diptych::CompletionChoice &choice);
    void tokenPointed(diptych::CompletionEdit *text, int sample, const diptych::TokenSpans::Span *span);
    void alternativesRequested();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showSweep();
    void showProgress();
    void showCell();

    SweepModel &m_model;
    Connections &m_connections;
    QTabBar *m_models;
    QLabel *m_progressText;
    QProgressBar *m_progress;
    QSplitter *m_splitter;
    QTableView *m_table;
    OutcomeView *m_detail;
    bool m_isArranged = false;
};

} // namespace diptych
