// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gateway/ollama/ollamatasks.h"

#include "gateway/embeddingtask.h"
#include "gateway/generationtask.h"
#include "gateway/modeltasks.h"
#include "gateway/ollama/ollamaencoder.h"
#include "gateway/ollama/ollamamodels.h"
#include "gateway/requestbody.h"

namespace diptych {

namespace {

using Operation = GatewayPath::Operation;

/// The version whose API this is; some clients refuse to work with an older one than they know.
constexpr QLatin1String apiVersion("0.12.6");

} // namespace

void OllamaSignTask::start()
{
    if (call().path.operation == Operation::Version) {
        answer(QJsonObject {{QStringLiteral("version"), QString(apiVersion)}});
        return;
    }
    HeaderList headers = call().headers;
    headers.push_back({"Content-Type", "text/plain; charset=utf-8"});
    writer().answer(200, headers, "Ollama is running");
}

Result<QString> OllamaModelTask::decode(const QJsonObject &body, const DecodeOptions &)
{
    if (call().path.operation == Operation::ShowModel)
        return decodeOllamaModelName(body);
    const Result<OllamaLoad> load = decodeOllamaLoad(body);
    if (!load)
        return Failure(load.error());
    m_load = *load;
    return m_load.model;
}

void OllamaModelTask::ask(const QString &model)
{
    m_reply = provider().info(model);
    connect(m_reply.get(), &Reply::finished, this, &OllamaModelTask::show);
}

void OllamaModelTask::show()
{
    if (const auto &error = m_reply->error()) {
        fail(*error);
        return;
    }
    if (call().path.operation == Operation::ShowModel) {
        answer(encodeShow(m_reply->response()));
        return;
    }
    const bool isChat = call().path.operation == Operation::Chat;
    answer(encodeOllamaLoad(isChat ? OllamaForm::Chat : OllamaForm::Generate, m_load.model, m_load.isUnload));
}

void OllamaTextTask::start()
{
    const bool isChat = call().path.operation == Operation::Chat;
    const QJsonObject body = parseBody(call().request.body).value_or(QJsonObject());
    if (!body.isEmpty() && isOllamaLoad(body)) {
        goOn(std::make_unique<OllamaModelTask>(call()));
    } else if (isChat || body.isEmpty()) {
        goOn(std::make_unique<ChatTask>(call(), isChat ? ollamaChatCall : ollamaGenerateCall));
    } else if (body.value(u"raw").toBool() || !body.value(u"suffix").toString().isEmpty()) {
        goOn(std::make_unique<CompletionTask>(call(), ollamaCompletionCall));
    } else {
        m_models = provider().listModels();
        connect(m_models.get(), &Reply::finished, this,
            [this, name = body.value(u"model").toString()] { chooseByModel(name); });
    }
}

void OllamaTextTask::chooseByModel(const QString &name)
{
    const ModelDescription *model = findTagged(m_models->response(), name);
    if (model && model->type == ModelType::Completion)
        goOn(std::make_unique<CompletionTask>(call(), ollamaCompletionCall));
    else
        goOn(std::make_unique<ChatTask>(call(), ollamaGenerateCall));
}

void OllamaTextTask::goOn(std::unique_ptr<GatewayTask> next)
{
    m_next = std::move(next);
    m_next->start();
}

std::unique_ptr<GatewayTask> makeOllamaTask(const GatewayCall &call)
{
    switch (call.path.operation) {
    case Operation::Health:
    case Operation::Version:
        return std::make_unique<OllamaSignTask>(call);
    case Operation::ListModels:
        return std::make_unique<ModelListTask>(call, ModelListEncoders {.list = encodeTags});
    case Operation::RunningModels: {
        GatewayCall listing = call;
        listing.path.operation = Operation::ListModels;
        return std::make_unique<ModelListTask>(listing, ModelListEncoders {.list = encodeRunning});
    }
    case Operation::ShowModel:
        return std::make_unique<OllamaModelTask>(call);
    case Operation::Chat:
    case Operation::Generate:
        return std::make_unique<OllamaTextTask>(call);
    case Operation::Embed:
        return std::make_unique<EmbeddingTask>(call, ollamaEmbedCall);
    case Operation::EmbedOne:
        return std::make_unique<EmbeddingTask>(call, ollamaEmbedOneCall);
    default:
        return nullptr; // operations of other surfaces
    }
}

} // namespace diptych
