// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"

#include <memory>
#include <vector>

namespace diptych {

/// Looks for model servers on their usual ports of this machine, when asked to. Finds; adds nothing.
class LocalServers : public QObject
{
    Q_OBJECT
public:
    LocalServers(
        Connections::ProviderFactory factory, std::vector<ProviderDescriptor> descriptors, QObject *parent = nullptr);
    ~LocalServers() override;

    /// Asks every usual port for its models, with short deadlines; addresses in `known` are left out. Ends a search
    /// that is under way.
    void search(const std::vector<QUrl> &known = {});

Q_SIGNALS:
    /// A server that listed its models. The endpoint has no id yet.
    void found(const diptych::Endpoint &endpoint, int modelCount);
    void finished();

private:
    struct Probe {
        std::unique_ptr<Provider> provider {};
        std::unique_ptr<ModelListReply> reply {};
    };
    void start(const Endpoint &endpoint);
    void take(const Probe &probe);

    Connections::ProviderFactory m_factory;
    std::vector<ProviderDescriptor> m_descriptors;
    std::vector<std::unique_ptr<Probe>> m_probes;
    int m_open = 0;
};

} // namespace diptych
