// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionboard.h"

#include <QFrame>

class QAction;
class QLabel;
class QToolButton;

namespace diptych {

class OutcomeView;
class PriceTable;

/// One model of the page: its name, how it is asked, and what it wrote.
class CompletionColumn : public QFrame
{
    Q_OBJECT
public:
    /// `board` and `connections` outlive the column.
    CompletionColumn(CompletionBoard &board, Connections &connections, int id, QWidget *parent = nullptr);

    [[nodiscard]] int id() const { return m_id; }
    [[nodiscard]] OutcomeView &view() { return *m_view; }
    void setPrices(const PriceTable *prices) { m_prices = prices; } ///< may be null; outlives the column
    void setNumber(int number, bool isOnly);
    void showModel();
    void showAsked(); ///< the board asked, what was here before is gone
    void showOutcome();
    void showRetry(const Error &error, int attempt, std::chrono::milliseconds delay);
    void setRefusals(const QString &text); ///< what of the set parameters the model is known to refuse; may be empty

Q_SIGNALS:
    void pickRequested(QWidget *anchor);
    void askAgainRequested();
    void removeRequested();

private:
    void setUpMenu();
    void showRunning();

    CompletionBoard &m_board;
    Connections &m_connections;
    int m_id;
    const PriceTable *m_prices = nullptr;
    QLabel *m_number;
    QToolButton *m_model;
    QLabel *m_badge;
    QLabel *m_warning;
    QToolButton *m_stop;
    QToolButton *m_again;
    QToolButton *m_more;
    QToolButton *m_close;
    std::vector<QAction *> m_routes; // in the order of CompletionRoute
    OutcomeView *m_view;
    bool m_isOnly = true;
};

} // namespace diptych
