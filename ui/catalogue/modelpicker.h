// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"

#include <QFrame>

#include <vector>

class QLineEdit;
class QTreeView;

namespace diptych {

class CatalogueModel;
class ModelFilter;

/// A popup to choose a model by typing a few of its letters. Enter takes the best match, Escape closes.
class ModelPicker : public QFrame
{
    Q_OBJECT
public:
    explicit ModelPicker(CatalogueModel &catalogue, QWidget *parent = nullptr);

    /// Opens below `anchor`, inside the screen, with `current` selected.
    void popup(QWidget *anchor, const ModelRef &current);
    /// Models of this type and of unknown type only; unset: all.
    void setType(std::optional<ModelType> type);
    /// Models that are not offered.
    void setExcluded(std::vector<ModelRef> models);

Q_SIGNALS:
    void modelChosen(const diptych::ModelRef &model);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void search(const QString &text);
    void selectBest(const QString &text);
    void moveSelection(int step);
    void choose(const QModelIndex &index);

    CatalogueModel &m_catalogue;
    ModelFilter *m_filter;
    QLineEdit *m_edit;
    QTreeView *m_view;
};

} // namespace diptych
