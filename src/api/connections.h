// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "api/providerdescriptor.h"

#include <QHash>
#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace diptych {

/// The endpoints in use, a provider for each, and the models they list. Owned by the composition root; panes hold a
/// reference and follow the signals. Does not persist anything.
class Connections : public QObject
{
    Q_OBJECT
public:
    using ProviderFactory = std::function<std::unique_ptr<Provider>(const Endpoint &)>;

    explicit Connections(ProviderFactory factory, QObject *parent = nullptr);
    ~Connections() override;

    /// What is known of the wire formats; set once, before endpoints are added.
    void setDescriptors(std::vector<ProviderDescriptor> descriptors) { m_descriptors = std::move(descriptors); }
    [[nodiscard]] const std::vector<ProviderDescriptor> &descriptors() const { return m_descriptors; }
    /// Of the endpoint's provider; null when unknown.
    [[nodiscard]] const ProviderDescriptor *descriptor(const QString &endpointId) const;
    /// What the endpoint is, for people: "Azure AI Foundry", "Ollama".
    [[nodiscard]] QString kindName(const Endpoint &endpoint) const;

    /// In the order in which they were added.
    [[nodiscard]] std::vector<Endpoint> endpoints() const;
    [[nodiscard]] const Endpoint *find(const QString &endpointId) const; ///< null when unknown
    [[nodiscard]] Provider *provider(const QString &endpointId) const; ///< null when unknown
    [[nodiscard]] const std::vector<ModelDescription> &models(const QString &endpointId) const;
    /// Description of a model, if the endpoint listed it.
    [[nodiscard]] const ModelDescription *findModel(const ModelRef &ref) const;
    /// "model — endpoint name", for people.
    [[nodiscard]] QString displayName(const ModelRef &ref) const;

    void add(const Endpoint &endpoint);
    /// Replaces the endpoint of the same id; replies under way go on with the old settings' provider being gone: they
    /// are cancelled by their owners on `endpointChanged`.
    void update(const Endpoint &endpoint);
    void remove(const QString &endpointId);

    /// Asks for the model list again; `modelsChanged` or `modelsFailed` follows.
    void refreshModels(const QString &endpointId);
    /// Adds a model by hand where the endpoint does not list it.
    void addModel(const QString &endpointId, const ModelDescription &model);

Q_SIGNALS:
    void endpointAdded(const QString &endpointId);
    void endpointAboutToChange(const QString &endpointId); ///< drop replies of this endpoint's provider now
    void endpointChanged(const QString &endpointId);
    void endpointRemoved(const QString &endpointId);
    void modelsChanged(const QString &endpointId);
    void modelsFailed(const QString &endpointId, const diptych::Error &error);

private:
    struct Entry {
        Endpoint endpoint;
        std::unique_ptr<Provider> provider;
        std::unique_ptr<ModelListReply> modelListReply; // after provider: dies first
        std::vector<ModelDescription> models;
    };
    Entry *entry(const QString &endpointId) const;
    void takeModels(const QString &endpointId);

    ProviderFactory m_factory;
    std::vector<ProviderDescriptor> m_descriptors;
    std::vector<std::unique_ptr<Entry>> m_entries;
};

} // namespace diptych
