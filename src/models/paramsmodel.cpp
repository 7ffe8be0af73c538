// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/paramsmodel.h"

#include <QJsonArray>
#include <QLocale>

namespace diptych {

namespace {

/// As it is shown; schemas and tools by their names only.
QString shortText(const ParameterSpec &spec, const QJsonValue &value)
{
    const QJsonValue schema = value[QLatin1String("json_schema")];
    if (spec.kind == ParameterKind::ResponseFormat && schema.isObject())
        return ParamsModel::tr("schema: %1").arg(schema[QLatin1String("name")].toString());
    if (spec.kind != ParameterKind::Tools)
        return parameterText(spec, value);
    QStringList names;
    for (const QJsonValue tool : value.toArray())
        names.append(tool[QLatin1String("function")][QLatin1String("name")].toString());
    return names.isEmpty() ? ParamsModel::tr("none") : names.join(QLatin1String(", "));
}

/// What a model has to be able to do for a parameter.
QStringList abilitiesFor(const ParameterSpec &spec, const std::optional<QJsonValue> &value)
{
    if (spec.kind == ParameterKind::ResponseFormat) {
        const QStringList forms {QStringLiteral("json_object"), QStringLiteral("json_schema")};
        if (!value)
            return QStringList {spec.name} + forms;
        const QJsonValue type = value->isObject() ? (*value)[QLatin1String("type")] : *value;
        return {spec.name, type.toString()};
    }
    if (spec.name == QLatin1String("stream"))
        return {spec.name, QStringLiteral("streaming")};
    return {spec.name};
}

} // namespace

ParamsModel::ParamsModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_specs(parameterSpecs())
{
}

void ParamsModel::setSettings(const RequestSettings &session, const RequestSettings &pane, bool editsPane)
{
    if (session == m_session && pane == m_pane && editsPane == m_editsPane)
        return;
    m_session = session;
    m_pane = pane;
    m_editsPane = editsPane;
    // No reset: an editor that is open stays open.
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void ParamsModel::setCapabilities(const Capabilities &capabilities)
{
    if (capabilities == m_capabilities)
        return;
    m_capabilities = capabilities;
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

QStringList ParamsModel::refusedAbilities(const ParameterSpec &spec) const
{
    QStringList refused;
    for (const QString &ability : abilitiesFor(spec, value(spec))) {
        if (m_capabilities.value(ability).state == CapabilityState::State::Refused)
            refused.append(ability);
    }
    return refused;
}

QStringList ParamsModel::refusedAbilities(int row) const
{
    return refusedAbilities(specAt(row));
}

QString ParamsModel::refusal(const ParameterSpec &spec) const
{
    QStringList lines;
    for (const QString &ability : refusedAbilities(spec)) {
        const CapabilityState known = m_capabilities.value(ability);
        const QString date = QLocale().toString(known.seenAt.toLocalTime(), QLocale::ShortFormat);
        lines.append(known.seenAt.isValid() ? tr("This model refused %1 on %2: %3").arg(ability, date, known.evidence)
                                            : tr("This model does not take %1: %2").arg(ability, known.evidence));
    }
    return lines.join(u'\n');
}

QString ParamsModel::toolTip(const ParameterSpec &spec) const
{
    QStringList lines;
    for (const QString &line : {refusal(spec), warning(spec)}) {
        if (!line.isEmpty())
            lines.append(line);
    }
    return lines.isEmpty() ? spec.hint : lines.join(u'\n');
}

int ParamsModel::rowOf(const QString &name) const
{
    for (std::size_t row = 0; row < m_specs.size(); ++row) {
        if (m_specs[row].name == name)
            return static_cast<int>(row);
    }
    return -1;
}

void ParamsModel::reset(int row)
{
    const State before = state(specAt(row));
    if (before == State::Set || before == State::Overridden || before == State::Withheld)
        write(row, std::nullopt);
}

QStringList ParamsModel::warnings() const
{
    QStringList all;
    for (const ParameterSpec &spec : m_specs) {
        const QString text = warning(spec);
        if (!text.isEmpty())
            all.append(text);
        if (value(spec) && !refusal(spec).isEmpty())
            all.append(refusal(spec));
    }
    return all;
}

ParamsModel::State ParamsModel::state(const ParameterSpec &spec) const
{
    const auto fromSession = spec.read(m_session);
    const auto fromPane = spec.read(m_pane);
    const bool isWithheld = !fromPane && fromSession && m_pane.withheld.contains(spec.name);
    if (isWithheld)
        return m_editsPane ? State::Withheld : State::Overridden;
    if (m_editsPane)
        return fromPane ? State::Set : fromSession ? State::Inherited : State::Unset;
    if (!fromSession)
        return State::Unset;
    return fromPane && fromPane != fromSession ? State::Overridden : State::Set;
}

std::optional<QJsonValue> ParamsModel::value(const ParameterSpec &spec) const
{
    if (state(spec) == State::Withheld)
        return std::nullopt;
    const auto fromPane = m_editsPane ? spec.read(m_pane) : std::nullopt;
    return fromPane ? fromPane : spec.read(m_session);
}

QString ParamsModel::warning(const ParameterSpec &spec) const
{
    const auto current = value(spec);
    return current ? parameterWarning(spec, *current) : QString();
}

bool ParamsModel::write(int row, const std::optional<QJsonValue> &value)
{
    RequestSettings &layer = m_editsPane ? m_pane : m_session;
    const RequestSettings before = layer;
    if (!specAt(row).write(layer, value))
        return false;
    layer.withheld.removeAll(specAt(row).name); // set here, or inherited again
    if (layer == before)
        return true;
    Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    Q_EMIT edited(layer, m_editsPane);
    return true;
}

int ParamsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_specs.size());
}

int ParamsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ParamsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ParameterSpec &spec = specAt(index.row());
    const auto current = value(spec);
    switch (role) {
    case StateRole:
        return QVariant::fromValue(state(spec));
    case WarningRole:
        return warning(spec);
    case JsonRole:
        return QVariant::fromValue(current.value_or(QJsonValue(QJsonValue::Undefined)));
    case Qt::ToolTipRole:
        return toolTip(spec);
    case RefusalRole:
        return refusal(spec);
    case Qt::EditRole:
        return current ? parameterText(spec, *current) : QString();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    if (index.column() == NameColumn)
        return spec.name;
    if (index.column() == ValueColumn)
        return current ? shortText(spec, *current) : tr("not sent");
    switch (state(spec)) {
    case State::Inherited:
        return tr("session", "where an inherited parameter comes from");
    case State::Overridden:
        return tr("pane differs");
    case State::Withheld:
        return tr("left out", "by this pane, although the session sets it");
    default:
        return QString();
    }
}

bool ParamsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != ValueColumn)
        return false;
    const int row = index.row();
    const ParameterSpec &spec = specAt(row);
    const QString typed = value.toString();
    // An editor that is closed without a change must not turn an inherited value into one of this layer.
    if (typed == data(index, Qt::EditRole).toString())
        return true;
    if (typed.isEmpty()) {
        reset(row);
        return true;
    }
    const Result<QJsonValue> parsed = parseParameter(spec, typed);
    if (!parsed) {
        Q_EMIT rejected(row, parsed.error().message);
        return false;
    }
    return write(row, *parsed);
}

Qt::ItemFlags ParamsModel::flags(const QModelIndex &index) const
{
    const Qt::ItemFlags usual = QAbstractTableModel::flags(index);
    return index.column() == ValueColumn ? usual | Qt::ItemIsEditable : usual;
}

QVariant ParamsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Parameter");
    case ValueColumn:
        return tr("Value");
    default:
        return tr("From");
    }
}

} // namespace diptych
