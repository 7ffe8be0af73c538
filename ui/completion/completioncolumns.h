// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/completionboard.h"
#include "models/tokenspans.h"

#include <QScrollArea>

class QHBoxLayout;

namespace diptych {

class CatalogueModel;
class CompletionColumn;
class CompletionEdit;
class ModelPicker;
class PriceTable;

/// The models of the page beside each other, as the board has them.
class CompletionColumns : public QScrollArea
{
    Q_OBJECT
public:
    /// All outlive the widget.
    CompletionColumns(
        CompletionBoard &board, Connections &connections, CatalogueModel &catalogue, QWidget *parent = nullptr);
    ~CompletionColumns() override;

    void setPrices(const PriceTable *prices);
    void pickNewModel(QWidget *anchor); ///< lets the user choose the model of a further column
    void setHeat(bool isOn);
    /// The sample that stands in the text; column 0: none.
    void setTaken(int column, int sample);
    /// What each model is known to refuse of these parameters is said in its column.
    void showRefusals(const QStringList &setParameters);
    /// Only one model and one sample: the text has it all, the column only says how it went.
    [[nodiscard]] bool isCompact() const;
    [[nodiscard]] int compactHeight() const;

Q_SIGNALS:
    void removed(const QString &name); ///< a column that the board can bring back
    void compactChanged(); ///< or the height that it needs
    void takeRequested(int column, int sample);
    void tokenPointed(diptych::CompletionEdit *text, int column, int sample, const diptych::TokenSpans::Span *span);
    void alternativesRequested();
    void askAgainRequested(int column);
    void actionTriggered(int column, const QString &action); ///< of an error, see OutcomeView

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    CompletionColumn *addColumn(int id);
    [[nodiscard]] CompletionColumn *find(int id) const;
    void pick(int id, QWidget *anchor);
    void takeModel(const ModelRef &model);
    void nameModels();

    CompletionBoard &m_board;
    Connections &m_connections;
    ModelPicker *m_picker;
    QHBoxLayout *m_row;
    std::vector<CompletionColumn *> m_columns;
    const PriceTable *m_prices = nullptr;
    QStringList m_setParameters;
    int m_pickingFor = 0; // column; 0: a new one
    bool m_isHot = false;
};

} // namespace diptych
