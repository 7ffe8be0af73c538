// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "models/modeltraits.h"

#include <QAbstractItemModel>

namespace diptych {

class CapabilityBook;

/// Endpoints with their models, two levels.
class CatalogueModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Role {
        IsEndpointRole = Qt::UserRole + 1, ///< bool
        EndpointIdRole, ///< QString
        ModelIdRole, ///< QString; empty on endpoints
        ModelTypeRole, ///< int of ModelType
        ErrorRole, ///< QString: why the list could not be fetched; empty when fine
        ErrorStateRole, ///< QString: the same in a word or two, "not reachable"; empty when fine
        IsLoadingRole, ///< bool, on endpoints
        SearchRole, ///< QString: what a filter looks at
        TraitsRole, ///< int of ModelTraits: what the model has; on models
        UnknownTraitsRole, ///< int of ModelTraits: what nobody knows of it; on models
    };

    explicit CatalogueModel(Connections &connections, QObject *parent = nullptr);

    /// Where abilities and prices are known from; without them only what the lists declare counts. Both must outlive
    /// the model.
    void follow(const CapabilityBook &book, const PriceTable &prices);

    [[nodiscard]] QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex &index) const override;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;

    [[nodiscard]] ModelRef modelAt(const QModelIndex &index) const; ///< invalid on endpoints
    [[nodiscard]] QModelIndex indexOf(const ModelRef &model) const;

    /// Drag and drop of a model; decode with modelFromMime().
    static constexpr const char *mimeType = "application/x-diptych-model";
    [[nodiscard]] static ModelRef modelFromMime(const QMimeData &data);

private:
    struct Node {
        Endpoint endpoint {};
        std::vector<ModelDescription> models {};
        QString error {};
        QString errorState {};
        bool isLoading = true;
    };
    [[nodiscard]] int rowOf(const QString &endpointId) const;
    void addEndpoint(const QString &endpointId);
    void changeEndpoint(const QString &endpointId);
    void removeEndpoint(const QString &endpointId);
    void takeModels(const QString &endpointId);
    void takeError(const QString &endpointId, const Error &error);
    [[nodiscard]] QVariant endpointData(const Node &node, int role) const;
    [[nodiscard]] KnownTraits traits(const Node &node, const ModelDescription &model) const;
    void changeModel(const ModelRef &model);
    void changeAllModels();
    [[nodiscard]] QVariant modelData(const Node &node, const ModelDescription &model, int role) const;

    Connections &m_connections;
    const CapabilityBook *m_book = nullptr;
    const PriceTable *m_prices = nullptr;
    std::vector<Node> m_nodes;
};

} // namespace diptych
