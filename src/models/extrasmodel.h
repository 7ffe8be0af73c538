// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/extras.h"

#include <QAbstractTableModel>

#include <optional>
#include <vector>

namespace diptych {

/// The extra parameters that a request would carry, one row per key: value, where it comes from, what it overrides.
/// Keys that a null takes away are listed too.
class ExtrasModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum class Origin { Endpoint, Model, Session, Pane };
    Q_ENUM(Origin)
    enum Column { KeyColumn, ValueColumn, OriginColumn, ColumnCount };
    enum Role {
        OriginRole = Qt::UserRole + 1, ///< Origin
        IsSentRole, ///< bool: reaches the wire
    };
    /// The layers, from the one that gives way to the one that wins.
    struct Layers {
        QJsonObject endpoint {};
        QJsonObject model {};
        QJsonObject session {};
        QJsonObject pane {};
        ExtrasMode mode = ExtrasMode::PassThrough;
        bool operator==(const Layers &) const = default;
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setLayers(const Layers &layers);
    /// How many keys are in effect, whatever the mode.
    [[nodiscard]] int effectiveCount() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row {
        QString key {};
        std::optional<QJsonValue> value {}; ///< unset: taken away
        Origin origin = Origin::Endpoint;
        std::vector<Origin> overridden {};
    };
    [[nodiscard]] Row rowFor(const QString &key, const std::vector<EffectiveExtra> &effective) const;
    [[nodiscard]] QString toolTip(const Row &row) const;

    Layers m_layers;
    std::vector<Row> m_rows;
};

[[nodiscard]] QString extrasOriginName(ExtrasModel::Origin origin); ///< for people: endpoint, model, session, pane

} // namespace diptych
