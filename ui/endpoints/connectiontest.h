// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/connections.h"
#include "api/connectionsteps.h"

#include <memory>

namespace diptych {

/// Asks an endpoint for its models and puts the outcome into words, also step by step.
class ConnectionTest : public QObject
{
    Q_OBJECT
public:
    /// What came out of it.
    struct Verdict {
        enum class Grade {
            Good,
            Doubtful, ///< the server answers, but can not list models
            Bad,
        };
        Grade grade = Grade::Bad;
        QString title {};
        QString text {}; ///< what was said and what to do about it
        QStringList models {};
        std::vector<ConnectionStep> steps {};
    };

    explicit ConnectionTest(Connections::ProviderFactory factory, QObject *parent = nullptr);
    ~ConnectionTest() override;

    /// Ends a test that is under way.
    void start(const Endpoint &endpoint);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_reply != nullptr; }

Q_SIGNALS:
    void finished(const diptych::ConnectionTest::Verdict &verdict);

private:
    void take();

    Connections::ProviderFactory m_factory;
    std::unique_ptr<Provider> m_provider;
    std::unique_ptr<ModelListReply> m_reply; // after the provider: dies first
};

} // namespace diptych
