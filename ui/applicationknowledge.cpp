// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "applicationknowledge.h"

#include "api/connections.h"

#include <QDir>

namespace diptych {

ApplicationKnowledge::ApplicationKnowledge(const QString &dataFolder, std::vector<Error> &errors, QObject *parent)
    : QObject(parent)
    , m_bookStore(QDir(dataFolder).filePath(QStringLiteral("capabilities.json")))
    , m_priceStore(QDir(dataFolder).filePath(QStringLiteral("prices.json")))
{
    if (const Result<void> opened = m_bookStore.open(m_book); !opened)
        errors.push_back(opened.error());
    if (Result<std::vector<Price>> prices = m_priceStore.load())
        m_prices.setPrices(*std::move(prices));
    else
        errors.push_back(prices.error());
    connect(&m_bookStore, &CapabilityStore::failed, this, &ApplicationKnowledge::failed);
    connect(&m_prices, &PriceTable::changed, this, [this] {
        if (const Result<void> saved = m_priceStore.save(m_prices.prices()); !saved)
            Q_EMIT failed(saved.error());
    });
}

void ApplicationKnowledge::follow(Connections &connections)
{
    connect(&connections, &Connections::endpointRemoved, &m_book, &CapabilityBook::forgetEndpoint);
    connect(&connections, &Connections::endpointAboutToChange, this, [this, &connections](const QString &endpointId) {
        if (const Endpoint *endpoint = connections.find(endpointId))
            m_place = {endpoint->id, endpoint->baseUrl, endpoint->provider()};
    });
    connect(&connections, &Connections::endpointChanged, this, [this, &connections](const QString &endpointId) {
        const Endpoint *endpoint = connections.find(endpointId);
        if (endpoint && m_place != Place {endpoint->id, endpoint->baseUrl, endpoint->provider()})
            m_book.forgetEndpoint(endpointId);
    });
}

} // namespace diptych
