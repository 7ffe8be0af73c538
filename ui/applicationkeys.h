// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "core/result.h"

#include <QObject>

#include <memory>
#include <vector>

namespace diptych {

class Connections;
class SecretJob;
class SecretStore;

/// Brings the keys of endpoints from where they are kept into the running endpoints, and back.
class ApplicationKeys : public QObject
{
    Q_OBJECT
public:
    ApplicationKeys(Connections &connections, SecretStore &secrets, QObject *parent = nullptr);
    ~ApplicationKeys() override;

    /// Reads every key of an endpoint; the endpoint is updated and its model list fetched when all are there.
    void load(const Endpoint &endpoint);
    void save(const Endpoint &endpoint);
    void remove(const Endpoint &endpoint);

Q_SIGNALS:
    void loaded(const QString &endpointId);
    void failed(const diptych::Error &error);

private:
    struct Loading;
    void run(std::unique_ptr<SecretJob> job);
    void takeLoaded(Loading &loading);

    Connections &m_connections;
    SecretStore &m_secrets;
    std::vector<std::unique_ptr<SecretJob>> m_jobs;
    std::vector<std::unique_ptr<Loading>> m_loading;
};

} // namespace diptych
