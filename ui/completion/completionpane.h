// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "models/completionboard.h"
#include "models/sweepmodel.h"
#include "models/tokenspans.h"

#include <QWidget>

#include <memory>

class QAction;

namespace diptych {

namespace Ui {
class CompletionPane;
}

class CatalogueModel;
class CompletionColumns;
class CompletionDraftKeeper;
class CompletionDraftStore;
class CompletionEdit;
class CompletionText;
class PriceTable;
class SweepView;

/// One text that models continue: inline, in several samples, by several models at once, or under many settings, with
/// the probability of every token.
class CompletionPane : public QWidget
{
    Q_OBJECT
public:
    CompletionPane(Connections &connections, CatalogueModel &catalogue, QWidget *parent = nullptr);
    ~CompletionPane() override;

    void setCapabilityBook(const CapabilityBook *book); ///< may be null; outlives the pane
    void setPrices(const PriceTable *prices); ///< may be null; outlives the pane
    /// Shows what was kept, and keeps what changes. May be null; outlives the pane.
    void setDraftStore(CompletionDraftStore *store);

    [[nodiscard]] CompletionBoard &board() { return m_board; }
    [[nodiscard]] SweepModel &sweep() { return m_sweep; }
    [[nodiscard]] ModelRef model() const; ///< of the first column
    void setModel(const ModelRef &ref); ///< of the first column
    void setPrompt(const QString &prompt);
    /// Continues at the caret, or at the end. No effect without a model, while running, or with a wrong parameter.
    void run();
    void runSweep();
    void stop();
    [[nodiscard]] bool isRunning() const;

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const QString &label, const QJsonObject &commonRequest);
    void modelChanged(const diptych::ModelRef &ref);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpParts();
    void connectParts();
    void connectResults();
    void chooseFirstModel();
    /// Everything but the model; unset when a field is wrong.
    [[nodiscard]] std::optional<CompletionRequest> requestAt(int position) const;
    [[nodiscard]] std::optional<CompletionSweep> plannedSweep() const;
    void startAt(int position);
    void askAgain(int column);
    void repair(int column, const QString &action);
    void point(CompletionEdit *text, const CompletionRequest *request, const TokenSpans::Span *span);
    void continueWith(qsizetype position, const QString &token);
    [[nodiscard]] bool canAsk() const; ///< there is a model whose endpoint is there
    void showColumns();
    void showHint();
    void showState();
    void showPlan();
    void showResults();

    Connections &m_connections;
    CompletionBoard m_board;
    SweepModel m_sweep;
    std::unique_ptr<Ui::CompletionPane> m_ui;
    CompletionColumns *m_columns;
    SweepView *m_sweepView;
    CompletionText *m_text = nullptr;
    CompletionDraftKeeper *m_keeper = nullptr;
    const PriceTable *m_prices = nullptr;
    QAction *m_split = nullptr; ///< samples one by one
    bool m_wasCompact = true;
};

} // namespace diptych
