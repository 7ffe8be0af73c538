// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "models/embeddingitemsmodel.h"

#include <QWidget>

#include <array>
#include <memory>

namespace diptych {

namespace Ui {
class ItemsPanel;
}

class ModelChooser;

/// Left side of the embeddings pane: the items, the models, the options and the button that starts.
class ItemsPanel : public QWidget
{
    Q_OBJECT
public:
    explicit ItemsPanel(Connections &connections, QWidget *parent = nullptr);
    ~ItemsPanel() override;

    [[nodiscard]] std::vector<EmbeddingItem> items() const;
    [[nodiscard]] QString lineText(int line) const; ///< trimmed; empty outside
    void setText(const QString &text);
    void loadSample();
    /// The first model (0) or the one to compare it with (1, may be invalid: none).
    [[nodiscard]] ModelRef model(int side) const;
    bool chooseModel(int side, const ModelRef &ref);
    /// The options as a request without model and input; what is not chosen is unset.
    [[nodiscard]] EmbeddingRequest options() const;

    void showRunning(bool isRunning);
    void showProgress(int done, int total);
    void showStatus(const QString &text);
    /// Moves the cursor to a line without reporting it; -1 removes the mark.
    void markLine(int line);

Q_SIGNALS:
    void embedRequested();
    void stopRequested();
    void itemsChanged();
    void modelsChanged();
    void lineSelected(int line);

protected:
    void changeEvent(QEvent *event) override;

private:
    void setUpModels(Connections &connections);
    void setUpOptions();
    void paintMark();
    void updateCount();
    void updateButton();

    std::unique_ptr<Ui::ItemsPanel> m_ui;
    std::array<ModelChooser *, 2> m_choosers {};
    int m_markedLine = -1;
    bool m_isRunning = false;
    bool m_isMarking = false;
};

} // namespace diptych
