// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/metricstable.h"

#include <algorithm>
#include <array>

namespace diptych {

namespace {

constexpr std::array lessIsBetter {
    "first_byte_ms", "first_token_ms", "first_text_ms", "total_ms", "gap_median_ms", "gap_p95_ms", "gap_longest_ms"};
constexpr std::array moreIsBetter {"tokens_per_s", "text_tokens_per_s"};

bool isOneOf(const QString &id, const auto &list)
{
    return std::any_of(list.begin(), list.end(), [&id](const char *known) { return id == QLatin1String(known); });
}

QString sourceWord(MetricFact::Source source)
{
    switch (source) {
    case MetricFact::Source::Measured:
        return QStringLiteral("measured");
    case MetricFact::Source::Provider:
        return QStringLiteral("provider");
    case MetricFact::Source::Estimated:
        break;
    }
    return QStringLiteral("estimated");
}

} // namespace

void MetricsTable::setColumns(std::vector<Column> columns)
{
    beginResetModel();
    m_columns = std::move(columns);
    m_rows.clear();
    const std::size_t count = m_columns.empty() ? 0 : m_columns.front().facts.size();
    for (std::size_t row = 0; row < count; ++row) {
        const bool isKnown = std::any_of(m_columns.begin(), m_columns.end(),
            [row](const Column &column) { return column.facts.at(row).value.has_value(); });
        if (isKnown)
            m_rows.push_back(row);
    }
    endResetModel();
}

int MetricsTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int MetricsTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

const MetricFact &MetricsTable::fact(int row, int column) const
{
    return m_columns[static_cast<std::size_t>(column)].facts[m_rows[static_cast<std::size_t>(row)]];
}

bool MetricsTable::isBest(int row, int column) const
{
    const MetricFact &own = fact(row, column);
    const bool isLess = isOneOf(own.id, lessIsBetter);
    if (!own.value || m_columns.size() < 2 || (!isLess && !isOneOf(own.id, moreIsBetter)))
        return false;
    bool isBetterThanOne = false;
    for (int other = 0; other < columnCount(); ++other) {
        const std::optional<double> value = fact(row, other).value;
        if (!value || fact(row, other).text == own.text)
            continue; // what people can not see makes no difference
        if ((*value < *own.value) == isLess)
            return false;
        isBetterThanOne = true;
    }
    return isBetterThanOne;
}

QVariant MetricsTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const MetricFact &shown = fact(index.row(), index.column());
    switch (role) {
    case Qt::DisplayRole:
        return shown.text;
    case Qt::TextAlignmentRole:
        return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (!shown.value)
            return {};
        return shown.note.isEmpty() ? sourceText(shown.source)
                                    : QStringLiteral("%1\n%2").arg(sourceText(shown.source), shown.note);
    case BestRole:
        return isBest(index.row(), index.column());
    default:
        return {};
    }
}

QVariant MetricsTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && section < columnCount()) {
        const QString &title = m_columns[static_cast<std::size_t>(section)].title;
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(title) : QVariant();
    }
    if (orientation != Qt::Vertical || section >= rowCount() || m_columns.empty())
        return {};
    const MetricFact &shown = fact(section, 0);
    if (role == Qt::DisplayRole)
        return shown.label;
    if (role == Qt::ToolTipRole)
        return QStringLiteral("%1: %2").arg(groupText(shown.group), shown.label);
    return {};
}

QString csvField(const QString &text)
{
    QString field = text;
    if (!field.isEmpty() && QStringView(u"=+-@\t\r").contains(field.front()))
        field.prepend(u'\'');
    if (!field.contains(u',') && !field.contains(u'"') && !field.contains(u'\n') && !field.contains(u'\r'))
        return field;
    field.replace(QStringLiteral("\""), QStringLiteral("\"\""));
    return QString(u'"' + field + u'"');
}

QString MetricsTable::toCsv() const
{
    QStringList head {QStringLiteral("answer")};
    for (int row = 0; row < rowCount(); ++row)
        head << fact(row, 0).id << QString(fact(row, 0).id + QStringLiteral("_source"));
    QString csv = head.join(u',') + QStringLiteral("\r\n");
    for (int column = 0; column < columnCount(); ++column) {
        QStringList line {csvField(m_columns[static_cast<std::size_t>(column)].title)};
        for (int row = 0; row < rowCount(); ++row) {
            const MetricFact &shown = fact(row, column);
            line << (shown.value ? QString::number(*shown.value, 'g', 9) : QString())
                 << (shown.value ? sourceWord(shown.source) : QString());
        }
        csv += line.join(u',') + QStringLiteral("\r\n");
    }
    return csv;
}

} // namespace diptych
