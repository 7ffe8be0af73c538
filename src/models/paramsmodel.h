// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/model.h"
#include "models/parameters.h"

#include <QAbstractTableModel>

namespace diptych {

/// The parameters of a session and of one pane of it, one row each, in three states. One of the two layers is edited.
class ParamsModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { NameColumn, ValueColumn, StateColumn, ColumnCount };
    enum class State {
        Unset, ///< not sent
        Inherited, ///< the pane is edited, the session sets it
        Set, ///< in the layer that is edited
        Overridden, ///< the session is edited and sets it, but the pane sets something else
        Withheld, ///< the pane is edited, the session sets it, and this pane leaves it out
    };
    Q_ENUM(State)
    enum Role {
        StateRole = Qt::UserRole + 1, ///< State
        WarningRole, ///< QString
        JsonRole, ///< QJsonValue; undefined when unset
        RefusalRole, ///< QString: that the model refused it before, when, and with what; empty when it did not
    };

    explicit ParamsModel(QObject *parent = nullptr);

    void setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane);
    [[nodiscard]] const RequestSettings &session() const { return m_session; }
    [[nodiscard]] const RequestSettings &pane() const { return m_pane; }
    [[nodiscard]] bool editsPane() const { return m_editsPane; }
    [[nodiscard]] const ParameterSpec &specAt(int row) const { return m_specs[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int rowOf(const QString &name) const; ///< -1 when there is none
    /// What is known of the model; refusals are marked.
    void setCapabilities(const Capabilities &capabilities);
    /// The abilities whose refusal marks a row.
    [[nodiscard]] QStringList refusedAbilities(int row) const;
    /// Takes the parameter out of the layer that is edited; one that is withheld is inherited again.
    void reset(int row);
    /// All warnings, in the order of the rows.
    [[nodiscard]] QStringList warnings() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    /// EditRole takes what a person typed; empty resets. A value of the wrong type is refused through `rejected`.
    bool setData(const QModelIndex &index, const QVariant &value, int role = Qt::EditRole) override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// The layer that is edited changed.
    void edited(const diptych::RequestSettings &settings, bool forPane);
    void rejected(int row, const QString &message);

private:
    [[nodiscard]] State state(const ParameterSpec &spec) const;
    [[nodiscard]] std::optional<QJsonValue> value(const ParameterSpec &spec) const;
    [[nodiscard]] QString warning(const ParameterSpec &spec) const;
    [[nodiscard]] QStringList refusedAbilities(const ParameterSpec &spec) const;
    [[nodiscard]] QString refusal(const ParameterSpec &spec) const;
    [[nodiscard]] QString toolTip(const ParameterSpec &spec) const;
    bool write(int row, const std::optional<QJsonValue> &value);

    std::vector<ParameterSpec> m_specs;
    RequestSettings m_session;
    RequestSettings m_pane;
    Capabilities m_capabilities;
    bool m_editsPane = false;
};

} // namespace diptych
