// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/metricstable.h"

#include <QDialog>

#include <functional>
#include <memory>

namespace diptych {

namespace Ui {
class MetricsDialog;
}

class Conversation;

/// The numbers of all answers of a turn side by side; to be copied as a table. Follows the conversation.
class MetricsDialog : public QDialog
{
    Q_OBJECT
public:
    using CostOf = std::function<std::optional<Cost>(const Answer &)>;

    /// The conversation must outlive the dialog.
    MetricsDialog(const Conversation &conversation, CostOf costOf, QWidget *parent = nullptr);
    ~MetricsDialog() override;

    [[nodiscard]] int turn() const { return m_turn; } ///< index; -1: there is none
    void showTurn(int turn);

private:
    void showAnswers();
    void copy();

    std::unique_ptr<Ui::MetricsDialog> m_ui;
    const Conversation &m_conversation;
    CostOf m_costOf;
    MetricsTable m_table;
    int m_turn = -1;
};

} // namespace diptych
