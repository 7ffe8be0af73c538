// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/promptsmodel.h"

#include <QUuid>

namespace diptych {

PromptsModel::PromptsModel(PromptLibrary &library, QObject *parent)
    : QAbstractListModel(parent)
    , m_library(library)
{
}

void PromptsModel::reload()
{
    Result<std::vector<Prompt>> loaded = m_library.load();
    beginResetModel();
    if (loaded)
        m_prompts = std::move(*loaded);
    endResetModel();
    if (!loaded)
        Q_EMIT failed(loaded.error());
}

int PromptsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_prompts.size());
}

QVariant PromptsModel::data(const QModelIndex &index, int role) const
{
    const Prompt *prompt = at(index.row());
    if (!prompt || !index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return prompt->name.isEmpty() ? tr("Without a name") : prompt->name;
    case Qt::ToolTipRole:
        return prompt->description.isEmpty() ? prompt->text.left(400) : prompt->description;
    case SearchRole:
        return QStringList {prompt->name, prompt->description, prompt->text, prompt->model}.join(u'\n');
    case DescriptionRole:
        return prompt->description;
    default:
        return {};
    }
}

const Prompt *PromptsModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_prompts[static_cast<std::size_t>(row)] : nullptr;
}

int PromptsModel::add(const Prompt &prompt)
{
    const int row = rowCount();
    beginInsertRows({}, row, row);
    m_prompts.push_back(prompt);
    Prompt &added = m_prompts.back();
    if (added.id.isEmpty())
        added.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    if (!added.changedAt.isValid())
        added.changedAt = QDateTime::currentDateTimeUtc();
    endInsertRows();
    // Without a text there is nothing to keep yet.
    if (!added.text.isEmpty())
        report(m_library.put(added));
    return row;
}

void PromptsModel::change(int row, Prompt prompt)
{
    const Prompt *known = at(row);
    if (!known)
        return;
    prompt.id = known->id;
    prompt.changedAt = known->changedAt;
    if (prompt == *known)
        return;
    prompt.changedAt = QDateTime::currentDateTimeUtc();
    m_prompts[static_cast<std::size_t>(row)] = prompt;
    Q_EMIT dataChanged(index(row), index(row));
    report(prompt.text.isEmpty() ? m_library.remove(prompt.id) : m_library.put(prompt));
}

Prompt PromptsModel::remove(int row)
{
    const Prompt *known = at(row);
    if (!known)
        return {};
    const Prompt removed = *known;
    beginRemoveRows({}, row, row);
    m_prompts.erase(m_prompts.begin() + row);
    endRemoveRows();
    report(m_library.remove(removed.id));
    return removed;
}

void PromptsModel::report(const Result<void> &saved)
{
    if (!saved)
        Q_EMIT failed(saved.error());
}

} // namespace diptych
