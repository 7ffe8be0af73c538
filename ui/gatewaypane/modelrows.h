// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/route.h"

#include <QWidget>

class QDoubleSpinBox;
class QLabel;
class QVBoxLayout;

namespace diptych {

class CatalogueModel;
class Connections;
class ModelPicker;

/// A short list of models: each is a button that opens the picker, with what belongs to it beside.
class ModelRows : public QWidget
{
    Q_OBJECT
public:
    enum class Kind {
        Weighted, ///< models that share something; each has a weight
        Ordered, ///< one after the other
        Single, ///< one, or none
    };

    explicit ModelRows(QWidget *parent = nullptr);

    /// Once, before anything else. Both must outlive the widget. `addText`: what the button says that adds a model.
    void setUp(Kind kind, Connections &connections, CatalogueModel &catalogue, const QString &addText);
    [[nodiscard]] const std::vector<RouteTarget> &rows() const { return m_rows; }
    void setRows(std::vector<RouteTarget> rows);

Q_SIGNALS:
    void edited();

private:
    struct Share {
        QDoubleSpinBox *weight;
        QLabel *label;
    };
    void rebuild();
    QWidget *makeRow(std::size_t row);
    void addWeight(QWidget &place, std::size_t row);
    void addMove(QWidget &place, std::size_t row);
    void pick(int row, QWidget *anchor);
    void take(const ModelRef &model);
    void remove(std::size_t row);
    void showShares();
    static void retire(QWidget &row);

    Kind m_kind = Kind::Single;
    Connections *m_connections = nullptr;
    ModelPicker *m_picker = nullptr;
    QString m_addText;
    QVBoxLayout *m_layout;
    std::vector<RouteTarget> m_rows;
    std::vector<Share> m_shares; // one for each row, with Weighted only
    int m_picking = -1; // the row whose model is being chosen; -1: a new one
};

} // namespace diptych
