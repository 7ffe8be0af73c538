// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/routetablemodel.h"

#include "models/cataloguemodel.h"
#include "models/formatting.h"

#include <QLocale>
#include <QMimeData>

#include <algorithm>

namespace diptych {

namespace {

using namespace std::chrono_literals;
constexpr auto shortestPause = 100ms;

QString countText(qint64 count)
{
    return QLocale().toString(count);
}

/// Thousands in one or two digits: a column of long numbers says less.
QString tokensText(qint64 tokens)
{
    constexpr qint64 longest = 100'000;
    constexpr double thousand = 1000;
    return tokens < longest
        ? countText(tokens)
        : RouteTableModel::tr("%1 k", "thousands").arg(countText(qRound64(static_cast<double>(tokens) / thousand)));
}

QString costColumnText(const RouteCounters &counters)
{
    if (counters.unpriced == 0)
        return counters.requests == 0 && counters.cost == 0 ? QString() : amountText(counters.cost);
    if (counters.cost == 0)
        return RouteTableModel::tr("unpriced");
    return RouteTableModel::tr("%1 + unpriced").arg(amountText(counters.cost));
}

double weightOf(const Route &route)
{
    double sum = 0;
    for (const RouteTarget &target : route.targets)
        sum += std::max(0.0, target.weight);
    return sum;
}

} // namespace

QString amountText(double amount)
{
    const int decimals = amount == 0 || amount >= 0.1 ? 2 : 4;
    return QLocale().toString(amount, 'f', decimals);
}

QStringList routeNotes(const Route &route, const RouteCounters &counters)
{
    QStringList notes;
    const auto add = [&notes](bool isSo, const QString &note) {
        if (isSo)
            notes.push_back(note);
    };
    add(route.adaptation == Adaptation::Strict, RouteTableModel::tr("strict"));
    add(route.adaptation == Adaptation::Adapt, RouteTableModel::tr("adapts"));
    add(route.shadow.has_value(), RouteTableModel::tr("shadow"));
    add(!route.fallbacks.empty(),
        counters.fallbacks == 0 ? RouteTableModel::tr("fallback")
                                : RouteTableModel::tr("fallback used %1×").arg(countText(counters.fallbacks)));
    add(route.tape == TapeMode::Record, RouteTableModel::tr("records"));
    add(route.tape == TapeMode::Replay, RouteTableModel::tr("replays"));
    add(!route.systemPrompt.isEmpty(), RouteTableModel::tr("system prompt"));
    add(!route.extras.isEmpty(), RouteTableModel::tr("extras"));
    add(!route.forwardedHeaders.isEmpty(), RouteTableModel::tr("headers"));
    if (route.budget)
        notes.push_back(
            RouteTableModel::tr("budget %1 / %2").arg(amountText(counters.cost), amountText(*route.budget)));
    return notes;
}

RouteTableModel::RouteTableModel(RouteTable &routes, const Connections &connections, QObject *parent)
    : QAbstractTableModel(parent)
    , m_table(routes)
    , m_connections(connections)
    , m_routes(routes.routes())
{
    m_pause.setSingleShot(true);
    m_pause.setInterval(shortestPause);
    connect(&m_pause, &QTimer::timeout, this, &RouteTableModel::showCounters);
    connect(&m_table, &RouteTable::changed, this, &RouteTableModel::takeRoutes);
    connect(&m_table, &RouteTable::countersChanged, this, &RouteTableModel::takeCounters);
    connect(&m_connections, &Connections::endpointAdded, this, &RouteTableModel::showEndpoints);
    connect(&m_connections, &Connections::endpointChanged, this, &RouteTableModel::showEndpoints);
    connect(&m_connections, &Connections::endpointRemoved, this, &RouteTableModel::showEndpoints);
}

QString RouteTableModel::idAt(int row) const
{
    return row >= 0 && row < rowCount() ? m_routes[static_cast<std::size_t>(row)].id : QString();
}

int RouteTableModel::rowOf(const QString &routeId) const
{
    const auto found =
        std::find_if(m_routes.begin(), m_routes.end(), [&routeId](const Route &route) { return route.id == routeId; });
    return found == m_routes.end() ? -1 : static_cast<int>(found - m_routes.begin());
}

void RouteTableModel::takeRoutes()
{
    // Row by row, so that the selection and an editor that is open stay where they are.
    for (int row = rowCount() - 1; row >= 0; --row) {
        if (m_table.byId(idAt(row)))
            continue;
        beginRemoveRows({}, row, row);
        m_routes.erase(m_routes.begin() + row);
        endRemoveRows();
    }
    for (int row = 0; row < static_cast<int>(m_table.routes().size()); ++row) {
        const Route &route = m_table.routes()[static_cast<std::size_t>(row)];
        const int present = rowOf(route.id);
        if (present < 0) {
            beginInsertRows({}, row, row);
            m_routes.insert(m_routes.begin() + row, route);
            endInsertRows();
        } else if (present != row) {
            beginMoveRows({}, present, present, {}, row);
            std::rotate(m_routes.begin() + row, m_routes.begin() + present, m_routes.begin() + present + 1);
            endMoveRows();
        }
        if (Route &shown = m_routes[static_cast<std::size_t>(row)]; shown != route) {
            shown = route;
            Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
        }
    }
}

void RouteTableModel::takeCounters(const QString &routeId)
{
    m_counted.insert(routeId);
    if (!m_pause.isActive())
        m_pause.start();
}

void RouteTableModel::showCounters()
{
    const QSet<QString> counted = std::exchange(m_counted, {});
    for (const QString &routeId : counted) {
        if (const int row = rowOf(routeId); row >= 0)
            Q_EMIT dataChanged(index(row, RequestsColumn), index(row, NotesColumn));
    }
}

void RouteTableModel::showEndpoints()
{
    if (rowCount() > 0)
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int RouteTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_routes.size());
}

int RouteTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RouteTableModel::modelsText(const Route &route) const
{
    if (route.targets.empty())
        return route.tape == TapeMode::Replay ? tr("recordings only") : tr("nowhere");
    if (route.targets.size() == 1)
        return m_connections.displayName(route.targets.front().model);
    constexpr double percent = 100;
    const double sum = weightOf(route);
    QStringList parts;
    for (const RouteTarget &target : route.targets) {
        const double share = sum > 0 ? percent * std::max(0.0, target.weight) / sum : 0;
        parts.push_back(tr("%1 % %2", "share, model").arg(qRound(share)).arg(m_connections.displayName(target.model)));
    }
    return parts.join(QStringLiteral(", "));
}

QString RouteTableModel::fault(const Route &route) const
{
    if (const QString problem = faultOf(route); !problem.isEmpty())
        return problem;
    const auto isMissing = [this](const ModelRef &model) { return !m_connections.find(model.endpointId); };
    for (const RouteTarget &target : route.targets) {
        if (target.weight > 0 && isMissing(target.model))
            return tr("The endpoint of %1 is no longer there: choose another model.")
                .arg(target.model.model.isEmpty() ? target.model.endpointId : target.model.model);
    }
    if (route.shadow && isMissing(*route.shadow))
        return tr("The endpoint of the shadow is no longer there.");
    return {};
}

QString RouteTableModel::text(const Route &route, int column) const
{
    const RouteCounters counters = m_table.counters(route.id);
    switch (column) {
    case NameColumn:
        return route.name;
    case ModelsColumn:
        return modelsText(route);
    case RequestsColumn:
        return countText(counters.requests);
    case RunningColumn:
        return counters.running == 0 ? QString() : countText(counters.running);
    case ErrorsColumn:
        return counters.failed == 0 ? QString() : countText(counters.failed);
    case FirstTokenColumn:
        return counters.firstToken ? formatDuration(*counters.firstToken) : QString();
    case TokensColumn:
        return counters.promptTokens + counters.completionTokens == 0
            ? QString()
            : tr("%1 / %2", "tokens in, tokens out")
                  .arg(tokensText(counters.promptTokens), tokensText(counters.completionTokens));
    case CostColumn:
        return costColumnText(counters);
    default:
        return routeNotes(route, counters).join(QStringLiteral(" · "));
    }
}

QString RouteTableModel::toolTip(const Route &route, int column) const
{
    const RouteCounters counters = m_table.counters(route.id);
    if (const QString problem = fault(route); !problem.isEmpty() && column <= ModelsColumn)
        return problem;
    if (column == NameColumn && route.name == QLatin1String("*"))
        return tr("Takes every model name that has no route of its own.");
    if (column == ModelsColumn) {
        // What else it does has no column where there is little room.
        const QStringList notes = routeNotes(route, counters);
        return notes.isEmpty() ? modelsText(route)
                               : QString(modelsText(route) % u'\n' % notes.join(QStringLiteral(" · ")));
    }
    if (column == ErrorsColumn && !counters.lastError.isEmpty())
        return counters.lastError;
    if (column == RequestsColumn && counters.lastUsed.isValid())
        return tr("Last at %1, answered by %2")
            .arg(QLocale().toString(counters.lastUsed.toLocalTime(), QLocale::ShortFormat), counters.lastModel);
    if (column == CostColumn && counters.unpriced > 0)
        return tr("%n answer(s) of models whose price is not known. Prices are entered on the Info page of a model.",
            nullptr, static_cast<int>(counters.unpriced));
    return text(route, column);
}

QVariant RouteTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Route &route = m_routes[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(route, index.column());
    case Qt::EditRole:
        return index.column() == NameColumn ? QVariant(route.name) : QVariant(text(route, index.column()));
    case Qt::CheckStateRole:
        return index.column() == NameColumn ? QVariant(route.isEnabled ? Qt::Checked : Qt::Unchecked) : QVariant();
    case Qt::ToolTipRole:
        return toolTip(route, index.column());
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(
            (index.column() >= RequestsColumn && index.column() <= CostColumn ? Qt::AlignRight : Qt::AlignLeft)
            | Qt::AlignVCenter));
    case RouteIdRole:
        return route.id;
    case FaultRole:
        return fault(route);
    case NotesRole:
        return routeNotes(route, m_table.counters(route.id));
    default:
        return {};
    }
}

QVariant RouteTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Client asks for");
    case ModelsColumn:
        return tr("Answered by");
    case RequestsColumn:
        return tr("Requests");
    case RunningColumn:
        return tr("Running");
    case ErrorsColumn:
        return tr("Errors");
    case FirstTokenColumn:
        return tr("First token");
    case TokensColumn:
        return tr("Tokens in / out");
    case CostColumn:
        return tr("Cost");
    default:
        return tr("Also");
    }
}

Qt::ItemFlags RouteTableModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (!index.isValid())
        return flags;
    flags |= Qt::ItemNeverHasChildren | Qt::ItemIsDropEnabled;
    return index.column() == NameColumn ? flags | Qt::ItemIsEditable | Qt::ItemIsUserCheckable : flags;
}

QStringList RouteTableModel::mimeTypes() const
{
    return {QString::fromLatin1(CatalogueModel::mimeType)};
}

bool RouteTableModel::canDropMimeData(const QMimeData *data, Qt::DropAction, int, int, const QModelIndex &parent) const
{
    return parent.isValid() && CatalogueModel::modelFromMime(*data).isValid()
        && m_routes[static_cast<std::size_t>(parent.row())].targets.size() <= 1;
}

bool RouteTableModel::dropMimeData(
    const QMimeData *data, Qt::DropAction action, int row, int column, const QModelIndex &parent)
{
    return canDropMimeData(data, action, row, column, parent)
        && swapModel(idAt(parent.row()), CatalogueModel::modelFromMime(*data));
}

bool RouteTableModel::swapModel(const QString &routeId, const ModelRef &model)
{
    const Route *known = m_table.byId(routeId);
    if (!known || known->targets.size() > 1)
        return false;
    Route route = *known;
    route.targets = {{.model = model}};
    m_table.put(route);
    return true;
}

bool RouteTableModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid) || index.column() != NameColumn)
        return false;
    Route route = m_routes[static_cast<std::size_t>(index.row())];
    if (role == Qt::CheckStateRole)
        route.isEnabled = value.toInt() == Qt::Checked;
    else if (role == Qt::EditRole && !value.toString().trimmed().isEmpty())
        route.name = value.toString().trimmed();
    else
        return false;
    m_table.put(route); // comes back through takeRoutes()
    return true;
}

} // namespace diptych
