// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/provider.h"
#include "gateway/answerencoder.h"
#include "gateway/gatewaypath.h"
#include "gateway/http/httpserverconnection.h"
#include "gateway/interceptor.h"
#include "gateway/surfacerules.h"

#include <functional>
#include <span>

namespace diptych {

/// One request on its way from a client to the provider and back.
struct GatewayCall {
    Provider &provider;
    std::shared_ptr<Provider> ownProvider; ///< null, or what `provider` is
    AnswerWriter &writer;
    HttpServerRequest request;
    GatewayPath path;
    const SurfaceRules &rules;
    HeaderList headers; ///< of every answer: ids
    std::span<Interceptor *const> interceptors; ///< asked in this order
    QString usualModel; ///< of requests that name none; empty: the first of the kind
};

/// Answers one gateway request. start() may answer at once; otherwise the task goes on by itself and is destroyed,
/// with its reply, when the answer is complete or the client has left.
class GatewayTask : public HttpTask
{
    Q_OBJECT
public:
    explicit GatewayTask(GatewayCall call);
    virtual void start() = 0;

protected:
    [[nodiscard]] Provider &provider() const { return m_call.provider; }
    [[nodiscard]] AnswerWriter &writer() const { return m_writers.empty() ? m_call.writer : *m_writers.back(); }
    [[nodiscard]] const GatewayCall &call() const { return m_call; }
    [[nodiscard]] Surface surface() const { return m_call.path.surface; }

    void answer(const QByteArray &json);
    void answer(const QJsonObject &json);
    void fail(const Error &error);
    /// An error under the id that the answer's headers carry, in place of one of the provider's.
    [[nodiscard]] Error withRequestId(Error error) const;
    /// What an error quotes the offending value from.
    void setBody(const QJsonObject &body) { m_body = body; }
    [[nodiscard]] const QJsonObject &body() const { return m_body; }
    /// From now on the answer goes through `writer`, which writes to the one before.
    void putBefore(std::unique_ptr<AnswerWriter> writer) { m_writers.push_back(std::move(writer)); }

private:
    GatewayCall m_call;
    QJsonObject m_body;
    std::vector<std::unique_ptr<AnswerWriter>> m_writers;
};

/// The first model of a kind, for requests that name none. Null when the list has none.
[[nodiscard]] const ModelDescription *defaultModel(const std::vector<ModelDescription> &models, ModelType type);

/// A task that decodes a body, finds out the model and asks it.
class ModelTask : public GatewayTask
{
    Q_OBJECT
public:
    using GatewayTask::GatewayTask;
    void start() override;

protected:
    [[nodiscard]] virtual ModelType modelType() const = 0;
    /// Reads the request; the model that the body names, or the mistake.
    [[nodiscard]] virtual Result<QString> decode(const QJsonObject &body, const DecodeOptions &options) = 0;
    virtual void ask(const QString &model) = 0;
    /// Whether ask() has a model answer; other tasks only tell about one, and nothing comes between.
    [[nodiscard]] virtual bool isForModel() const { return true; }

private:
    [[nodiscard]] Result<QString> read();
    void lookAtModels(const std::function<void()> &then);
    void chooseModel();
    /// The path's deployment decides, except where it has not this route and the body names a model that has: a client
    /// that was made for one deployment sends there whatever it is asked for.
    void settleDeployment(const QString &named);
    /// A tag that says nothing is left away, unless a model is called so in full.
    void settleTag();
    void passOn();

    QString m_model;
    std::unique_ptr<ModelListReply> m_models;
    std::vector<std::unique_ptr<QObject>> m_players;
};

} // namespace diptych
