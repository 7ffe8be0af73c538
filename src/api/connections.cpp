// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/connections.h"

#include <algorithm>

namespace diptych {

Connections::Connections(ProviderFactory factory, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
{
}

Connections::~Connections() = default;

Connections::Entry *Connections::entry(const QString &endpointId) const
{
    const auto found = std::find_if(m_entries.begin(), m_entries.end(),
        [&endpointId](const auto &candidate) { return candidate->endpoint.id == endpointId; });
    return found == m_entries.end() ? nullptr : found->get();
}

const ProviderDescriptor *Connections::descriptor(const QString &endpointId) const
{
    const Endpoint *endpoint = find(endpointId);
    return endpoint ? findDescriptor(m_descriptors, endpoint->provider()) : nullptr;
}

QString Connections::kindName(const Endpoint &endpoint) const
{
    const ProviderDescriptor *known = findDescriptor(m_descriptors, endpoint.provider());
    return known && endpoint.kind == Endpoint::Kind::Native ? known->displayName : endpointKindName(endpoint.kind);
}

std::vector<Endpoint> Connections::endpoints() const
{
    std::vector<Endpoint> all;
    all.reserve(m_entries.size());
    for (const auto &known : m_entries)
        all.push_back(known->endpoint);
    return all;
}

const Endpoint *Connections::find(const QString &endpointId) const
{
    const Entry *known = entry(endpointId);
    return known ? &known->endpoint : nullptr;
}

Provider *Connections::provider(const QString &endpointId) const
{
    const Entry *known = entry(endpointId);
    return known ? known->provider.get() : nullptr;
}

const std::vector<ModelDescription> &Connections::models(const QString &endpointId) const
{
    static const std::vector<ModelDescription> none;
    const Entry *known = entry(endpointId);
    return known ? known->models : none;
}

const ModelDescription *Connections::findModel(const ModelRef &ref) const
{
    const auto &known = models(ref.endpointId);
    const auto found = std::find_if(
        known.begin(), known.end(), [&ref](const ModelDescription &model) { return model.id == ref.model; });
    return found == known.end() ? nullptr : &*found;
}

QString Connections::displayName(const ModelRef &ref) const
{
    const Endpoint *endpoint = find(ref.endpointId);
    const QString where = endpoint ? endpoint->name : tr("missing endpoint");
    return ref.model.isEmpty() ? where : tr("%1 — %2", "model — endpoint").arg(ref.model, where);
}

void Connections::add(const Endpoint &endpoint)
{
    Q_ASSERT(!endpoint.id.isEmpty() && !entry(endpoint.id));
    auto fresh = std::make_unique<Entry>();
    fresh->endpoint = endpoint;
    fresh->provider = m_factory(endpoint);
    m_entries.push_back(std::move(fresh));
    Q_EMIT endpointAdded(endpoint.id);
}

void Connections::update(const Endpoint &endpoint)
{
    Entry *known = entry(endpoint.id);
    if (!known || known->endpoint == endpoint)
        return;
    Q_EMIT endpointAboutToChange(endpoint.id);
    known->modelListReply.reset();
    known->endpoint = endpoint;
    known->provider = m_factory(endpoint);
    Q_EMIT endpointChanged(endpoint.id);
}

void Connections::remove(const QString &endpointId)
{
    if (!entry(endpointId))
        return;
    Q_EMIT endpointAboutToChange(endpointId);
    std::erase_if(m_entries, [&endpointId](const auto &candidate) { return candidate->endpoint.id == endpointId; });
    Q_EMIT endpointRemoved(endpointId);
}

void Connections::refreshModels(const QString &endpointId)
{
    Entry *known = entry(endpointId);
    if (!known)
        return;
    known->modelListReply = known->provider->listModels();
    connect(known->modelListReply.get(), &Reply::finished, this, [this, endpointId] { takeModels(endpointId); });
}

void Connections::takeModels(const QString &endpointId)
{
    Entry *known = entry(endpointId);
    if (!known || !known->modelListReply)
        return;
    if (const auto &error = known->modelListReply->error()) {
        Q_EMIT modelsFailed(endpointId, *error);
        return;
    }
    known->models = known->modelListReply->response();
    // The one that was written down stays: many servers answer to names that they do not list.
    const QString &chosen = known->endpoint.defaultModel;
    const auto isChosen = [&chosen](const ModelDescription &model) { return model.id == chosen; };
    if (!chosen.isEmpty() && std::none_of(known->models.begin(), known->models.end(), isChosen))
        known->models.push_back({.id = chosen});
    Q_EMIT modelsChanged(endpointId);
}

void Connections::addModel(const QString &endpointId, const ModelDescription &model)
{
    Entry *known = entry(endpointId);
    if (!known || findModel({endpointId, model.id}))
        return;
    known->models.push_back(model);
    Q_EMIT modelsChanged(endpointId);
}

} // namespace diptych
