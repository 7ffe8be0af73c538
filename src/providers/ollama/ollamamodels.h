// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/endpoint.h"
#include "api/modelmanager.h"

namespace diptych {

class HttpClient;

namespace ollama {

/// Fetches, deletes and watches the models of an Ollama server.
/// Source: Ollama docs/api.md, POST /api/pull, DELETE /api/delete, GET /api/ps.
class OllamaModels : public ModelManager
{
    Q_DISABLE_COPY_MOVE(OllamaModels)
public:
    OllamaModels(const Endpoint &endpoint, HttpClient &client);

    [[nodiscard]] std::unique_ptr<PullReply> pull(const QString &model) override;
    [[nodiscard]] std::unique_ptr<RemoveReply> remove(const QString &model) override;
    [[nodiscard]] std::unique_ptr<RunningModelsReply> running() override;

private:
    const Endpoint &m_endpoint;
    HttpClient &m_client;
};

} // namespace ollama
} // namespace diptych
