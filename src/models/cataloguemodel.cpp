// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/cataloguemodel.h"

#include "api/capabilitybook.h"

#include <QDataStream>
#include <QIODevice>
#include <QLocale>
#include <QMimeData>

#include <algorithm>

namespace diptych {

namespace {

QString stateOf(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::Authentication:
        return CatalogueModel::tr("key refused");
    case Error::Kind::Network:
    case Error::Kind::Tls:
    case Error::Kind::Timeout:
        return CatalogueModel::tr("not reachable");
    default:
        return CatalogueModel::tr("lists no models"); // it answers, and may do what it is asked all the same
    }
}

// Children carry their parent's row + 1 as internal id; endpoints carry 0.
constexpr quintptr endpointId = 0;

QString typeText(ModelType type)
{
    switch (type) {
    case ModelType::Chat:
        return CatalogueModel::tr("chat");
    case ModelType::Completion:
        return CatalogueModel::tr("completion");
    case ModelType::TextEmbeddings:
        return CatalogueModel::tr("text embeddings");
    case ModelType::ImageEmbeddings:
        return CatalogueModel::tr("image embeddings");
    case ModelType::ImageGeneration:
        return CatalogueModel::tr("image generation");
    case ModelType::AudioGeneration:
        return CatalogueModel::tr("audio generation");
    case ModelType::Unknown:
        break;
    }
    return {};
}

QStringList factsText(const ModelDescription &model)
{
    QStringList facts {typeText(model.type), model.facts.parameterSize, model.facts.quantization};
    if (model.contextLength)
        facts.append(CatalogueModel::tr("%1 tokens of context").arg(QLocale().toString(*model.contextLength)));
    if (model.facts.isDeprecated)
        facts.append(CatalogueModel::tr("deprecated"));
    facts.removeAll(QString());
    return facts;
}

} // namespace

CatalogueModel::CatalogueModel(Connections &connections, QObject *parent)
    : QAbstractItemModel(parent)
    , m_connections(connections)
{
    for (const Endpoint &endpoint : m_connections.endpoints()) {
        const auto &models = m_connections.models(endpoint.id);
        m_nodes.push_back({.endpoint = endpoint, .models = models, .isLoading = models.empty()});
    }
    connect(&m_connections, &Connections::endpointAdded, this, &CatalogueModel::addEndpoint);
    connect(&m_connections, &Connections::endpointChanged, this, &CatalogueModel::changeEndpoint);
    connect(&m_connections, &Connections::endpointRemoved, this, &CatalogueModel::removeEndpoint);
    connect(&m_connections, &Connections::modelsChanged, this, &CatalogueModel::takeModels);
    connect(&m_connections, &Connections::modelsFailed, this, &CatalogueModel::takeError);
}

void CatalogueModel::follow(const CapabilityBook &book, const PriceTable &prices)
{
    m_book = &book;
    m_prices = &prices;
    connect(&book, &CapabilityBook::changed, this, &CatalogueModel::changeModel);
    connect(&prices, &PriceTable::changed, this, &CatalogueModel::changeAllModels);
    changeAllModels();
}

KnownTraits CatalogueModel::traits(const Node &node, const ModelDescription &model) const
{
    const QString &id = node.endpoint.id;
    const Capabilities learnt = m_book ? m_book->capabilities({id, model.id}) : Capabilities();
    const Charge charge =
        m_prices ? m_prices->charge(node.endpoint, model.id, m_connections.descriptor(id), &model) : Charge();
    return traitsOf(node.endpoint, model, mergedCapabilities(model.facts.capabilities, learnt), charge);
}

void CatalogueModel::changeModel(const ModelRef &model)
{
    const QModelIndex changed = indexOf(model);
    if (changed.isValid())
        Q_EMIT dataChanged(changed, changed, {TraitsRole, UnknownTraitsRole});
}

void CatalogueModel::changeAllModels()
{
    for (int row = 0; row < rowCount(); ++row) {
        const QModelIndex endpoint = index(row, 0);
        if (const int models = rowCount(endpoint); models > 0)
            Q_EMIT dataChanged(index(0, 0, endpoint), index(models - 1, 0, endpoint), {TraitsRole, UnknownTraitsRole});
    }
}

QModelIndex CatalogueModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? static_cast<quintptr>(parent.row()) + 1 : endpointId);
}

QModelIndex CatalogueModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == endpointId)
        return {};
    return createIndex(static_cast<int>(index.internalId()) - 1, 0, endpointId);
}

int CatalogueModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return static_cast<int>(m_nodes.size());
    if (parent.internalId() != endpointId || parent.column() != 0)
        return 0;
    return static_cast<int>(m_nodes[static_cast<std::size_t>(parent.row())].models.size());
}

int CatalogueModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant CatalogueModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == endpointId)
        return endpointData(m_nodes[static_cast<std::size_t>(index.row())], role);
    const Node &node = m_nodes[index.internalId() - 1];
    return modelData(node, node.models[static_cast<std::size_t>(index.row())], role);
}

QVariant CatalogueModel::endpointData(const Node &node, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return node.endpoint.name;
    case Qt::ToolTipRole: {
        const QString where =
            QStringLiteral("%1\n%2").arg(endpointKindName(node.endpoint.kind), node.endpoint.baseUrl.toDisplayString());
        return node.error.isEmpty() ? where : QStringLiteral("%1\n%2").arg(where, node.error);
    }
    case Qt::AccessibleDescriptionRole:
    case ErrorRole:
        return node.error;
    case ErrorStateRole:
        return node.error.isEmpty() ? QString() : node.errorState;
    case IsEndpointRole:
        return true;
    case EndpointIdRole:
        return node.endpoint.id;
    case IsLoadingRole:
        return node.isLoading;
    case SearchRole:
        return QString(node.endpoint.name + u' ' + node.endpoint.baseUrl.host());
    default:
        return {};
    }
}

QVariant CatalogueModel::modelData(const Node &node, const ModelDescription &model, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return model.id;
    case Qt::ToolTipRole: {
        const QStringList facts = factsText(model);
        return facts.isEmpty() ? model.id : QStringLiteral("%1\n%2").arg(model.id, facts.join(QStringLiteral(" · ")));
    }
    case IsEndpointRole:
        return false;
    case EndpointIdRole:
        return node.endpoint.id;
    case ModelIdRole:
        return model.id;
    case ModelTypeRole:
        return static_cast<int>(model.type);
    case TraitsRole:
        return static_cast<int>(traits(node, model).present);
    case UnknownTraitsRole:
        return static_cast<int>(traits(node, model).unknown);
    case SearchRole:
        return QString(model.id + u' ' + node.endpoint.name + u' ' + typeText(model.type));
    default:
        return {};
    }
}

Qt::ItemFlags CatalogueModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && index.internalId() != endpointId)
        flags |= Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
    return flags;
}

QStringList CatalogueModel::mimeTypes() const
{
    return {QString::fromLatin1(mimeType)};
}

QMimeData *CatalogueModel::mimeData(const QModelIndexList &indexes) const
{
    auto *data = new QMimeData;
    if (indexes.isEmpty())
        return data;
    const ModelRef model = modelAt(indexes.front());
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << model.endpointId << model.model;
    data->setData(QString::fromLatin1(mimeType), bytes);
    data->setText(model.model);
    return data;
}

ModelRef CatalogueModel::modelFromMime(const QMimeData &data)
{
    const QByteArray bytes = data.data(QString::fromLatin1(mimeType));
    QDataStream stream(bytes);
    ModelRef model;
    stream >> model.endpointId >> model.model;
    return model;
}

ModelRef CatalogueModel::modelAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == endpointId)
        return {};
    const Node &node = m_nodes[index.internalId() - 1];
    return {.endpointId = node.endpoint.id, .model = node.models[static_cast<std::size_t>(index.row())].id};
}

QModelIndex CatalogueModel::indexOf(const ModelRef &model) const
{
    const int row = rowOf(model.endpointId);
    if (row < 0)
        return {};
    const auto &models = m_nodes[static_cast<std::size_t>(row)].models;
    const auto found =
        std::find_if(models.begin(), models.end(), [&model](const auto &known) { return known.id == model.model; });
    if (found == models.end())
        return {};
    return index(static_cast<int>(found - models.begin()), 0, index(row, 0));
}

int CatalogueModel::rowOf(const QString &endpointId) const
{
    const auto found = std::find_if(
        m_nodes.begin(), m_nodes.end(), [&endpointId](const Node &node) { return node.endpoint.id == endpointId; });
    return found == m_nodes.end() ? -1 : static_cast<int>(found - m_nodes.begin());
}

void CatalogueModel::addEndpoint(const QString &endpointId)
{
    const int row = static_cast<int>(m_nodes.size());
    beginInsertRows({}, row, row);
    m_nodes.push_back({.endpoint = *m_connections.find(endpointId)});
    endInsertRows();
}

void CatalogueModel::changeEndpoint(const QString &endpointId)
{
    const int row = rowOf(endpointId);
    if (row < 0)
        return;
    Node &node = m_nodes[static_cast<std::size_t>(row)];
    node.endpoint = *m_connections.find(endpointId);
    node.error.clear();
    Q_EMIT dataChanged(index(row, 0), index(row, 0));
}

void CatalogueModel::removeEndpoint(const QString &endpointId)
{
    const int row = rowOf(endpointId);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_nodes.erase(m_nodes.begin() + row);
    endRemoveRows();
}

void CatalogueModel::takeModels(const QString &endpointId)
{
    const int row = rowOf(endpointId);
    if (row < 0)
        return;
    Node &node = m_nodes[static_cast<std::size_t>(row)];
    const QModelIndex parentIndex = index(row, 0);
    const std::vector<ModelDescription> fresh = m_connections.models(endpointId);
    node.isLoading = false;
    node.error.clear();
    if (node.models != fresh) {
        if (!node.models.empty()) {
            beginRemoveRows(parentIndex, 0, static_cast<int>(node.models.size()) - 1);
            node.models.clear();
            endRemoveRows();
        }
        if (!fresh.empty()) {
            beginInsertRows(parentIndex, 0, static_cast<int>(fresh.size()) - 1);
            node.models = fresh;
            endInsertRows();
        }
    }
    Q_EMIT dataChanged(parentIndex, parentIndex);
}

void CatalogueModel::takeError(const QString &endpointId, const Error &error)
{
    const int row = rowOf(endpointId);
    if (row < 0)
        return;
    Node &node = m_nodes[static_cast<std::size_t>(row)];
    node.isLoading = false;
    node.error = error.message;
    node.errorState = stateOf(error);
    Q_EMIT dataChanged(index(row, 0), index(row, 0));
}

} // namespace diptych
