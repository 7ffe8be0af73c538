// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/learningprovider.h"

#include "api/capabilitybook.h"

namespace diptych {

namespace {

QString formOf(const std::optional<ResponseFormat> &format)
{
    if (!format || format->type == ResponseFormat::Type::Text)
        return {};
    return format->type == ResponseFormat::Type::JsonObject ? QStringLiteral("json_object")
                                                            : QStringLiteral("json_schema");
}

void learn(CapabilityBook &book, const ModelRef &model, const Error &error, const QString &route, const QString &form)
{
    if (error.httpStatus == 0)
        return; // our own adapter, or the network: says nothing of the model
    const CapabilityState refusal = refusalOf(error, CapabilityState::Source::Seen);
    if (isRouteRefusal(error)) {
        book.note(model, route, refusal);
        return;
    }
    book.learn(model, error);
    // The parameter may be known and only this value refused; what was asked for is known for sure.
    if (error.kind == Error::Kind::Unsupported && !form.isEmpty()
        && abilityOfParameter(error.parameter) == QLatin1String("response_format"))
        book.note(model, form, refusal);
}

/// The service refuses what it does not know because it was asked to; the model never saw it.
bool isRefusedByMode(const Error &error, const Exchange &exchange)
{
    return error.httpStatus == 400 && headerValue(exchange.requestHeaders, "extra-parameters") == "error";
}

} // namespace

bool isRouteRefusal(const Error &error)
{
    if (error.httpStatus == 405 || error.httpStatus == 501)
        return true;
    if (error.httpStatus != 404 && error.httpStatus != 424)
        return false;
    // "model not found" and "deployment does not exist" are about the name, not about the route.
    const QString said = QString(error.providerCode + u' ' + error.parameter + u' ' + error.message);
    return !said.contains(QLatin1String("model"), Qt::CaseInsensitive)
        && !said.contains(QLatin1String("deployment"), Qt::CaseInsensitive);
}

LearningProvider::LearningProvider(std::unique_ptr<Provider> provider, CapabilityBook &book)
    : m_provider(std::move(provider))
    , m_book(book)
{
}

LearningProvider::~LearningProvider() = default;

void LearningProvider::listen(Reply *reply, const QString &model, const QString &route, const QString &form)
{
    const ModelRef ref {.endpointId = endpoint().id, .model = model.isEmpty() ? endpoint().defaultModel : model};
    // The reply is its own context: it may outlive this provider, or be gone at any time.
    QObject::connect(reply, &Reply::finished, reply, [reply, ref, route, form, &book = m_book] {
        const std::optional<Error> error = reply->error();
        if (error && !isRefusedByMode(*error, reply->exchange()))
            learn(book, ref, *error, route, form);
    });
}

std::unique_ptr<ModelInfoReply> LearningProvider::info(const QString &model)
{
    auto reply = m_provider->info(model);
    listen(reply.get(), model, QStringLiteral("info"));
    return reply;
}

std::unique_ptr<ModelListReply> LearningProvider::listModels()
{
    return m_provider->listModels();
}

std::unique_ptr<ChatReply> LearningProvider::chat(const ChatRequest &request)
{
    auto reply = m_provider->chat(request);
    listen(reply.get(), request.model, QStringLiteral("chat"), formOf(request.responseFormat));
    return reply;
}

std::unique_ptr<CompletionReply> LearningProvider::complete(const CompletionRequest &request)
{
    auto reply = m_provider->complete(request);
    listen(reply.get(), request.model, QStringLiteral("completion"));
    return reply;
}

std::unique_ptr<EmbeddingReply> LearningProvider::embed(const EmbeddingRequest &request)
{
    auto reply = m_provider->embed(request);
    listen(reply.get(), request.model, QStringLiteral("text_embeddings"));
    return reply;
}

std::unique_ptr<EmbeddingReply> LearningProvider::embedImages(const ImageEmbeddingRequest &request)
{
    auto reply = m_provider->embedImages(request);
    listen(reply.get(), request.model, QStringLiteral("image_embeddings"));
    return reply;
}

Result<WirePreview> LearningProvider::preview(const ChatRequest &request) const
{
    return m_provider->preview(request);
}

Result<WirePreview> LearningProvider::preview(const CompletionRequest &request) const
{
    return m_provider->preview(request);
}

Result<WirePreview> LearningProvider::preview(const EmbeddingRequest &request) const
{
    return m_provider->preview(request);
}

} // namespace diptych
