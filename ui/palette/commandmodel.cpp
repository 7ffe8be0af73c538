// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "palette/commandmodel.h"

#include "widgets/fuzzyscore.h"

#include <algorithm>
#include <array>
#include <utility>

namespace diptych {

namespace {

constexpr std::array kinds {Command::Kind::Action, Command::Kind::Model, Command::Kind::Session};

} // namespace

CommandModel::CommandModel(QObject *parent)
    : QAbstractListModel(parent)
{
}

QString CommandModel::nameOf(Command::Kind kind)
{
    switch (kind) {
    case Command::Kind::Model:
        return tr("Models");
    case Command::Kind::Session:
        return tr("Sessions");
    case Command::Kind::Action:
        break;
    }
    return tr("Actions");
}

void CommandModel::setCommands(Commands commands, const QStringList &recent)
{
    m_commands = std::move(commands);
    m_recent = recent;
    fill();
}

void CommandModel::setSearch(const QString &text)
{
    m_search = text.trimmed();
    fill();
}

int CommandModel::score(const Command &command) const
{
    // What the title has counts double: it is what people read.
    const int title = fuzzyScore(m_search, command.title);
    const int all =
        fuzzyScore(m_search, QStringLiteral("%1 %2 %3").arg(command.title, command.place, command.keywords));
    const int points = std::max(2 * title, all);
    return points == 0 ? 0 : 2 * points + (command.isEnabled ? 1 : 0);
}

void CommandModel::fill()
{
    beginResetModel();
    m_rows.clear();
    m_matches = 0;
    if (m_search.isEmpty())
        fillUnsearched();
    else
        fillSearched();
    endResetModel();
}

void CommandModel::fillUnsearched()
{
    std::vector<int> recent;
    for (const QString &id : std::as_const(m_recent)) {
        const auto found = std::find_if(
            m_commands.begin(), m_commands.end(), [&id](const Command &command) { return command.id == id; });
        if (found != m_commands.end() && int(recent.size()) < mostRecent)
            recent.push_back(int(found - m_commands.begin()));
    }
    addRows(tr("Used last"), recent);
    for (const Command::Kind kind : kinds) {
        std::vector<int> rows;
        for (int index = 0; index < int(m_commands.size()); ++index) {
            const bool isShown = std::find(recent.begin(), recent.end(), index) != recent.end();
            if (m_commands[size_t(index)].kind == kind && !isShown)
                rows.push_back(index);
        }
        if (kind != Command::Kind::Action && int(rows.size()) > mostOfAKind)
            rows.resize(mostOfAKind);
        // What can be done stands before what can not, and what is of the whole window before the rest.
        std::stable_sort(rows.begin(), rows.end(), [this](int left, int right) {
            const Command &a = m_commands[size_t(left)];
            const Command &b = m_commands[size_t(right)];
            return std::pair(!a.isEnabled, a.place) < std::pair(!b.isEnabled, b.place);
        });
        addRows(nameOf(kind), rows);
    }
}

void CommandModel::fillSearched()
{
    std::vector<Group> groups;
    for (const Command::Kind kind : kinds) {
        Group group {.header = nameOf(kind)};
        for (int index = 0; index < int(m_commands.size()); ++index) {
            const Command &command = m_commands[size_t(index)];
            const int points = command.kind == kind ? score(command) : 0;
            if (points > 0)
                group.scored.emplace_back(points, index);
        }
        std::stable_sort(group.scored.begin(), group.scored.end(),
            [](const auto &left, const auto &right) { return left.first > right.first; });
        if (!group.scored.empty())
            groups.push_back(std::move(group));
    }
    std::stable_sort(groups.begin(), groups.end(),
        [](const Group &left, const Group &right) { return left.scored.front().first > right.scored.front().first; });
    for (const Group &group : groups) {
        std::vector<int> rows;
        for (const auto &[points, index] : group.scored) {
            // Letters found here and there are no match when others fit well.
            if (int(rows.size()) < mostOfAKind && 3 * points > group.scored.front().first)
                rows.push_back(index);
        }
        addRows(group.header, rows);
    }
}

void CommandModel::addRows(const QString &header, const std::vector<int> &commands)
{
    if (commands.empty())
        return;
    m_rows.push_back({.header = header});
    for (const int index : commands)
        m_rows.push_back({.command = index});
    m_matches += int(commands.size());
}

int CommandModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

const Command *CommandModel::commandAt(int row) const
{
    if (row < 0 || row >= int(m_rows.size()) || m_rows[size_t(row)].command < 0)
        return nullptr;
    return &m_commands[size_t(m_rows[size_t(row)].command)];
}

QVariant CommandModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Command *command = commandAt(index.row());
    if (role == IsHeaderRole)
        return command == nullptr;
    if (!command)
        return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? m_rows[size_t(index.row())].header
                                                                         : QVariant();
    switch (role) {
    case Qt::DisplayRole:
        return command->title;
    case Qt::ToolTipRole:
        return command->reason.isEmpty() ? QVariant() : command->reason;
    case Qt::AccessibleTextRole: {
        QStringList parts {command->title, command->place, command->keys};
        if (!command->isEnabled)
            parts += command->reason.isEmpty() ? tr("not available now") : command->reason;
        parts.removeAll(QString());
        return parts.join(QStringLiteral(", "));
    }
    case PlaceRole:
        return command->place;
    case KeysRole:
        return command->keys;
    case IsUsableRole:
        return command->isEnabled;
    case ReasonRole:
        return command->isEnabled ? QString() : command->reason;
    default:
        return {};
    }
}

Qt::ItemFlags CommandModel::flags(const QModelIndex &index) const
{
    // One that can not be used may be chosen all the same, to read why.
    return commandAt(index.row()) ? Qt::ItemIsEnabled | Qt::ItemIsSelectable : Qt::ItemFlags(Qt::NoItemFlags);
}

} // namespace diptych
