// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "palette/command.h"

#include <QAbstractListModel>
#include <QStringList>

namespace diptych {

/// The commands that fit what was typed, under the names of their kinds. Without a search what was used last comes
/// first.
class CommandModel : public QAbstractListModel
{
    Q_OBJECT
public:
    enum Role {
        IsHeaderRole = Qt::UserRole + 1, ///< bool: the name of a kind, which can not be chosen
        PlaceRole, ///< QString
        KeysRole, ///< QString
        IsUsableRole, ///< bool: it can be done now
        ReasonRole, ///< QString: why it can not be chosen
    };

    explicit CommandModel(QObject *parent = nullptr);

    /// `recent`: ids, the newest first.
    void setCommands(Commands commands, const QStringList &recent);
    void setSearch(const QString &text);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// Null for a header and for rows that are not there.
    [[nodiscard]] const Command *commandAt(int row) const;
    [[nodiscard]] const Commands &commands() const { return m_commands; }
    /// How many commands fit.
    [[nodiscard]] int matchCount() const { return m_matches; }

    static constexpr int mostRecent = 6; ///< shown
    static constexpr int mostOfAKind = 60; ///< shown of models or sessions

private:
    struct Row {
        QString header {};
        int command = -1;
    };
    struct Group {
        QString header {};
        std::vector<std::pair<int, int>> scored {}; ///< points and index
    };

    void fill();
    void fillUnsearched();
    void fillSearched();
    void addRows(const QString &header, const std::vector<int> &commands);
    [[nodiscard]] int score(const Command &command) const;
    [[nodiscard]] static QString nameOf(Command::Kind kind);

    Commands m_commands;
    QStringList m_recent;
    QString m_search;
    std::vector<Row> m_rows;
    int m_matches = 0;
};

} // namespace diptych
