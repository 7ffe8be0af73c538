// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/bodydifferencemodel.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <algorithm>

namespace diptych {

namespace {

constexpr qsizetype longestValue = 300;

QString compact(const QJsonValue &value)
{
    const QByteArray wrapped = QJsonDocument(QJsonArray {value}).toJson(QJsonDocument::Compact);
    const QString text = QString::fromUtf8(wrapped.mid(1, wrapped.size() - 2));
    return text.size() > longestValue ? QString(text.left(longestValue) + u'…') : text;
}

void flatten(const QJsonObject &object, const QString &prefix, QMap<QString, QJsonValue> &members)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QString path = prefix + member.key();
        if (member.value().isObject() && !member.value().toObject().isEmpty())
            flatten(member.value().toObject(), path + u'.', members);
        else
            members.insert(path, member.value());
    }
}

} // namespace

void BodyDifferenceModel::setBodies(const QStringList &titles, const std::vector<QByteArray> &bodies)
{
    beginResetModel();
    m_titles = titles;
    m_isSent.clear();
    m_rows.clear();
    QMap<QString, std::vector<std::optional<QJsonValue>>> table;
    for (std::size_t column = 0; column < bodies.size(); ++column) {
        m_isSent.push_back(!bodies[column].isEmpty());
        QMap<QString, QJsonValue> members;
        flatten(QJsonDocument::fromJson(bodies[column]).object(), {}, members);
        for (auto member = members.begin(); member != members.end(); ++member) {
            auto &values = table[member.key()];
            values.resize(bodies.size());
            values[column] = member.value();
        }
    }
    for (auto line = table.begin(); line != table.end(); ++line) {
        Row row {.path = line.key()};
        std::vector<std::optional<QJsonValue>> sent; // what was not sent at all differs in nothing
        for (std::size_t column = 0; column < bodies.size(); ++column) {
            const auto &value = line.value()[column];
            row.values.push_back(value ? std::optional(compact(*value)) : std::nullopt);
            if (m_isSent[column])
                sent.push_back(value);
        }
        row.differs =
            std::any_of(sent.begin(), sent.end(), [&sent](const auto &value) { return value != sent.front(); });
        m_rows.push_back(std::move(row));
    }
    std::stable_partition(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.differs; });
    endResetModel();
}

int BodyDifferenceModel::differingCount() const
{
    return static_cast<int>(std::count_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.differs; }));
}

int BodyDifferenceModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BodyDifferenceModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_titles.size()) + 1;
}

QVariant BodyDifferenceModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == DiffersRole)
        return row.differs;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    if (index.column() == 0)
        return row.path;
    const auto column = static_cast<std::size_t>(index.column() - 1);
    if (row.values[column])
        return *row.values[column];
    return m_isSent[column] ? QStringLiteral("–") : tr("nothing sent");
}

QVariant BodyDifferenceModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section > m_titles.size())
        return {};
    return section == 0 ? tr("Body") : m_titles[section - 1];
}

} // namespace diptych
