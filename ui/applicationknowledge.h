// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/capabilitybook.h"
#include "api/price.h"
#include "store/capabilitystore.h"
#include "store/pricestore.h"

namespace diptych {

class Connections;

/// What is remembered of models, what they can do and what they cost, with the files it is kept in.
class ApplicationKnowledge : public QObject
{
    Q_OBJECT
public:
    /// `errors` takes what went wrong with the files; the program goes on without what was in them.
    ApplicationKnowledge(const QString &dataFolder, std::vector<Error> &errors, QObject *parent = nullptr);

    [[nodiscard]] CapabilityBook &book() { return m_book; }
    [[nodiscard]] PriceTable &prices() { return m_prices; }
    /// Forgets the models of endpoints that are removed, or lead to another server now.
    void follow(Connections &connections);

Q_SIGNALS:
    void failed(const diptych::Error &error);

private:
    CapabilityBook m_book;
    CapabilityStore m_bookStore; // after the book: writes it when it goes
    PriceTable m_prices;
    PriceStore m_priceStore;
    /// Where the endpoint that is changing led to until now.
    struct Place {
        QString endpointId {};
        QUrl url {};
        QString provider {};
        bool operator==(const Place &) const = default;
    };
    Place m_place;
};

} // namespace diptych
