// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"

#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace diptych {

/// Embeds a text that is being typed: waits for a pause, and drops the request before as soon as there is a newer text.
class QueryProbe : public QObject
{
    Q_OBJECT
public:
    explicit QueryProbe(QObject *parent = nullptr);
    ~QueryProbe() override;

    static constexpr std::chrono::milliseconds pause {250};

    /// Asks `provider` for the one text in `request.input` after the pause. The provider must live until `drop()`.
    void ask(Provider &provider, const EmbeddingRequest &request);
    void drop();

Q_SIGNALS:
    void replyStarted(diptych::Reply *reply, const diptych::EmbeddingRequest &request);
    void answered(const std::vector<float> &vector);
    void failed(const diptych::Error &error);

private:
    void send();
    void receive();

    QTimer m_timer;
    Provider *m_provider = nullptr;
    EmbeddingRequest m_request;
    std::unique_ptr<EmbeddingReply> m_reply;
};

} // namespace diptych
